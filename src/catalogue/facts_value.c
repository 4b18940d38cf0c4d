/* SPDX-License-Identifier: EUPL-1.2 */
#include "facts_value_internal.h"

#include "sociopoint/base/uuid.h"

struct str facts_take_text(struct packer *packer, struct json_reader *reader)
{
    struct json_text text;
    if (!json_reader_text(reader, &text))
        return (struct str){NULL, 0};
    char *room = packer_text(packer, text.raw.length);
    if (room == NULL)
        return (struct str){NULL, text.raw.length};
    return (struct str){room, json_text_copy(text, room)};
}

struct str facts_take_code(struct json_reader *reader)
{
    struct json_text text;
    return json_reader_text(reader, &text) ? text.raw : (struct str){NULL, 0};
}

bool facts_take_id(struct json_reader *reader, struct uuid *id)
{
    return uuid_from_text(facts_take_code(reader), id);
}

int facts_take_int(struct json_reader *reader, int maximum, int missing)
{
    int64_t number;
    if (!json_reader_integer(reader, &number) || number < 0 || number > maximum)
        return missing;
    return (int)number;
}

bool facts_take_degrees(struct json_reader *reader, int limit, int32_t *micro)
{
    int64_t number;
    int64_t maximum = (int64_t)limit * 1000000;
    if (!json_reader_micro(reader, &number) || number < -maximum || number > maximum)
        return false;
    *micro = (int32_t)number;
    return true;
}

const struct str *facts_take_texts(struct packer *packer, struct json_reader *reader, size_t *count)
{
    size_t size = json_reader_count(reader);
    struct str *items = size == 0 ? NULL : packer_array(packer, size, sizeof *items);
    *count = 0;
    if (!json_reader_enter(reader, '['))
        return NULL;
    while (json_reader_item(reader)) {
        struct json_text text;
        struct json_reader ahead = *reader;
        bool is_text = json_reader_text(&ahead, &text);
        struct str copy = facts_take_text(packer, reader);
        if (!is_text)
            continue;
        if (items != NULL)
            items[*count] = copy;
        (*count)++;
    }
    return items;
}
