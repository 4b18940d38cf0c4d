/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The compiler of schemas: schema_compile.c makes nodes, schema_keyword.c fills them from the
 * table of keywords, schema_reference.c connects them.
 *
 * After a problem it goes on, so that all are reported; what it makes from then on is thrown away.
 */
#ifndef SOCIOPOINT_JSON_SCHEMA_COMPILE_INTERNAL_H
#define SOCIOPOINT_JSON_SCHEMA_COMPILE_INTERNAL_H

#include "schema_internal.h"

enum {
    COMPILE_BUCKETS = 1024,
    COMPILE_LOCATION_MAXIMUM = 8192,
    COMPILE_MEMORY_MAXIMUM = 64 * 1024 * 1024
};

/* JSON_SCHEMA_COMPILE_DEPTH as a problem's argument. */
#define COMPILE_DEPTH_TEXT "128"

/* A reference whose target is looked for when the nodes that stand in the text are made. */
struct pending_reference {
    struct node *from;
    struct str target;
    struct pending_reference *next;
};

struct compiler {
    struct json_schema *schema;
    struct json_schema_options options;
    struct error *err;
    bool failed;
    bool out_of_memory;
    size_t depth;
    struct node *nodes;
    struct node *buckets[COMPILE_BUCKETS];
    struct pending_reference *pending;
};

/* Both return false. */
bool compile_problem(struct compiler *compiler, const char *code, const char *location,
                     struct str argument);
bool compile_memory(struct compiler *compiler);

/* The pointer of a member of what stands at `parent`, in the arena. */
const char *compile_location(struct compiler *compiler, const char *parent, struct str name);

/* The node of a schema, which is made when it is seen first; never NULL. */
const struct node *compile_node(struct compiler *compiler, const json_t *source,
                                const char *location);

/* Fills what one keyword of the node's source says. */
void compile_keyword(struct compiler *compiler, struct node *node, struct str name,
                     const json_t *value);

/* Notes a $ref; connects all that were noted, and those that come up meanwhile. */
void compile_reference(struct compiler *compiler, struct node *node, struct str target);
void compile_references(struct compiler *compiler);

#endif
