/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

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

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};
    if (level < lowest)
        return;
    char line[LINE_SIZE];
    char time[CLOCK_TEXT_SIZE];
    size_t room = sizeof line - 1; /* the last byte is kept for the end of the line */
    size_t length = written(snprintf(line, room, "time=%s level=%s event=%s ",
                                     clock_format_utc(clock_wall_ms(), time), names[level], event),
                            room);
    va_list arguments;
    va_start(arguments, format);
    length += written(vsnprintf(line + length, room - length, format, arguments), room - length);
    va_end(arguments);
    replace_control_bytes(line, length);
    line[length++] = '\n';
    /* One write for one line; if standard error is gone there is nobody left to tell. */
    ssize_t ignored = write(STDERR_FILENO, line, length);
    (void)ignored;
}
