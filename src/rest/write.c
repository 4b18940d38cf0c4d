/* SPDX-License-Identifier: EUPL-1.2 */
#include "write_internal.h"

#include <string.h>

#include "sociopoint/base/clock.h"

enum { NAME_MARKS = 4 /* a comma, two quotes, a colon */, NUMBER_MAXIMUM = 24 };

static bool needs_comma(const struct builder *out)
{
    char last = out->length == 0 ? '[' : out->data[out->length - 1];
    return last != '{' && last != '[' && last != '\n';
}

/*
 * The comma where one is due, the name where there is one, and room for `more` bytes: where they
 * may be written. NULL
 * when they do not fit.
 */
static char *begin(struct builder *out, const char *name, size_t more)
{
    size_t length = name == NULL ? 0 : strlen(name);
    bool comma = needs_comma(out);
    char *to = builder_open(out, length + NAME_MARKS + more);
    if (to == NULL)
        return NULL;
    *to = ',';
    to += comma;
    if (name == NULL)
        return to;
    *to++ = '"';
    memcpy(to, name, length);
    memcpy(to + length, "\":", 2);
    return to + length + 2;
}

static void write_byte(struct builder *out, const char *name, char byte)
{
    char *to = begin(out, name, 1);
    if (to == NULL)
        return;
    *to++ = byte;
    builder_close(out, to);
}

void write_object(struct builder *out, const char *name)
{
    write_byte(out, name, '{');
}

void write_object_end(struct builder *out)
{
    builder_append_char(out, '}');
}

void write_array(struct builder *out, const char *name)
{
    write_byte(out, name, '[');
}

void write_array_end(struct builder *out)
{
    builder_append_char(out, ']');
}

void write_text(struct builder *out, const char *name, struct str value)
{
    if (!str_present(value))
        return;
    char *to = begin(out, name, value.length + 2);
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

void write_plain(struct builder *out, const char *name, struct str value)
{
    char *to = begin(out, name, value.length + 2);
    if (to == NULL)
        return;
    *to++ = '"';
    memcpy(to, value.data, value.length);
    to += value.length;
    *to++ = '"';
    builder_close(out, to);
}

void write_text_begin(struct builder *out, const char *name)
{
    write_byte(out, name, '"');
}

void write_text_end(struct builder *out)
{
    builder_append_char(out, '"');
}

void write_int(struct builder *out, const char *name, int64_t value)
{
    char *to = begin(out, name, NUMBER_MAXIMUM);
    if (to == NULL)
        return;
    builder_close(out, to);
    builder_append_int(out, value);
}

void write_flag(struct builder *out, const char *name, bool value)
{
    write_json(out, name, value ? STR("true") : STR("false"));
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

void write_json(struct builder *out, const char *name, struct str json)
{
    char *to = begin(out, name, json.length);
    if (to == NULL)
        return;
    memcpy(to, json.data, json.length);
    builder_close(out, to + json.length);
}
