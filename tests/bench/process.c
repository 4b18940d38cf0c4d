/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/process.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct times {
    pid_t parent;
    double cpu_us;
    double waited_us; /* of its children that have ended */
};

/* False when the process is gone. */
static bool read_times(pid_t pid, struct times *times)
{
    char path[64];
    char text[1024];
    unsigned long user = 0;
    unsigned long system = 0;
    long ended_user = 0;
    long ended_system = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    size_t length = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    text[length] = '\0';
    const char *after_name = strrchr(text, ')');
    if (after_name == NULL ||
        sscanf(after_name + 1, " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld",
               &times->parent, &user, &system, &ended_user, &ended_system) != 5)
        return false;
    const double tick_us = 1e6 / (double)sysconf(_SC_CLK_TCK);
    times->cpu_us = (double)(user + system) * tick_us;
    times->waited_us = (double)(ended_user + ended_system) * tick_us;
    return true;
}

double process_cpu_us(pid_t pid)
{
    double sum = 0;
    struct times times;
    DIR *processes = opendir("/proc");
    if (processes == NULL)
        return 0;
    for (const struct dirent *each; (each = readdir(processes)) != NULL;) {
        pid_t other = (pid_t)strtol(each->d_name, NULL, 10);
        if (other <= 0 || !read_times(other, &times))
            continue;
        if (other == pid)
            sum += times.cpu_us + times.waited_us;
        else if (times.parent == pid)
            sum += times.cpu_us;
    }
    (void)closedir(processes);
    return sum;
}

static unsigned count_descriptors(pid_t pid)
{
    char path[64];
    unsigned count = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *descriptors = opendir(path);
    if (descriptors == NULL)
        return 0;
    for (const struct dirent *each; (each = readdir(descriptors)) != NULL;)
        count += each->d_name[0] != '.';
    (void)closedir(descriptors);
    return count;
}

struct process_size process_size(pid_t pid)
{
    char path[64];
    char line[256];
    struct process_size size = {.descriptors = count_descriptors(pid)};
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return size;
    while (fgets(line, sizeof line, file) != NULL) {
        (void)sscanf(line, "VmRSS: %lf", &size.resident_kb);
        (void)sscanf(line, "Threads: %u", &size.threads);
    }
    (void)fclose(file);
    return size;
}
