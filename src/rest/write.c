/* SPDX-License-Identifier: EUPL-1.2 */
#include "write_internal.h"

#include "sociopoint/base/clock.h"

/* The comma where one is due, and the name where there is one. */
static void begin(struct builder *out, const char *name)
{
    struct str so_far = builder_view(out);
    char last = so_far.length == 0 ? '[' : so_far.data[so_far.length - 1];
    if (last != '{' && last != '[' && last != '\n')
        builder_append_char(out, ',');
    if (name == NULL)
        return;
    builder_append_char(out, '"');
    builder_append_z(out, name);
    builder_append(out, STR("\":"));
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
