/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The value of the first line "name : value" of a file in /proc. */
static void proc_value(const char *path, const char *name, char *value, int size)
{
    char line[512];
    (void)snprintf(value, (size_t)size, "unknown");
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return;
    while (fgets(line, sizeof line, file) != NULL) {
        char *colon = strchr(line, ':');
        if (colon == NULL || strncmp(line, name, strlen(name)) != 0)
            continue;
        colon += 1 + strspn(colon + 1, " \t");
        (void)snprintf(value, (size_t)size, "%.*s", (int)strcspn(colon, "\n"), colon);
        break;
    }
    (void)fclose(file);
}

void machine_print(const char *commit)
{
    char model[128];
    char cache[64];
    char memory[64];
    double load = 0;
    proc_value("/proc/cpuinfo", "model name", model, sizeof model);
    proc_value("/proc/cpuinfo", "cache size", cache, sizeof cache);
    proc_value("/proc/meminfo", "MemTotal", memory, sizeof memory);
    (void)getloadavg(&load, 1);
    (void)printf("machine   %s, %ld cores, cache %s, memory %s, load %.1f\n", model,
                 sysconf(_SC_NPROCESSORS_ONLN), cache, memory, load);
    (void)printf("compiler  gcc %s, %s\n", __VERSION__, BENCH_FLAGS);
    (void)printf("commit    %s\n", commit);
}

double machine_cpu_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}
