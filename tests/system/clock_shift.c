/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Preloaded by tests/system/edge: the wall clock of one program, and no other clock, is off by as
 * many seconds as stand in the file SOCIOPOINT_TEST_CLOCK, which may change at any time: 16
 * characters, "+000000000172800".
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { SHIFT_SIZE = 16 };

static const char *shift;

__attribute__((constructor)) static void open_shift(void)
{
    const char *path = getenv("SOCIOPOINT_TEST_CLOCK");
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    void *text = mmap(NULL, SHIFT_SIZE, PROT_READ, MAP_SHARED, file, 0);
    (void)close(file);
    if (text != MAP_FAILED)
        shift = text;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    long result = syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && clock == CLOCK_REALTIME && shift != NULL) {
        char text[SHIFT_SIZE + 1] = "";
        memcpy(text, shift, SHIFT_SIZE);
        now->tv_sec += (time_t)strtoll(text, NULL, 10);
    }
    return (int)result;
}

time_t time(time_t *seconds)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (seconds != NULL)
        *seconds = now.tv_sec;
    return now.tv_sec;
}
