/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One answer of an HTTP/1.1 server, taken apart as its bytes arrive.
 *
 * Only what our servers and their peers send: a Content-Length and no chunks.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_LOAD_ANSWER_H
#define SOCIOPOINT_TESTS_BENCH_LOAD_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/str.h"

enum { LOAD_ANSWER_HEAD = 8 * 1024 };

enum load_answer_state { LOAD_ANSWER_MORE, LOAD_ANSWER_COMPLETE, LOAD_ANSWER_BROKEN };

struct load_answer {
    char head[LOAD_ANSWER_HEAD];
    size_t head_length; /* so far */
    bool head_complete;
    int status;
    bool closes;   /* the server closes the connection after it */
    size_t length; /* of the body, as announced */
    size_t have;   /* of the body, so far */
    char *body;    /* where it is kept, or NULL; */
    size_t body_room;
};

/* The next answer; `body` and `body_room` stay. */
void load_answer_begin(struct load_answer *answer);
/* Takes further bytes. What follows a complete answer, which nobody asked for, makes it broken. */
enum load_answer_state load_answer_feed(struct load_answer *answer, struct str bytes);

#endif
