/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Made-up services, as many as wanted, distributed like the real directory.
 *
 * Each takes what it is (kind, situations, target groups, ages, rules, ...) from one record of the
 * real files, where it stands and works from a second, its phones from a third, its hours from a
 * fourth and the date of its source from a fifth; some situations and target groups are left out
 * or added from another record of the same kind. So what goes together stays together, and every
 * situation is as selective as in the real directory. Names, organisations and streets are
 * invented. The n-th service depends on the seed, the real files and n alone.
 *
 * For programs of measurement: whatever goes wrong here ends the program with a message.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_SYNTHETIC_H
#define SOCIOPOINT_TESTS_BENCH_SYNTHETIC_H

#include <jansson.h>
#include <stdint.h>

struct catalogue;
struct knowledge;
struct synthetic;

enum synthetic_size {
    SYNTHETIC_REAL_BODIES, /* bodies of 2 to 4 KB, list items of about 1 KB */
    SYNTHETIC_SMALL_BODIES /* next to nothing, for a million of them */
};

/* What the program knows by the folder config/ at `config`, for the caller to release. */
const struct knowledge *synthetic_knowledge(const char *config);

/* Reads the real records of DIR/ostrava.json and DIR/brno.json. `services` is how many there will
 * be, for the number of organisations: two services each, as in the real directory. */
struct synthetic *synthetic_new(const char *directory, uint64_t seed, size_t services);
void synthetic_free(struct synthetic *synthetic);

/* The n-th service with its organisation and locations, as records of an import file: an object
 * with the members "organization", "locations" and "service", and the file's "municipality". */
json_t *synthetic_record(const struct synthetic *synthetic, size_t n);

/* The same as a published document, applied to the catalogue. */
void synthetic_apply(const struct synthetic *synthetic, const struct knowledge *knowledge, size_t n,
                     enum synthetic_size size, struct catalogue *catalogue);

/* Writes import files with the first `services` into an existing folder: one for each municipality
 * and each `per_file` services, "ostrava-0001.json". */
void synthetic_write(const struct synthetic *synthetic, size_t services, size_t per_file,
                     const char *folder);

/* Ends the program with a message on standard error. */
_Noreturn void synthetic_fail(const char *what, const char *which);

#endif
