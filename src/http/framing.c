/* SPDX-License-Identifier: EUPL-1.2 */
#include "framing_internal.h"

#include <string.h>

#include "field_internal.h"

enum { LENGTH_DIGITS = 9 };

static const char *check_size(const struct head *head)
{
    if (head->uri.length > FRAMING_URI_MAXIMUM)
        return "uri-too-long";
    size_t size = 0;
    for (size_t i = 0; i < head->header_count; i++)
        size += head->headers[i].name.length + head->headers[i].value.length + sizeof ": \r\n" - 1;
    if (head->header_count > FRAMING_HEADERS_MAXIMUM || size > FRAMING_HEAD_MAXIMUM)
        return "headers-too-many";
    return NULL;
}

/* One to nine digits and nothing else. */
static bool parse_length(struct str value, uint64_t *length)
{
    if (value.length == 0 || value.length > LENGTH_DIGITS)
        return false;
    *length = 0;
    for (size_t i = 0; i < value.length; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return false;
        *length = *length * 10 + (uint64_t)(value.data[i] - '0');
    }
    return true;
}

static bool needs_length(struct str method)
{
    return str_equal_z(method, "POST") || str_equal_z(method, "PUT") ||
           str_equal_z(method, "PATCH");
}

static bool takes_no_body(struct str method)
{
    return str_equal_z(method, "GET") || str_equal_z(method, "HEAD") ||
           str_equal_z(method, "OPTIONS");
}

static const char *check_length(const struct head *head, uint64_t *length)
{
    size_t lengths = field_count(head->headers, head->header_count, "Content-Length");
    size_t encodings = field_count(head->headers, head->header_count, "Transfer-Encoding");
    if (encodings > 0)
        return lengths > 0 ? "framing-ambiguous" : "length-required";
    if (lengths > 1)
        return "framing-ambiguous";
    *length = 0;
    if (lengths == 0)
        return needs_length(head->method) ? "length-required" : NULL;
    const struct http_field *field =
        field_find(head->headers, head->header_count, "Content-Length");
    return parse_length(field->value, length) ? NULL : "content-length-malformed";
}

static const char *check_host(const struct head *head)
{
    const struct http_field *host = field_find(head->headers, head->header_count, "Host");
    bool valid =
        field_count(head->headers, head->header_count, "Host") == 1 && host->value.length > 0;
    return valid ? NULL : "host-invalid";
}

static const char *check_expectation(const struct head *head, bool *expects_continue)
{
    size_t expectations = field_count(head->headers, head->header_count, "Expect");
    *expects_continue = false;
    if (expectations == 0)
        return NULL;
    const struct http_field *field = field_find(head->headers, head->header_count, "Expect");
    if (expectations > 1 || !field_same_name(field->value, "100-continue"))
        return "expectation-unsupported";
    *expects_continue = true;
    return NULL;
}

/*
 * The server below keeps a connection only when the first Connection header says nothing against
 * it.
 */
static bool client_closes(const struct head *head)
{
    if (!str_equal_z(head->version, "1.1"))
        return true;
    for (size_t i = 0; i < head->header_count; i++) {
        if (field_same_name(head->headers[i].name, "Connection") &&
            (field_list_has(head->headers[i].value, "close") ||
             !field_list_has(head->headers[i].value, "keep-alive")))
            return true;
    }
    return false;
}

const char *framing_check(const struct head *head, struct framing *framing)
{
    *framing = (struct framing){.client_closes = client_closes(head)};
    const char *refusal = check_size(head);
    if (refusal == NULL)
        refusal = check_length(head, &framing->body_length);
    if (refusal == NULL)
        refusal = check_host(head);
    if (refusal == NULL && framing->body_length > 0 && takes_no_body(head->method))
        refusal = "body-unexpected";
    if (refusal == NULL)
        refusal = check_expectation(head, &framing->expects_continue);
    return refusal;
}
