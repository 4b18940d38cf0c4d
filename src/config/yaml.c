/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/config/yaml.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "scalar_internal.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/json/pointer.h"

enum {
    POINTER_MAXIMUM = (2 * CONFIG_YAML_KEY_MAXIMUM + 1) * (CONFIG_YAML_DEPTH_MAXIMUM + 1),
    COLUMN_BASE = 65536, /* a position is line * COLUMN_BASE + column */
    NUMBER_TEXT = 16
};

struct config_yaml {
    json_t *value;
    json_t *positions; /* by pointer */
    char *name;
    uint64_t hash;
};

/* A mapping or sequence that is still open. */
struct frame {
    json_t *container; /* borrowed from its parent, or from the result */
    size_t pointer_length;
    bool has_key;
    char key[CONFIG_YAML_KEY_MAXIMUM + 1];
};

/* One text on its way to a value. */
struct reading {
    yaml_parser_t parser;
    struct str text;
    struct config_yaml *yaml;
    struct builder pointer; /* of the part that is being read */
    int depth_maximum;
    int depth;
    int documents;
    struct frame frames[CONFIG_YAML_DEPTH_MAXIMUM];
    struct error *err;
};

static bool refuse(struct reading *reading, size_t line, const char *code, const char *first,
                   const char *second)
{
    char place[PROBLEM_POINTER_SIZE];
    (void)snprintf(place, sizeof place, "%s:%zu", reading->yaml->name, line);
    return error_set_with(reading->err, ERROR_INVALID, code, place, ERROR_ARGUMENTS(first, second));
}

static bool out_of_memory(struct reading *reading)
{
    return error_set(reading->err, ERROR_MEMORY, "config-memory", reading->yaml->name);
}

static size_t line_of(yaml_mark_t mark)
{
    return mark.line + 1;
}

/* --- Where things stand --- */

static bool note_position(struct reading *reading, yaml_mark_t mark)
{
    struct str pointer = builder_view(&reading->pointer);
    size_t column = mark.column + 1 < COLUMN_BASE ? mark.column + 1 : COLUMN_BASE - 1;
    json_int_t packed = (json_int_t)line_of(mark) * COLUMN_BASE + (json_int_t)column;
    if (builder_failed(&reading->pointer) ||
        json_object_setn_new(reading->yaml->positions, pointer.data, pointer.length,
                             json_integer(packed)) != 0)
        return out_of_memory(reading);
    return true;
}

void config_yaml_position(const struct config_yaml *yaml, const char *pointer, int *line,
                          int *column)
{
    size_t length = strlen(pointer);
    const json_t *position = json_object_getn(yaml->positions, pointer, length);
    while (position == NULL && length > 0) {
        while (length > 0 && pointer[--length] != '/')
            ;
        position = json_object_getn(yaml->positions, pointer, length);
    }
    json_int_t packed = position == NULL ? COLUMN_BASE + 1 : json_integer_value(position);
    *line = (int)(packed / COLUMN_BASE);
    *column = (int)(packed % COLUMN_BASE);
}

/* --- From events to the value --- */

static struct frame *top_of(struct reading *reading)
{
    return reading->depth == 0 ? NULL : &reading->frames[reading->depth - 1];
}

static bool expects_key(struct reading *reading)
{
    const struct frame *top = top_of(reading);
    return top != NULL && json_is_object(top->container) && !top->has_key;
}

/* The pointer of what comes next: an element's number is added; a member's name already is. */
static bool enter_value(struct reading *reading, yaml_mark_t mark)
{
    const struct frame *top = top_of(reading);
    if (top == NULL)
        return note_position(reading, mark);
    if (json_is_object(top->container))
        return true; /* noted at its key */
    reading->pointer.length = top->pointer_length;
    json_pointer_append_index(&reading->pointer, json_array_size(top->container));
    return note_position(reading, mark);
}

/* Takes ownership of `value`; NULL counts as out of memory. */
static bool attach(struct reading *reading, json_t *value)
{
    struct frame *top = top_of(reading);
    if (value == NULL)
        return out_of_memory(reading);
    if (top == NULL) {
        reading->yaml->value = value;
        return true;
    }
    int status = json_is_array(top->container)
                     ? json_array_append_new(top->container, value)
                     : json_object_set_new(top->container, top->key, value);
    top->has_key = false;
    return status == 0 ? true : out_of_memory(reading);
}

static bool take_key(struct reading *reading, const yaml_event_t *event)
{
    struct frame *top = top_of(reading);
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    size_t line = line_of(event->start_mark);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (plain && config_scalar_type(text) != SCALAR_TEXT)
        return refuse(reading, line, "yaml-key-not-text", text.data, NULL);
    if (text.length > CONFIG_YAML_KEY_MAXIMUM)
        return refuse(reading, line, "yaml-key-too-long", text.data, NULL);
    (void)str_copy_z(text, top->key, sizeof top->key);
    if (json_object_get(top->container, top->key) != NULL)
        return refuse(reading, line, "yaml-key-duplicate", top->key, NULL);
    top->has_key = true;
    reading->pointer.length = top->pointer_length;
    json_pointer_append(&reading->pointer, text);
    return note_position(reading, event->start_mark);
}

static bool take_integer(struct reading *reading, const char *text, size_t line)
{
    errno = 0;
    long long number = strtoll(text, NULL, 10);
    if (errno != 0)
        return refuse(reading, line, "yaml-number-range", text, NULL);
    return attach(reading, json_integer(number));
}

static bool take_real(struct reading *reading, const char *text, size_t line)
{
    double number = strtod(text, NULL);
    if (!isfinite(number))
        return refuse(reading, line, "yaml-number-range", text, NULL);
    return attach(reading, json_real(number));
}

static bool take_plain(struct reading *reading, struct str text, size_t line)
{
    switch (config_scalar_type(text)) {
    case SCALAR_NULL:
        return attach(reading, json_null());
    case SCALAR_TRUE:
        return attach(reading, json_true());
    case SCALAR_FALSE:
        return attach(reading, json_false());
    case SCALAR_INTEGER:
        return take_integer(reading, text.data, line);
    case SCALAR_REAL:
        return take_real(reading, text.data, line);
    case SCALAR_AMBIGUOUS:
        return refuse(reading, line, "yaml-number-ambiguous", text.data, NULL);
    case SCALAR_TEXT:
        break;
    }
    return attach(reading, json_stringn(text.data, text.length));
}

/* Anchors and tags would let a file mean more than it shows. */
static bool check_plainness(struct reading *reading, const yaml_char_t *anchor,
                            const yaml_char_t *tag, yaml_mark_t mark)
{
    if (anchor != NULL)
        return refuse(reading, line_of(mark), "yaml-anchor", (const char *)anchor, NULL);
    if (tag != NULL)
        return refuse(reading, line_of(mark), "yaml-tag", (const char *)tag, NULL);
    return true;
}

static bool take_scalar(struct reading *reading, const yaml_event_t *event)
{
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    size_t line = line_of(event->start_mark);
    if (!check_plainness(reading, event->data.scalar.anchor, event->data.scalar.tag,
                         event->start_mark))
        return false;
    if (memchr(text.data, '\0', text.length) != NULL)
        return refuse(reading, line, "yaml-nul", NULL, NULL);
    if (expects_key(reading))
        return take_key(reading, event);
    if (!enter_value(reading, event->start_mark))
        return false;
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        return take_plain(reading, text, line);
    return attach(reading, json_stringn(text.data, text.length));
}

/* Takes ownership of `container`. */
static bool open_container(struct reading *reading, json_t *container, yaml_mark_t mark)
{
    char maximum[NUMBER_TEXT];
    size_t line = line_of(mark);
    bool good = true;
    if (expects_key(reading))
        good = refuse(reading, line, "yaml-key-not-text", "", NULL);
    else if (reading->depth == reading->depth_maximum) {
        (void)snprintf(maximum, sizeof maximum, "%d", reading->depth_maximum);
        good = refuse(reading, line, "yaml-too-deep", maximum, NULL);
    }
    if (!good || !enter_value(reading, mark)) {
        json_decref(container);
        return false;
    }
    if (!attach(reading, container))
        return false;
    reading->frames[reading->depth] =
        (struct frame){.container = container, .pointer_length = reading->pointer.length};
    reading->depth++;
    return true;
}

static bool take_mapping(struct reading *reading, const yaml_event_t *event)
{
    return check_plainness(reading, event->data.mapping_start.anchor, event->data.mapping_start.tag,
                           event->start_mark) &&
           open_container(reading, json_object(), event->start_mark);
}

static bool take_sequence(struct reading *reading, const yaml_event_t *event)
{
    return check_plainness(reading, event->data.sequence_start.anchor,
                           event->data.sequence_start.tag, event->start_mark) &&
           open_container(reading, json_array(), event->start_mark);
}

static bool take_document(struct reading *reading, const yaml_event_t *event)
{
    size_t line = line_of(event->start_mark);
    if (++reading->documents > 1)
        return refuse(reading, line, "yaml-several-documents", NULL, NULL);
    if (event->data.document_start.version_directive != NULL ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end)
        return refuse(reading, line, "yaml-directive", NULL, NULL);
    return true;
}

static bool take_event(struct reading *reading, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return take_document(reading, event);
    case YAML_ALIAS_EVENT:
        return refuse(reading, line_of(event->start_mark), "yaml-alias",
                      (const char *)event->data.alias.anchor, NULL);
    case YAML_SCALAR_EVENT:
        return take_scalar(reading, event);
    case YAML_SEQUENCE_START_EVENT:
        return take_sequence(reading, event);
    case YAML_MAPPING_START_EVENT:
        return take_mapping(reading, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        reading->depth--;
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    return true;
}

/* --- The text as a whole --- */

static size_t line_at(struct str text, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset && i < text.length; i++)
        line += text.data[i] == '\n';
    return line;
}

/* libyaml's own words for it, which are short and precise, go along as arguments. */
static bool refuse_syntax(struct reading *reading)
{
    const yaml_parser_t *parser = &reading->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return out_of_memory(reading);
    size_t line = parser->error == YAML_READER_ERROR
                      ? line_at(reading->text, parser->problem_offset)
                      : line_of(parser->problem_mark);
    return refuse(reading, line, "yaml-syntax", parser->problem, parser->context);
}

static bool check_text(struct reading *reading)
{
    struct str text = reading->text;
    char maximum[NUMBER_TEXT];
    if (text.length > CONFIG_YAML_BYTES_MAXIMUM) {
        (void)snprintf(maximum, sizeof maximum, "%d", CONFIG_YAML_BYTES_MAXIMUM);
        return error_set_with(reading->err, ERROR_LIMIT, "config-file-too-large",
                              reading->yaml->name, ERROR_ARGUMENTS(maximum));
    }
    if (text.length == 0)
        return true;
    const char *nul = memchr(text.data, '\0', text.length);
    if (nul != NULL)
        return refuse(reading, line_at(text, (size_t)(nul - text.data)), "yaml-nul", NULL, NULL);
    size_t line = 1;
    for (size_t start = 0; start < text.length; line++) {
        const char *end = memchr(text.data + start, '\n', text.length - start);
        size_t length = end == NULL ? text.length - start : (size_t)(end - text.data) - start;
        if (!str_is_utf8((struct str){text.data + start, length}))
            return refuse(reading, line, "yaml-encoding", NULL, NULL);
        start += length + 1;
    }
    return true;
}

static bool read_events(struct reading *reading)
{
    for (;;) {
        yaml_event_t event;
        if (yaml_parser_parse(&reading->parser, &event) == 0)
            return refuse_syntax(reading);
        bool good = take_event(reading, &event);
        bool end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (!good)
            return false;
        if (end)
            break;
    }
    if (reading->yaml->value == NULL)
        return refuse(reading, 1, "yaml-empty", NULL, NULL);
    return true;
}

static struct config_yaml *new_yaml(const char *name, struct str text)
{
    struct config_yaml *yaml = calloc(1, sizeof *yaml);
    if (yaml == NULL)
        return NULL;
    yaml->name = strdup(name);
    yaml->positions = json_object();
    yaml->hash = str_hash(text);
    if (yaml->name == NULL || yaml->positions == NULL) {
        config_yaml_free(yaml);
        return NULL;
    }
    return yaml;
}

static bool parse_into(struct config_yaml *yaml, struct str text, int depth, struct error *err)
{
    struct reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL)
        return error_set(err, ERROR_MEMORY, "config-memory", yaml->name);
    reading->text = text;
    reading->yaml = yaml;
    reading->err = err;
    reading->depth_maximum = depth;
    builder_init(&reading->pointer, NULL, POINTER_MAXIMUM);
    bool good = check_text(reading);
    if (good && yaml_parser_initialize(&reading->parser) == 0)
        good = out_of_memory(reading);
    else if (good) {
        yaml_parser_set_encoding(&reading->parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&reading->parser, (const unsigned char *)text.data,
                                     text.length);
        good = read_events(reading);
        yaml_parser_delete(&reading->parser);
    }
    builder_done(&reading->pointer);
    free(reading);
    return good;
}

struct config_yaml *config_yaml_parse(struct str text, const char *name, int depth,
                                      struct error *err)
{
    struct config_yaml *yaml = new_yaml(name, text);
    if (yaml == NULL) {
        (void)error_set(err, ERROR_MEMORY, "config-memory", name);
        return NULL;
    }
    if (!parse_into(yaml, text, depth, err)) {
        config_yaml_free(yaml);
        return NULL;
    }
    return yaml;
}

struct config_yaml *config_yaml_read(const char *path, const char *name, int depth,
                                     struct error *err)
{
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        const char *code = errno == ENOENT ? "config-file-missing" : "config-file-unreadable";
        (void)error_set(err, ERROR_NOT_FOUND, code, name);
        return NULL;
    }
    char *bytes = malloc(CONFIG_YAML_BYTES_MAXIMUM + 1);
    struct config_yaml *yaml = NULL;
    size_t length = bytes == NULL ? 0 : fread(bytes, 1, CONFIG_YAML_BYTES_MAXIMUM + 1, file);
    if (bytes == NULL)
        (void)error_set(err, ERROR_MEMORY, "config-memory", name);
    else if (ferror(file) != 0)
        (void)error_set(err, ERROR_UNAVAILABLE, "config-file-unreadable", name);
    else
        yaml = config_yaml_parse((struct str){bytes, length}, name, depth, err);
    free(bytes);
    (void)fclose(file);
    return yaml;
}

void config_yaml_free(struct config_yaml *yaml)
{
    if (yaml == NULL)
        return;
    json_decref(yaml->value);
    json_decref(yaml->positions);
    free(yaml->name);
    free(yaml);
}

void config_yaml_freep(struct config_yaml **yaml)
{
    config_yaml_free(*yaml);
}

json_t *config_yaml_value(const struct config_yaml *yaml)
{
    return yaml->value;
}

const char *config_yaml_name(const struct config_yaml *yaml)
{
    return yaml->name;
}

uint64_t config_yaml_hash(const struct config_yaml *yaml)
{
    return yaml->hash;
}
