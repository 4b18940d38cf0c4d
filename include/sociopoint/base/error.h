/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What went wrong: a class, and up to 16 problems that each name a thing and a place.
 *
 * There is no prose here. A problem carries a code; rest turns it into the caller's language from
 * config/text/, cli into an English line. A function that can fail takes `struct error *err` last,
 * leaves it untouched on success and returns false (or NULL) on failure. Arguments are copied, so
 * nothing points into a query result or an arena.
 */
#ifndef SOCIOPOINT_BASE_ERROR_H
#define SOCIOPOINT_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"

/* The classes; rest maps each to one HTTP status, cli to one exit status. */
enum error_code {
    ERROR_NONE,
    ERROR_MALFORMED, /* the request or file cannot be read at all */
    ERROR_INVALID,   /* it can be read, but says something impossible */
    ERROR_NOT_FOUND,
    ERROR_CONFLICT,
    ERROR_GONE,
    ERROR_LIMIT,       /* larger than a named maximum */
    ERROR_UNAVAILABLE, /* try again later: the database is away, the pool is exhausted */
    ERROR_MEMORY,
    ERROR_INTERNAL,   /* our own mistake, or an answer of the database that cannot be */
    ERROR_UNSUPPORTED /* it is of a kind that is not taken here */
};

enum {
    ERROR_PROBLEMS_MAXIMUM = 16,
    PROBLEM_ARGUMENTS = 3,
    PROBLEM_POINTER_SIZE = 160,
    PROBLEM_ARGUMENT_SIZE = 96
};

/* What is wrong (a code of a text table), where (a JSON pointer, a parameter name, or file:line), and with what. */
struct problem {
    const char *code; /* static storage */
    char pointer[PROBLEM_POINTER_SIZE];
    char argument[PROBLEM_ARGUMENTS][PROBLEM_ARGUMENT_SIZE];
};

/* A code that a module may emit, and how many arguments come with it; each module that emits any lists them. */
struct problem_code {
    const char *code;
    int arguments;
};

struct error {
    enum error_code code;
    size_t problem_count;
    bool more; /* there were more than fit */
    struct problem problems[ERROR_PROBLEMS_MAXIMUM];
};

/* No error yet: cheaper than zeroing it, which is what a request that goes well would mostly do. */
void error_clear(struct error *err);
/* Starts *err anew with one problem and returns false, so that a failure is one statement. */
bool error_set(struct error *err, enum error_code code, const char *problem, const char *pointer);
/* The same with up to three arguments; later ones may be NULL. */
bool error_set_with(struct error *err, enum error_code code, const char *problem,
                    const char *pointer, const char *const arguments[PROBLEM_ARGUMENTS]);
/* Adds a problem to *err (which must have been cleared, zeroed or set); returns false. */
bool error_add(struct error *err, enum error_code code, const char *problem, const char *pointer,
               const char *const arguments[PROBLEM_ARGUMENTS]);

/*
 * Puts `prefix` and a space before the pointer of a problem ("ostrava.json service omama /area/0").
 * A prefix for which there is no room loses its beginning.
 */
void problem_prefix(struct problem *problem, const char *prefix);

/* The arguments of error_set_with and error_add. */
#define ERROR_ARGUMENTS(...) ((const char *const[PROBLEM_ARGUMENTS]){__VA_ARGS__})

#endif
