/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One request on its way to its answer: what every handler needs, and the ways to answer.
 */
#ifndef SOCIOPOINT_REST_EXCHANGE_INTERNAL_H
#define SOCIOPOINT_REST_EXCHANGE_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/http/request.h"
#include "sociopoint/http/response.h"

struct edition;
struct entry;
struct generation;
struct operation;
struct rest;

/* Which part of a request its problems are about: names of parameters or pointers into the body. */
enum request_part { PART_PARAMETERS, PART_BODY };

struct exchange {
    struct rest *rest;
    const struct operation *operation;
    const struct http_request *request;
    struct http_response *response;
    struct arena *arena;
    const struct edition *edition;
    const struct generation *generation; /* NULL: nothing has been loaded yet */
    const struct knowledge *knowledge;   /* the generation's, else the node's */
    enum language language;              /* of the caller */
    json_t *parameters;                  /* valid ones by name */
    json_t *body;                        /* NULL: none was sent */
    enum request_part part;
};

/* The largest answer that is composed and not published. */
enum { ANSWER_MAXIMUM = 8 * 1024 * 1024 };

/* An answer under construction in the arena of the request. */
void answer_begin(const struct exchange *x, struct builder *out);
/* Ends it as 200 application/json; false with memory-exhausted when it did not fit. */
bool answer_end(struct exchange *x, const struct builder *out, struct error *err);
/* The same of a long one, which leaves without being copied; `usual` is the length it mostly has. */
void answer_begin_composed(const struct exchange *x, struct builder *out, size_t usual);
bool answer_end_composed(struct exchange *x, const struct builder *out, struct error *err);
/* ETag and Cache-Control of what may be kept for a moment, with a key by its sender alone; `vary` may
 * be NULL. */
void answer_cacheable(struct exchange *x, struct str tag, const char *vary);
void answer_language(struct exchange *x);
/* Whether the caller has it already (If-None-Match); the answer is then complete: 304. */
bool answer_unchanged(struct exchange *x, struct str tag, const char *vary);
bool answer_not_found(struct error *err);
bool answer_no_memory(struct error *err);

/* Tags; absent without memory. */
struct str tag_of_document(const struct exchange *x, const struct entry *entry);
struct str tag_of_composed(const struct exchange *x, enum language language);
/* Whether a list of tags as in If-None-Match (weak ones too, or "*") has `tag`. */
bool tag_listed(struct str list, struct str tag);

/* A valid parameter, or NULL. */
const json_t *exchange_parameter(const struct exchange *x, const char *name);
/* The path parameter `id`. */
bool exchange_id(const struct exchange *x, struct uuid *id);

#endif
