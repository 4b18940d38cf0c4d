/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the fuzz targets share. A target is one function of libFuzzer, which calls it with bytes
 * again and again in one process; nothing may survive a call but what was made once.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Called once before; for what may take longer than one input. A target need not have it. */
int LLVMFuzzerInitialize(int *argument_count, char ***arguments);

/* A promise of a header that did not hold is a finding like any other. */
#define FUZZ_REQUIRE(condition)                                                                    \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            (void)fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);          \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static inline struct str fuzz_str(const uint8_t *data, size_t size)
{
    return (struct str){size == 0 ? "" : (const char *)data, size};
}

/* A failure has a class and at least one problem with a code. */
static inline void fuzz_failed(const struct error *err)
{
    FUZZ_REQUIRE(err->code != ERROR_NONE && err->code != ERROR_INTERNAL);
    FUZZ_REQUIRE(err->problem_count > 0 && err->problem_count <= ERROR_PROBLEMS_MAXIMUM);
    for (size_t i = 0; i < err->problem_count; i++) {
        FUZZ_REQUIRE(err->problems[i].code != NULL);
        FUZZ_REQUIRE(strlen(err->problems[i].pointer) < PROBLEM_POINTER_SIZE);
    }
}

/* The path of a file without a name that has these bytes, always the same one. */
static inline const char *fuzz_file(const uint8_t *data, size_t size)
{
    static char path[64];
    static int file = -1;
    if (file < 0) {
        char name[] = "/tmp/sociopoint-fuzz-XXXXXX";
        file = mkstemp(name);
        FUZZ_REQUIRE(file >= 0 && unlink(name) == 0);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    FUZZ_REQUIRE(ftruncate(file, 0) == 0);
    FUZZ_REQUIRE(size == 0 || pwrite(file, data, size, 0) == (ssize_t)size);
    return path;
}

#endif
