/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A compiled schema: nodes that point to each other, one per schema object, written by the
 * compiler and read by validation. All of it lives in the schema's arena, but for the patterns.
 */
#ifndef SOCIOPOINT_JSON_SCHEMA_INTERNAL_H
#define SOCIOPOINT_JSON_SCHEMA_INTERNAL_H

#include <stdint.h>

#include "format_internal.h"
#include "pattern_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/json/schema.h"

/* JSON_SCHEMA_DEPTH and JSON_SCHEMA_STEPS as arguments of problems. */
#define SCHEMA_DEPTH_TEXT "256"
#define SCHEMA_STEPS_TEXT "10000000"

/* The types of JSON Schema as bits; a value that is an integer is a number, too. */
enum node_type {
    TYPE_NULL = 1,
    TYPE_BOOLEAN = 2,
    TYPE_OBJECT = 4,
    TYPE_ARRAY = 8,
    TYPE_NUMBER = 16, /* with a fraction */
    TYPE_INTEGER = 32,
    TYPE_STRING = 64,
    TYPE_ANY = 127
};

enum node_count {
    COUNT_MIN_LENGTH,
    COUNT_MAX_LENGTH,
    COUNT_MIN_ITEMS,
    COUNT_MAX_ITEMS,
    COUNT_MIN_PROPERTIES,
    COUNT_MAX_PROPERTIES,
    COUNT_MIN_CONTAINS,
    COUNT_MAX_CONTAINS,
    COUNTS
};

enum node_bound {
    BOUND_MINIMUM,
    BOUND_MAXIMUM,
    BOUND_EXCLUSIVE_MINIMUM,
    BOUND_EXCLUSIVE_MAXIMUM,
    BOUND_MULTIPLE_OF,
    BOUNDS
};

enum node_child {
    CHILD_ITEMS,
    CHILD_CONTAINS,
    CHILD_ADDITIONAL_PROPERTIES,
    CHILD_PROPERTY_NAMES,
    CHILD_NOT,
    CHILD_IF,
    CHILD_THEN,
    CHILD_ELSE,
    CHILDREN
};

enum node_list { LIST_ALL_OF, LIST_ANY_OF, LIST_ONE_OF, LIST_PREFIX_ITEMS, LISTS };

enum node_map { MAP_PROPERTIES, MAP_PATTERN_PROPERTIES, MAP_DEPENDENT_SCHEMAS, MAPS };

struct node;

struct node_array {
    const struct node **nodes;
    size_t count;
};

/* A schema under a name; with a pattern the name is a regular expression. */
struct named_node {
    struct str name;
    const struct pattern *pattern;
    const struct node *node;
};

/* In the order of the names. */
struct named_nodes {
    struct named_node *members;
    size_t count;
};

struct node {
    const json_t *source; /* the object in the document */
    const char *location; /* its pointer there */
    struct node *next;    /* the compiler's list of all */
    struct node *next_in_bucket;
    bool refuses; /* the schema `false` */
    bool unique;  /* uniqueItems */
    bool on_path; /* being measured */
    bool measured;
    size_t height;  /* nodes below it that apply to the same value */
    unsigned types; /* the keyword `type`: bits of enum node_type */
    unsigned usual; /* those of them that enumeration and constant leave */
    size_t count[COUNTS];
    const json_t *bound[BOUNDS];
    const json_t *enumeration;
    const json_t *constant;
    const char *allowed; /* enumeration or constant as text for a problem */
    const json_t *required;
    const json_t *dependent_required;
    const struct format *format;
    const struct pattern *pattern;
    const char *pattern_text;
    const struct node *reference;
    const struct node *child[CHILDREN];
    struct node_array list[LISTS];
    struct named_nodes map[MAPS];
};

/* A pattern of the schema, kept to be freed. */
struct owned_pattern {
    struct pattern *pattern;
    struct owned_pattern *next;
};

struct json_schema {
    struct arena *arena;
    json_t *document; /* counted */
    const struct node *root;
    struct owned_pattern *patterns;
    uint64_t hash_seed;
};

/* The types a name of the `type` keyword stands for; 0 when it is none. */
unsigned schema_type_named(struct str name);
/* The type a value has: one bit. */
unsigned schema_type_of(const json_t *value);
/* "integer, null"; returns `text`. */
char *schema_types_text(unsigned types, char text[PROBLEM_ARGUMENT_SIZE]);
/* The types a node lets through, its references and combinators considered. */
unsigned schema_node_types(const struct node *node);
/* The schema of that name, or NULL. */
const struct node *schema_named(const struct named_nodes *map, struct str name);
/* Whether the value is one of the enumeration and is the constant, where there are such. */
bool schema_value_allowed(const struct node *node, const json_t *value);

#endif
