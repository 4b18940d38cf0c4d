/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The contract compiled: what each operation takes, and who answers it.
 *
 * Built once at start and immutable afterwards; any thread may read it.
 */
#ifndef SOCIOPOINT_REST_CONTRACT_INTERNAL_H
#define SOCIOPOINT_REST_CONTRACT_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/http/request.h"

struct exchange;
struct json_schema;

/* The one who answers an operation; a row of the table in handlers.c. */
struct handler {
    const char *operation_id;
    bool (*answer)(struct exchange *exchange, struct error *err);
    bool is_public;       /* any web page may read the answer */
    bool needs_directory; /* without a generation it is 503 */
    bool helpful;         /* its refusals say whom to call */
};

struct parameter {
    const char *name;
    bool in_path;
    bool required;
    struct json_schema *schema;
};

struct operation {
    const char *id;
    enum http_method method;
    const char *path_template;
    struct parameter *parameters;
    size_t parameter_count;
    bool body_required;
    struct json_schema *body; /* NULL: takes none */
    const struct handler *handler;
};

struct contract {
    json_t *document;
    struct operation *operations;
    size_t count;
    struct arena *arena; /* of everything above but the document and the schemas */
};

/* The table of handlers.c: one row for each operation. */
extern const struct handler rest_handlers[];
extern const size_t rest_handler_count;

/* Compiles `yaml` and gives each operation its handler; fails as rest_new says. */
MUST_USE struct contract *contract_compile(struct str yaml, const struct handler *handlers,
                                           size_t handler_count, struct error *err);
void contract_free(struct contract *contract);
void contract_freep(struct contract **contract);

#endif
