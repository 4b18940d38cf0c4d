/* SPDX-License-Identifier: EUPL-1.2 */
#include "receive_internal.h"

#include <arpa/inet.h>
#include <civetweb.h>
#include <stdalign.h>
#include <string.h>

#include "server_internal.h"

static const char *end_of(const char *text)
{
    return text + strlen(text);
}

/*
 * Whether the request begins where the buffer of this worker does. The buffer is allocated once per
 * worker, so it is aligned, and no request of the worker can begin before it.
 */
static bool begins_buffer(const char *method, struct worker *worker)
{
    if ((uintptr_t)method % alignof(max_align_t) != 0)
        return false;
    if (worker->buffer == NULL || method < worker->buffer)
        worker->buffer = method;
    return method == worker->buffer;
}

/* The end of the request line, or NULL when there is a gap in it. */
static const char *check_request_line(const struct mg_request_info *info)
{
    const char *end = end_of(info->request_method);
    if (info->request_uri != end + 1)
        return NULL;
    end = end_of(info->request_uri);
    if (info->query_string != NULL) {
        if (info->query_string != end + 1)
            return NULL;
        end = end_of(info->query_string);
    }
    if (info->http_version != end + sizeof " HTTP/" - 1)
        return NULL;
    return end_of(info->http_version);
}

/* The end of the value, or NULL for a space before the colon. */
static const char *check_header(const struct mg_header *header)
{
    const char *end = end_of(header->name);
    if (end[1] == '\0' && header->value != end + 1)
        return NULL;
    return end_of(header->value);
}

/*
 * Every line ends in CR LF (both overwritten by NUL), the next begins right after it, an empty one
 * is the last.
 */
static bool check_layout(const struct mg_request_info *info, const struct worker *worker)
{
    const char *end = check_request_line(info);
    for (int i = 0; i < info->num_headers && end != NULL; i++) {
        if (end[1] != '\0' || info->http_headers[i].name != end + 2)
            return false;
        end = check_header(&info->http_headers[i]);
    }
    return end != NULL && end + 3 < worker->buffer + SERVER_REQUEST_BUFFER && end[1] == '\0' &&
           end[2] == '\r' && end[3] == '\0';
}

static struct str uri_of(const struct mg_request_info *info)
{
    const char *end = end_of(info->query_string != NULL ? info->query_string : info->request_uri);
    return (struct str){info->request_uri, (size_t)(end - info->request_uri)};
}

const char *receive_head(const struct mg_request_info *info, struct worker *worker,
                         struct head *head)
{
    if (info->num_headers > FRAMING_HEADERS_MAXIMUM)
        return "headers-too-many";
    if (info->num_headers <= 0 || !begins_buffer(info->request_method, worker) ||
        !check_layout(info, worker))
        return "request-malformed";
    size_t count = (size_t)info->num_headers;
    struct http_field *headers = arena_array(worker->arena, count, sizeof *headers);
    if (headers == NULL)
        return "overloaded";
    for (size_t i = 0; i < count; i++)
        headers[i] = (struct http_field){str_from(info->http_headers[i].name),
                                         str_from(info->http_headers[i].value)};
    *head = (struct head){.method = str_from(info->request_method),
                          .uri = uri_of(info),
                          .version = str_from(info->http_version),
                          .headers = headers,
                          .header_count = count};
    return NULL;
}

struct endpoints receive_endpoints(const struct mg_request_info *info)
{
    struct in_addr address = {0};
    (void)inet_pton(AF_INET, info->remote_addr, &address); /* written by inet_ntop itself */
    return (struct endpoints){.peer_address = address.s_addr,
                              .peer_port = (uint16_t)info->remote_port,
                              .local_port = (uint16_t)info->server_port};
}
