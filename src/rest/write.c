/* SPDX-License-Identifier: EUPL-1.2 */
#include "write_internal.h"

#include <string.h>

#include "sociopoint/base/clock.h"

static bool needs_comma(const struct builder *out)
{
    char last = out->length == 0 ? '[' : out->data[out->length - 1];
    return last != '{' && last != '[' && last != '\n';
}

/* The comma where one is due, and the name where there is one. */
static void begin(struct builder *out, const char *name)
{
    size_t comma = needs_comma(out);
    size_t length = name == NULL ? 0 : strlen(name);
    char *to = builder_take(out, comma + (name == NULL ? 0 : length + 3));
    if (to == NULL)
        return;
    if (comma > 0)
        *to++ = ',';
    if (name == NULL)
        return;
    *to++ = '"';
    memcpy(to, name, length);
    memcpy(to + length, "\":", 2);
}

void write_object(struct builder *out, const char *name)
{
    begin(out, name);
    builder_append_char(out, '{');
}

void write_object_end(struct builder *out)
{
    builder_append_char(out, '}');
}

void write_array(struct builder *out, const char *name)
{
    begin(out, name);
    builder_append_char(out, '[');
}

void write_array_end(struct builder *out)
{
    builder_append_char(out, ']');
}

void write_text(struct builder *out, const char *name, struct str value)
{
    if (!str_present(value))
        return;
    begin(out, name);
    builder_append_json(out, value);
}

void write_text_z(struct builder *out, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0')
        write_text(out, name, str_from(value));
}

void write_int(struct builder *out, const char *name, int64_t value)
{
    begin(out, name);
    builder_append_int(out, value);
}

void write_flag(struct builder *out, const char *name, bool value)
{
    begin(out, name);
    builder_append_z(out, value ? "true" : "false");
}

void write_id(struct builder *out, const char *name, const struct uuid *id)
{
    char text[UUID_TEXT_SIZE];
    write_text(out, name, str_from(uuid_to_text(id, text)));
}

void write_time(struct builder *out, const char *name, int64_t wall_ms)
{
    char text[CLOCK_TEXT_SIZE];
    write_text(out, name, str_from(clock_format_utc(wall_ms, text)));
}

void write_json(struct builder *out, const char *name, struct str json)
{
    begin(out, name);
    builder_append(out, json);
}
