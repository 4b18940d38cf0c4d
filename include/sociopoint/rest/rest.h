/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The API: api/openapi.yaml made to answer.
 *
 * The contract is embedded in the program and is its truth: its paths are the routes, its schemas
 * decide what is valid, and each of its operations has exactly one handler, or rest_new fails. A
 * handler sees valid input and one generation, which it keeps until its answer has been written.
 *
 * rest_handle and rest_refuse have the types that struct http_options wants, with the struct rest
 * as context; any number of threads may be in them at once.
 */
#ifndef SOCIOPOINT_REST_REST_H
#define SOCIOPOINT_REST_REST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/domain/texts.h"

struct generation_holder;
struct http_refusal;
struct http_request;
struct http_response;
struct http_route;
struct http_route_count;
struct knowledge;
struct rest;
struct settings;

/* What only the program as a whole knows; asked by /health/ready and /metrics. */
struct rest_condition {
    bool database_up;
    bool stopping;         /* the server drains */
    int64_t current_at_ms; /* wall clock: up to when the catalogue is known to be current; 0: ask
                            * the generation */
    size_t in_flight;      /* requests being answered */
    uint64_t limited;      /* requests refused because their client had enough */
    int64_t database_failures; /* attempts to reach it that failed */
};

/* What a struct rest is made from; everything must outlive it but `knowledge`, of which it takes a
 * reference. The two functions may be NULL; they are called by any thread. */
struct rest_options {
    struct generation_holder *holder;
    const struct settings *settings;
    const struct knowledge *knowledge; /* for answers while there is no generation, and refusals */
    const char *public_url; /* as the world sees the node, without a slash at the end; NULL or "":
                             * http:// and the first listen address */
    struct rest_condition (*condition)(void *context);
    void (*visit_counts)(void *context,
                         void (*visit)(void *visitor, const struct http_route_count *count),
                         void *visitor);
    void *context;
};

/*
 * NULL with contract-malformed, contract-operation-unnamed, contract-operation-twice,
 * contract-method-unsupported, contract-reference-unknown, contract-handler-missing (the pointer
 * is the operationId or the place in the contract), contract-handler-surplus, the compile problems
 * of json/problems.h, the problems of config/yaml.h, or memory-exhausted.
 */
MUST_USE struct rest *rest_new(const struct rest_options *options, struct error *err);
void rest_free(struct rest *rest);
/* For CLEANUP. */
void rest_freep(struct rest **rest);

/* For http_server_start; valid as long as the struct rest. */
const struct http_route *rest_routes(const struct rest *rest, size_t *count);
void rest_handle(void *rest, const struct http_request *request, struct http_response *response);
void rest_refuse(void *rest, const struct http_refusal *refusal, struct http_response *response);

/* From now on the answers without a generation and the refusals speak from this knowledge, of
 * which a reference is taken. False with memory-exhausted, and then nothing has changed. */
MUST_USE bool rest_set_knowledge(struct rest *rest, const struct knowledge *knowledge,
                                 struct error *err);

/* Every sentence rest can say, the problems of lower modules that reach a caller included. */
extern const struct text_code rest_text_codes[];
extern const size_t rest_text_code_count;

#endif
