/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/base/clock.h"

enum { LINE_SIZE = 1024 };

static enum log_level lowest = LOG_INFO;

void log_set_level(enum log_level level)
{
    lowest = level;
}

static void replace_control_bytes(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F)
            text[i] = '?';
    }
}

/* snprintf's result as a number of bytes really written. */
static size_t written(int result, size_t size)
{
    if (result < 0)
        return 0;
    return (size_t)result < size ? (size_t)result : size - 1;
}

void log_pairs(enum log_level level, const char *event, struct str pairs)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};
    if (level < lowest)
        return;
    char bytes[LINE_SIZE];
    char time[CLOCK_TEXT_SIZE];
    struct builder line;
    builder_init_fixed(&line, bytes, sizeof bytes);
    builder_append(&line, STR("time="));
    builder_append_z(&line, clock_format_utc(clock_wall_ms(), time));
    builder_append(&line, STR(" level="));
    builder_append_z(&line, names[level]);
    builder_append(&line, STR(" event="));
    builder_append_z(&line, event);
    builder_append_char(&line, ' ');
    if (pairs.length > LOG_PAIRS_SIZE)
        pairs.length = LOG_PAIRS_SIZE;
    builder_append(&line, pairs);
    replace_control_bytes(bytes, line.length);
    builder_append_char(&line, '\n');
    /* One write for one line; if standard error is gone there is nobody left to tell. */
    ssize_t ignored = write(STDERR_FILENO, bytes, line.length);
    (void)ignored;
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    char text[LOG_PAIRS_SIZE];
    va_list arguments;
    va_start(arguments, format);
    size_t length = written(vsnprintf(text, sizeof text, format, arguments), sizeof text);
    va_end(arguments);
    log_pairs(level, event, (struct str){text, length});
}
