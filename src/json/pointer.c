/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/json/pointer.h"

#include <stdbool.h>

void json_pointer_append(struct builder *pointer, struct str name)
{
    builder_append_char(pointer, '/');
    for (size_t i = 0; i < name.length; i++) {
        if (name.data[i] == '~')
            builder_append_z(pointer, "~0");
        else if (name.data[i] == '/')
            builder_append_z(pointer, "~1");
        else
            builder_append_char(pointer, name.data[i]);
    }
}

void json_pointer_append_index(struct builder *pointer, size_t index)
{
    builder_append_char(pointer, '/');
    builder_append_int(pointer, (int64_t)index);
}

/* Whether the pointer's token, which may hold escapes, spells the name. */
static bool token_is(struct str token, struct str name)
{
    size_t at = 0;

    for (size_t i = 0; i < token.length; i++, at++) {
        char byte = token.data[i];
        if (byte == '~') {
            if (++i == token.length || (token.data[i] != '0' && token.data[i] != '1'))
                return false;
            byte = token.data[i] == '0' ? '~' : '/';
        }
        if (at == name.length || name.data[at] != byte)
            return false;
    }
    return at == name.length;
}

static const json_t *member(const json_t *object, struct str token)
{
    if (memchr(token.data, '~', token.length) == NULL)
        return json_object_getn(object, token.data, token.length);

    const char *key;
    size_t length;
    json_t *value;
    json_object_keylen_foreach((json_t *)object, key, length, value)
    {
        if (token_is(token, (struct str){key, length}))
            return value;
    }
    return NULL;
}

static const json_t *element(const json_t *array, struct str token)
{
    uint64_t index;

    if (!str_to_uint(token, SIZE_MAX, &index))
        return NULL;
    return json_array_get(array, (size_t)index);
}

const json_t *json_pointer_get(const json_t *document, struct str pointer)
{
    const json_t *value = document;
    size_t at = 0;

    while (value != NULL && at < pointer.length) {
        if (pointer.data[at++] != '/')
            return NULL;
        size_t start = at;
        while (at < pointer.length && pointer.data[at] != '/')
            at++;
        struct str token = {pointer.data + start, at - start};
        value = json_is_object(value)  ? member(value, token)
                : json_is_array(value) ? element(value, token)
                                       : NULL;
    }
    return value;
}
