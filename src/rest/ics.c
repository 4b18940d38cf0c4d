/* SPDX-License-Identifier: EUPL-1.2 */
#include "ics_internal.h"

#include <stdio.h>

#include "sociopoint/domain/civil_time.h"
#include "sociopoint/domain/recurrence.h"

enum { LINE_OCTETS = 75 };

static const struct str line_end = STR_CONSTANT("\r\n");

/* How many bytes the character at the start of the text has. */
static size_t character_length(struct str text)
{
    size_t length = 1;
    while (length < text.length && ((unsigned char)text.data[length] & 0xc0) == 0x80)
        length++;
    return length;
}

void ics_put(struct ics *ics, struct str value)
{
    while (value.length > 0) {
        size_t length = character_length(value);
        if (ics->column + length > LINE_OCTETS) {
            builder_append(ics->out, line_end);
            builder_append_char(ics->out, ' ');
            ics->column = 1;
        }
        builder_append(ics->out, (struct str){value.data, length});
        ics->column += length;
        value = (struct str){value.data + length, value.length - length};
    }
}

void ics_put_z(struct ics *ics, const char *value)
{
    ics_put(ics, str_from(value));
}

void ics_begin(struct ics *ics, const char *name)
{
    ics->column = 0;
    ics_put_z(ics, name);
    ics_put_z(ics, ":");
}

void ics_end(struct ics *ics)
{
    builder_append(ics->out, line_end);
    ics->column = 0;
}

void ics_put_text(struct ics *ics, struct str text)
{
    size_t plain = 0; /* start of what needs no escape */
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool special = byte == '\\' || byte == ';' || byte == ',';
        if (!special && (byte >= ' ' || byte == '\t') && byte != 0x7f)
            continue;
        ics_put(ics, (struct str){text.data + plain, i - plain});
        plain = i + 1;
        if (special || byte == '\n')
            ics_put_z(ics, "\\");
        if (special)
            ics_put(ics, (struct str){text.data + i, 1});
        else if (byte == '\n')
            ics_put_z(ics, "n");
    }
    ics_put(ics, (struct str){text.data + plain, text.length - plain});
}

void ics_put_day(struct ics *ics, int32_t day)
{
    char text[48];
    struct civil_date date = civil_day_date(day);
    (void)snprintf(text, sizeof text, "%04d%02d%02d", date.year, date.month, date.day);
    ics_put_z(ics, text);
}

void ics_put_local(struct ics *ics, int32_t day, int32_t minute)
{
    char text[48];
    ics_put_day(ics, day);
    (void)snprintf(text, sizeof text, "T%02d%02d00", minute / 60, minute % 60);
    ics_put_z(ics, text);
}

void ics_put_utc(struct ics *ics, int64_t wall_ms)
{
    char text[48];
    int64_t seconds = wall_ms < 0 ? 0 : wall_ms / 1000;
    int32_t of_day = (int32_t)(seconds % 86400);
    ics_put_day(ics, (int32_t)(seconds / 86400));
    (void)snprintf(text, sizeof text, "T%02d%02d%02dZ", of_day / 3600, of_day / 60 % 60,
                   of_day % 60);
    ics_put_z(ics, text);
}

void ics_line(struct ics *ics, const char *name, const char *value)
{
    ics_begin(ics, name);
    ics_put_z(ics, value);
    ics_end(ics);
}

void ics_text_line(struct ics *ics, const char *name, struct str text)
{
    if (str_empty(text))
        return;
    ics_begin(ics, name);
    ics_put_text(ics, text);
    ics_end(ics);
}

static void put_byday(struct ics *ics, const struct recurrence *days)
{
    static const char names[WEEKDAY_COUNT][3] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    const char *before = ";BYDAY=";
    for (int row = 0; row < RECURRENCE_ORDINALS; row++) {
        for (int weekday = 0; weekday < WEEKDAY_COUNT; weekday++) {
            char ordinal[16] = "";
            if ((days->weekdays[row] >> weekday & 1) == 0)
                continue;
            if (row != RECURRENCE_ORDINAL_ZERO)
                (void)snprintf(ordinal, sizeof ordinal, "%d", row - RECURRENCE_ORDINAL_ZERO);
            ics_put_z(ics, before);
            ics_put_z(ics, ordinal);
            ics_put_z(ics, names[weekday]);
            before = ",";
        }
    }
}

void ics_rule_line(struct ics *ics, const struct recurrence *days, int32_t minute)
{
    char interval[32];
    ics_begin(ics, "RRULE");
    ics_put_z(ics, days->frequency == RECURRENCE_WEEKLY ? "FREQ=WEEKLY" : "FREQ=MONTHLY");
    if (days->interval > 1) {
        (void)snprintf(interval, sizeof interval, ";INTERVAL=%d", (int)days->interval);
        ics_put_z(ics, interval);
    }
    if (days->last_day != RECURRENCE_NO_DAY) {
        ics_put_z(ics, ";UNTIL=");
        if (minute == RECURRENCE_NO_TIME)
            ics_put_day(ics, days->last_day);
        else
            ics_put_utc(ics, civil_time_utc_ms(days->last_day, minute));
    }
    put_byday(ics, days);
    ics_end(ics);
}

void ics_zone(struct ics *ics)
{
    static const char *const lines[][2] = {
        {"BEGIN", "VTIMEZONE"},
        {"TZID", "Europe/Prague"},
        {"BEGIN", "DAYLIGHT"},
        {"TZNAME", "CEST"},
        {"TZOFFSETFROM", "+0100"},
        {"TZOFFSETTO", "+0200"},
        {"DTSTART", "19810329T020000"},
        {"RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"},
        {"END", "DAYLIGHT"},
        {"BEGIN", "STANDARD"},
        {"TZNAME", "CET"},
        {"TZOFFSETFROM", "+0200"},
        {"TZOFFSETTO", "+0100"},
        {"DTSTART", "19961027T030000"},
        {"RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"},
        {"END", "STANDARD"},
        {"END", "VTIMEZONE"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        ics_line(ics, lines[i][0], lines[i][1]);
}
