/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/json/parse.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory_internal.h"

enum { NUMBER_TEXT_SIZE = 24 };

const struct json_limits json_limits_request = {JSON_REQUEST_BYTES, JSON_REQUEST_DEPTH,
                                                JSON_REQUEST_ELEMENTS};
const struct json_limits json_limits_file = {JSON_FILE_BYTES, JSON_FILE_DEPTH, JSON_FILE_ELEMENTS};

/* Which problem each error of the parser is; what is not listed is malformed. */
static const struct {
    enum json_error_code parser;
    enum error_code class;
    const char *code;
} parser_errors[] = {
    {json_error_invalid_utf8, ERROR_MALFORMED, "json-encoding"},
    {json_error_duplicate_key, ERROR_MALFORMED, "json-duplicate-key"},
    {json_error_numeric_overflow, ERROR_MALFORMED, "json-number-range"},
    {json_error_null_character, ERROR_MALFORMED, "json-nul"},
    {json_error_null_byte_in_key, ERROR_MALFORMED, "json-nul"},
    {json_error_out_of_memory, ERROR_MEMORY, "json-memory"},
    {json_error_unknown, ERROR_MEMORY, "json-memory"}, /* what has no other name is an allocation */
};

/* Where the counting pass stands. */
struct scan {
    size_t depth;
    size_t elements;
    size_t line;
    size_t line_start;
    bool in_string;
};

/* A text, and the file it is from (NULL: none). */
struct source {
    struct str text;
    const char *path;
};

void json_start(void)
{
    memory_start();
    json_object_seed(0);
}

static const char *number_text(size_t number, char text[NUMBER_TEXT_SIZE])
{
    (void)snprintf(text, NUMBER_TEXT_SIZE, "%zu", number);
    return text;
}

/* A problem of the whole text. */
static bool limit_passed(const struct source *source, const char *code, size_t maximum,
                         struct error *err)
{
    char text[NUMBER_TEXT_SIZE];
    return error_set_with(err, ERROR_LIMIT, code, source->path != NULL ? source->path : "",
                          ERROR_ARGUMENTS(number_text(maximum, text)));
}

/* The pointer of a problem at a line; a long path loses its end, never the line. */
static const char *line_pointer(const struct source *source, size_t line,
                                char pointer[PROBLEM_POINTER_SIZE])
{
    pointer[0] = '\0';
    if (source->path != NULL)
        (void)snprintf(pointer, PROBLEM_POINTER_SIZE, "%.130s:%zu", source->path, line);
    return pointer;
}

static bool too_deep(const struct source *source, size_t maximum, size_t line, size_t column,
                     struct error *err)
{
    char pointer[PROBLEM_POINTER_SIZE];
    char texts[3][NUMBER_TEXT_SIZE];
    return error_set_with(err, ERROR_LIMIT, "json-too-deep", line_pointer(source, line, pointer),
                          ERROR_ARGUMENTS(number_text(maximum, texts[0]),
                                          number_text(line, texts[1]),
                                          number_text(column, texts[2])));
}

/* One byte outside of strings. */
static void scan_byte(struct scan *scan, char byte, size_t position)
{
    switch (byte) {
    case '"':
        scan->in_string = true;
        break;
    case '[':
    case '{':
        scan->depth++;
        scan->elements++;
        break;
    case ']':
    case '}':
        scan->depth -= scan->depth > 0;
        break;
    case ',':
        scan->elements++;
        break;
    case '\n':
        scan->line++;
        scan->line_start = position + 1;
        break;
    default:
        break;
    }
}

/*
 * Counts levels and values. Up to the first byte that is not JSON the count is the parser's own
 * view, and there the parser stops, so a malformed text cannot cost more than was counted.
 */
static bool within_limits(const struct source *source, const struct json_limits *limits,
                          struct error *err)
{
    struct scan scan = {.line = 1, .elements = 1};
    struct str text = source->text;

    if (text.length > limits->bytes)
        return limit_passed(source, "json-too-large", limits->bytes, err);
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (!scan.in_string)
            scan_byte(&scan, byte, i);
        else if (byte == '\\')
            i++;
        else if (byte == '"')
            scan.in_string = false;
        if (scan.depth > limits->depth)
            return too_deep(source, limits->depth, scan.line, i - scan.line_start + 1, err);
        if (scan.elements > limits->elements)
            return limit_passed(source, "json-too-many-elements", limits->elements, err);
    }
    return true;
}

static bool parser_failed(const struct source *source, const json_error_t *cause, struct error *err)
{
    enum json_error_code found = json_error_code(cause);
    size_t line = cause->line > 0 ? (size_t)cause->line : 1;
    size_t column = cause->column > 0 ? (size_t)cause->column : 1;
    enum error_code class = ERROR_MALFORMED;
    const char *code = "json-malformed";
    char pointer[PROBLEM_POINTER_SIZE];
    char texts[2][NUMBER_TEXT_SIZE];

    for (size_t i = 0; i < sizeof parser_errors / sizeof parser_errors[0]; i++) {
        if (parser_errors[i].parser == found) {
            class = parser_errors[i].class;
            code = parser_errors[i].code;
        }
    }
    if (class == ERROR_MEMORY)
        return error_set(err, class, code, line_pointer(source, line, pointer));
    return error_set_with(
        err, class, code, line_pointer(source, line, pointer),
        ERROR_ARGUMENTS(number_text(line, texts[0]), number_text(column, texts[1])));
}

static json_t *parse(const struct source *source, const struct json_limits *limits,
                     struct error *err)
{
    const char *bytes = source->text.data != NULL ? source->text.data : "";
    json_error_t cause;

    if (!within_limits(source, limits, err))
        return NULL;
    memory_watch();
    json_t *value =
        json_loadb(bytes, source->text.length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &cause);
    if (memory_failed()) {
        json_decref(value);
        (void)error_set(err, ERROR_MEMORY, "json-memory",
                        source->path != NULL ? source->path : ""); /* NULL says it */
        return NULL;
    }
    if (value == NULL)
        (void)parser_failed(source, &cause, err); /* NULL says it */
    return value;
}

json_t *json_parse(struct str text, const struct json_limits *limits, struct error *err)
{
    return parse(&(struct source){text, NULL}, limits, err);
}

static void close_descriptor(int *descriptor)
{
    if (*descriptor >= 0)
        (void)close(*descriptor); /* nothing was written */
}

static void free_bytes(char **bytes)
{
    free(*bytes);
}

static bool read_all(int descriptor, char *bytes, size_t size, size_t *length)
{
    *length = 0;
    while (*length < size) {
        ssize_t got = read(descriptor, bytes + *length, size - *length);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return false;
        *length += got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* The bytes of a regular file, to be freed; a pipe or device would never end or never begin. */
static char *file_bytes(const char *path, size_t maximum, size_t *length, struct error *err)
{
    int descriptor CLEANUP(close_descriptor) = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat facts;

    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        (void)error_set(err, ERROR_NOT_FOUND, "json-file-missing", path);
        return NULL;
    }
    if (descriptor < 0 || fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        (void)error_set(err, ERROR_UNAVAILABLE, "json-file-unreadable", path);
        return NULL;
    }
    if ((uintmax_t)facts.st_size > maximum) {
        (void)limit_passed(&(struct source){.path = path}, "json-too-large", maximum, err);
        return NULL;
    }
    char *bytes = malloc((size_t)facts.st_size + 1);
    if (bytes == NULL) {
        (void)error_set(err, ERROR_MEMORY, "json-memory", path);
        return NULL;
    }
    if (!read_all(descriptor, bytes, (size_t)facts.st_size, length)) {
        free(bytes);
        (void)error_set(err, ERROR_UNAVAILABLE, "json-file-unreadable", path);
        return NULL;
    }
    return bytes;
}

json_t *json_parse_file(const char *path, const struct json_limits *limits, struct error *err)
{
    size_t length = 0;
    char *bytes CLEANUP(free_bytes) = file_bytes(path, limits->bytes, &length, err);

    if (bytes == NULL)
        return NULL;
    return parse(&(struct source){{bytes, length}, path}, limits, err);
}
