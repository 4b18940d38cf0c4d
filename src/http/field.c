/* SPDX-License-Identifier: EUPL-1.2 */
#include "field_internal.h"

#include <string.h>
#include <strings.h>

bool field_same_name(struct str left, const char *right)
{
    return left.length == strlen(right) && strncasecmp(left.data, right, left.length) == 0;
}

const struct http_field *field_find(const struct http_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (field_same_name(fields[i].name, name))
            return &fields[i];
    }
    return NULL;
}

size_t field_count(const struct http_field *fields, size_t count, const char *name)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += field_same_name(fields[i].name, name) ? 1 : 0;
    return found;
}

static struct str trimmed(struct str view)
{
    while (view.length > 0 && (view.data[0] == ' ' || view.data[0] == '\t'))
        view = (struct str){view.data + 1, view.length - 1};
    while (view.length > 0 &&
           (view.data[view.length - 1] == ' ' || view.data[view.length - 1] == '\t'))
        view.length--;
    return view;
}

bool field_list_has(struct str list, const char *token)
{
    struct str item;
    struct str rest = list;
    while (str_cut(rest, ',', &item, &rest)) {
        if (field_same_name(trimmed(item), token))
            return true;
    }
    return str_present(rest) && field_same_name(trimmed(rest), token);
}
