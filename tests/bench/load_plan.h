/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The requests of a load, and what a right answer to each of them is.
 *
 * A plan is a file of lines with four fields between tabs: method, path, body ("-" for none), and a
 * text that the body of the answer must contain. Whatever is wrong with it ends the program.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_LOAD_PLAN_H
#define SOCIOPOINT_TESTS_BENCH_LOAD_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/str.h"

struct load_request {
    struct str wire;     /* as it is sent */
    struct str expected; /* in the answer's body */
    size_t length;       /* of the right answer's body, learnt by asking once before the load */
    size_t other;        /* another length seen under load, to be confirmed; 0: none */
};

struct load_plan {
    struct load_request *items;
    size_t count;
};

/* Reads the file. `closes`: every request asks for its connection to be closed. */
void load_plan_read(struct load_plan *plan, const char *path, bool closes);
void load_plan_done(struct load_plan *plan);
/* The request of one line, without its line end; false when it does not have the four fields. */
bool load_plan_parse(struct str line, bool closes, struct load_request *request);

/*
 * Whether an answer of that length may be right. An answer may change once during a load, because
 * what it says of the clock does ("closes at six"): the first other length is kept, to be confirmed
 * by asking again afterwards.
 */
bool load_request_takes(struct load_request *request, size_t length);

#endif
