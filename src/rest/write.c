/* SPDX-License-Identifier: EUPL-1.2 */
#include "write_internal.h"

#include "sociopoint/base/clock.h"

void write_text(struct builder *out, const char *name, struct str value)
{
    if (!str_present(value))
        return;
    char *to = write_begin(out, name, value.length + 2);
    if (to == NULL)
        return;
    *to++ = '"';
    builder_close(out, to);
    builder_append_escaped(out, value);
    builder_append_char(out, '"');
}

void write_text_z(struct builder *out, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0')
        write_text(out, name, str_from(value));
}

void write_id(struct builder *out, const char *name, const struct uuid *id)
{
    char text[UUID_TEXT_SIZE];
    write_plain(out, name, str_from(uuid_to_text(id, text)));
}

void write_time(struct builder *out, const char *name, int64_t wall_ms)
{
    char text[CLOCK_TEXT_SIZE];
    write_plain(out, name, str_from(clock_format_utc(wall_ms, text)));
}

void write_copy(struct builder *out, const char *name, size_t start, size_t length)
{
    char *to = write_begin(out, name, length);
    if (to == NULL)
        return;
    memcpy(to, out->data + start, length);
    builder_close(out, to + length);
}
