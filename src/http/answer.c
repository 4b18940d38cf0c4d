/* SPDX-License-Identifier: EUPL-1.2 */
#include "answer_internal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "sociopoint/base/builder.h"

_Static_assert((int)HTTP_RESPONSE_HEAD_ROOM <= (int)ANSWER_SCRATCH_SIZE,
               "a head in its room is never flushed");

enum { BUFFER_MAXIMUM = 64 * 1024, HEAD_ROOM = 1024, NUMBER_SIZE = 24 };

/* Collects small pieces so that they leave in few writes; large ones pass through. */
struct writer {
    char *buffer;
    size_t capacity;
    size_t used;
    const struct answer_sink *sink;
    bool failed;
};

static void flush(struct writer *writer)
{
    if (!writer->failed && writer->used > 0)
        writer->failed = !writer->sink->write(writer->sink->context, writer->buffer, writer->used);
    writer->used = 0;
}

static void put(struct writer *writer, struct str piece)
{
    if (piece.length > writer->capacity - writer->used)
        flush(writer);
    if (writer->failed || piece.length == 0)
        return;
    if (piece.length > writer->capacity) {
        writer->failed = !writer->sink->write(writer->sink->context, piece.data, piece.length);
        return;
    }
    memcpy(writer->buffer + writer->used, piece.data, piece.length);
    writer->used += piece.length;
}

static void put_z(struct writer *writer, const char *text)
{
    put(writer, str_from(text));
}

static void put_header(struct writer *writer, struct str name, struct str value)
{
    put(writer, name);
    put(writer, STR(": "));
    put(writer, value);
    put(writer, STR("\r\n"));
}

static void put_number(struct writer *writer, uint64_t number)
{
    char text[NUMBER_SIZE];
    struct builder digits;
    builder_init_fixed(&digits, text, sizeof text);
    builder_append_int(&digits, (int64_t)number); /* no answer has more than INT64_MAX bytes */
    put(writer, builder_view(&digits));
}

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i].status == status)
            return reasons[i].reason;
    }
    return "";
}

static void put_status_line(struct writer *writer, int status)
{
    put(writer, STR("HTTP/1.1 "));
    put_number(writer, (uint64_t)status);
    put(writer, STR(" "));
    put_z(writer, reason_of(status));
    put(writer, STR("\r\n"));
}

/* What every answer says unless it says otherwise itself: it is data, not a page. */
static void put_security_headers(struct writer *writer, const struct http_response *response)
{
    static const struct {
        const char *name;
        struct str line;
    } defaults[] = {
        {"X-Content-Type-Options", STR_CONSTANT("X-Content-Type-Options: nosniff\r\n")},
        {"Referrer-Policy", STR_CONSTANT("Referrer-Policy: no-referrer\r\n")},
        {"Content-Security-Policy",
         STR_CONSTANT("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n")},
        {"Permissions-Policy", /* of pages alone */
         STR_CONSTANT("Permissions-Policy: camera=(), geolocation=(), microphone=()\r\n")},
    };
    size_t count = sizeof defaults / sizeof defaults[0];
    if (!str_starts_with(response->content_type, STR("text/html")))
        count--;
    for (size_t i = 0; i < count; i++) {
        if (!str_present(http_response_get_header(response, defaults[i].name)))
            put(writer, defaults[i].line);
    }
}

static void put_cors_headers(struct writer *writer)
{
    put(writer, STR("Access-Control-Allow-Origin: *\r\n"
                    "Access-Control-Expose-Headers: ETag, Link, Content-Language, Retry-After, "
                    "RateLimit, RateLimit-Policy, X-Request-Id\r\n"));
}

static bool may_have_body(int status)
{
    return status != 204 && status != 304;
}

static void put_head(struct writer *writer, const struct answer *answer, uint64_t length)
{
    const struct http_response *response = answer->response;
    put_status_line(writer, response->status);
    put_header(writer, STR("Date"), str_from(answer->date));
    if (may_have_body(response->status)) {
        if (str_present(response->content_type))
            put_header(writer, STR("Content-Type"), response->content_type);
        put(writer, STR("Content-Length: "));
        put_number(writer, length);
        put(writer, STR("\r\n"));
    }
    put(writer, answer->keeps_connection ? STR("Connection: keep-alive\r\n")
                                         : STR("Connection: close\r\n"));
    put_header(writer, STR("X-Request-Id"), str_from(answer->request_id));
    put_security_headers(writer, response);
    if (answer->any_origin)
        put_cors_headers(writer);
    if (str_present(answer->limit_policy)) {
        put_header(writer, STR("RateLimit-Policy"), answer->limit_policy);
        put_header(writer, STR("RateLimit"), answer->limit_now);
    }
    for (size_t i = 0; i < response->header_count; i++)
        put_header(writer, response->headers[i].name, response->headers[i].value);
    put(writer, STR("\r\n"));
}

static size_t head_estimate(const struct http_response *response)
{
    size_t size = HEAD_ROOM + response->content_type.length;
    for (size_t i = 0; i < response->header_count; i++)
        size += response->headers[i].name.length + response->headers[i].value.length + 4;
    return size;
}

static struct writer writer_for(const struct answer *answer, uint64_t body_length,
                                struct arena *arena, char scratch[ANSWER_SCRATCH_SIZE],
                                const struct answer_sink *sink)
{
    uint64_t wanted = head_estimate(answer->response) + body_length;
    size_t capacity = wanted < BUFFER_MAXIMUM ? (size_t)wanted : BUFFER_MAXIMUM;
    char *buffer = arena_buffer(arena, capacity);
    if (buffer == NULL) {
        buffer = scratch;
        capacity = ANSWER_SCRATCH_SIZE;
    }
    return (struct writer){.buffer = buffer, .capacity = capacity, .sink = sink};
}

/* Whether the whole answer is one piece with room for its head in front. */
static bool is_composed(const struct http_response *response)
{
    return response->composed != NULL && response->piece_count == 1 &&
           head_estimate(response) <= HTTP_RESPONSE_HEAD_ROOM;
}

static bool write_composed(const struct answer *answer, uint64_t length, char *scratch,
                           const struct answer_sink *sink)
{
    struct writer head = {.buffer = scratch, .capacity = ANSWER_SCRATCH_SIZE, .sink = sink};
    put_head(&head, answer, length);
    char *start = answer->response->composed - head.used;
    memcpy(start, scratch, head.used);
    return sink->write(sink->context, start, head.used + (size_t)length);
}

static bool write_pieces(const struct answer *answer, uint64_t length, bool sends_body,
                         struct writer *writer)
{
    const struct http_response *response = answer->response;
    put_head(writer, answer, length);
    for (size_t i = 0; sends_body && i < response->piece_count && !writer->failed; i++)
        put(writer, response->pieces[i]);
    flush(writer);
    return !writer->failed;
}

bool answer_write(const struct answer *answer, struct arena *arena,
                  char scratch[ANSWER_SCRATCH_SIZE], const struct answer_sink *sink,
                  uint64_t *body_bytes)
{
    const struct http_response *response = answer->response;
    uint64_t length = http_response_length(response);
    bool sends_body = !answer->without_body && may_have_body(response->status);
    bool sent;
    if (sends_body && is_composed(response)) {
        sent = write_composed(answer, length, scratch, sink);
    } else {
        struct writer writer = writer_for(answer, sends_body ? length : 0, arena, scratch, sink);
        sent = write_pieces(answer, length, sends_body, &writer);
    }
    *body_bytes = sends_body && sent ? length : 0;
    return sent;
}

char *answer_date(int64_t wall_ms, char text[ANSWER_DATE_SIZE])
{
    static const char days[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm parts;
    text[0] = '\0';
    if (gmtime_r(&seconds, &parts) != NULL)
        (void)snprintf(text, ANSWER_DATE_SIZE, "%s, %02u %s %04u %02u:%02u:%02u GMT",
                       days[parts.tm_wday], (unsigned)parts.tm_mday % 100U, months[parts.tm_mon],
                       (unsigned)(parts.tm_year + 1900) % 10000U, (unsigned)parts.tm_hour % 100U,
                       (unsigned)parts.tm_min % 100U, (unsigned)parts.tm_sec % 100U);
    return text;
}
