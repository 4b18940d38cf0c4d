/* SPDX-License-Identifier: EUPL-1.2 */
#include "authorization_internal.h"

#include "field_internal.h"

bool authorization_bearer(const struct http_field *headers, size_t count, struct str *key)
{
    const struct http_field *header = field_find(headers, count, "Authorization");
    struct str scheme;
    struct str rest;
    *key = (struct str){NULL, 0};
    if (header == NULL || field_count(headers, count, "Authorization") != 1 ||
        !str_cut(header->value, ' ', &scheme, &rest) || !field_same_name(scheme, "Bearer"))
        return false;
    while (str_starts_with(rest, STR(" ")))
        rest = (struct str){rest.data + 1, rest.length - 1};
    if (rest.length == 0)
        return false;
    *key = rest;
    return true;
}
