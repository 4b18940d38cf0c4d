/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a struct rest is made of.
 */
#ifndef SOCIOPOINT_REST_REST_INTERNAL_H
#define SOCIOPOINT_REST_REST_INTERNAL_H

#include <pthread.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/str.h"
#include "sociopoint/http/route.h"
#include "sociopoint/rest/rest.h"

struct contract;
struct edition;
struct exchange;

/* An answer that is the same for everybody as long as the program runs. */
struct fixed {
    struct str content_type;
    struct str body;
    struct str tag;
};

struct rest {
    struct rest_options options;
    struct contract *contract;
    struct http_route *routes;
    size_t route_count;
    struct arena *arena; /* of routes and what follows */
    struct str public_url;
    struct fixed root;
    struct fixed contract_json;
    struct fixed docs;
    pthread_mutex_t lock;
    struct edition *edition; /* guarded by lock, and so is its count */
};

/* The files inside the program (embedded.S). */
struct str embedded_contract(void);
struct str embedded_docs(void);

/* Composes root, contract_json and docs; false with memory-exhausted. */
MUST_USE bool fixed_prepare(struct rest *rest, struct error *err);
/* Answers with it, or with 304. */
bool fixed_answer(struct exchange *x, const struct fixed *fixed);

#endif
