/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/http/response.h"

#include <string.h>

#include "field_internal.h"

enum { FIRST_PIECES = 8 };

void http_response_init(struct http_response *response, struct arena *arena)
{
    *response = (struct http_response){.arena = arena};
}

void http_response_clear(struct http_response *response)
{
    struct http_response fresh = {.arena = response->arena,
                                  .release = response->release,
                                  .release_context = response->release_context};
    *response = fresh;
}

static bool is_token(struct str name)
{
    for (size_t i = 0; i < name.length; i++) {
        unsigned char byte = (unsigned char)name.data[i];
        if (byte <= ' ' || byte >= 0x7F || byte == ':')
            return false;
    }
    return name.length > 0;
}

static bool is_header_value(struct str value)
{
    for (size_t i = 0; i < value.length; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        if (byte < ' ' || byte == 0x7F)
            return false;
    }
    return str_present(value);
}

void http_response_header(struct http_response *response, const char *name, struct str value)
{
    struct str name_view = str_from(name);
    if (response->header_count == HTTP_RESPONSE_HEADERS || !is_token(name_view) ||
        !is_header_value(value)) {
        response->failed = true;
        return;
    }
    response->headers[response->header_count++] = (struct http_field){name_view, value};
}

struct str http_response_get_header(const struct http_response *response, const char *name)
{
    const struct http_field *field = field_find(response->headers, response->header_count, name);
    return field == NULL ? (struct str){NULL, 0} : field->value;
}

static bool make_room(struct http_response *response)
{
    if (response->piece_count < response->piece_capacity)
        return true;
    if (response->piece_count >= HTTP_RESPONSE_PIECES_MAXIMUM)
        return false;
    size_t capacity = response->piece_capacity == 0 ? FIRST_PIECES : response->piece_capacity * 2;
    struct str *pieces = arena_array(response->arena, capacity, sizeof *pieces);
    if (pieces == NULL)
        return false;
    if (response->piece_count > 0)
        memcpy(pieces, response->pieces, response->piece_count * sizeof *pieces);
    response->pieces = pieces;
    response->piece_capacity = capacity;
    return true;
}

void http_response_append(struct http_response *response, struct str piece)
{
    if (piece.length == 0)
        return;
    if (!make_room(response)) {
        response->failed = true;
        return;
    }
    response->pieces[response->piece_count++] = piece;
}

void http_response_set(struct http_response *response, int status, struct str content_type,
                       struct str body)
{
    response->status = status;
    response->content_type = content_type;
    response->piece_count = 0;
    response->composed = NULL;
    http_response_append(response, body);
}

void http_response_set_composed(struct http_response *response, int status, struct str content_type,
                                char *body, size_t length)
{
    http_response_set(response, status, content_type, (struct str){body, length});
    response->composed = body;
}

uint64_t http_response_length(const struct http_response *response)
{
    uint64_t length = 0;
    for (size_t i = 0; i < response->piece_count; i++)
        length += response->pieces[i].length;
    return length;
}

void http_response_release(struct http_response *response)
{
    void (*release)(void *context) = response->release;
    response->release = NULL;
    if (release != NULL)
        release(response->release_context);
}
