/* SPDX-License-Identifier: EUPL-1.2 */
#include "schema_validate_internal.h"
#include "sociopoint/json/value.h"

static bool check(struct run *run, const struct node *node, const json_t *value,
                  const struct step *at);

/* A check that says nothing, whether it passes or not. */
static bool check_quietly(struct run *run, const struct node *node, const json_t *value,
                          const struct step *at)
{
    bool was_quiet = run->quiet;

    run->quiet = true;
    bool valid = check(run, node, value, at);
    run->quiet = was_quiet;
    return valid;
}

/* A member or element that may not be there at all has a problem of its own. */
static bool check_surplus(struct run *run, const struct node *node, const json_t *value,
                          const struct step *at, size_t allowed_items)
{
    if (!node->refuses)
        return check(run, node, value, at);
    if (str_present(at->name))
        return report(run, at, "schema-additional", at->name.data, NULL);
    return report_count(run, at, "schema-additional-item", allowed_items);
}

static bool check_items(struct run *run, const struct subject *subject)
{
    const struct node_array *prefix = &subject->node->list[LIST_PREFIX_ITEMS];
    const struct node *rest = subject->node->child[CHILD_ITEMS];
    size_t count = json_array_size(subject->value);
    bool valid = true;

    if (rest == NULL && count > prefix->count)
        count = prefix->count;
    for (size_t i = 0; i < count; i++) {
        struct step at = {.up = subject->at, .index = i};
        const json_t *value = json_array_get(subject->value, i);
        valid &= i < prefix->count ? check(run, prefix->nodes[i], value, &at)
                                   : check_surplus(run, rest, value, &at, prefix->count);
        if (!valid && run_is_over(run))
            return false;
    }
    return valid;
}

static bool check_contains(struct run *run, const struct subject *subject)
{
    const struct node *node = subject->node;
    size_t matches = 0;

    if (node->child[CHILD_CONTAINS] == NULL)
        return true;
    for (size_t i = 0; i < json_array_size(subject->value) && !run->aborted; i++) {
        struct step at = {.up = subject->at, .index = i};
        matches +=
            check_quietly(run, node->child[CHILD_CONTAINS], json_array_get(subject->value, i), &at);
    }
    if (matches < node->count[COUNT_MIN_CONTAINS])
        return report_count(run, subject->at, "schema-contains", node->count[COUNT_MIN_CONTAINS]);
    if (matches > node->count[COUNT_MAX_CONTAINS])
        return report_count(run, subject->at, "schema-max-contains",
                            node->count[COUNT_MAX_CONTAINS]);
    return true;
}

static bool check_array(struct run *run, const struct subject *subject)
{
    bool valid = check_items(run, subject);

    if (!valid && run_is_over(run))
        return false;
    return valid & check_contains(run, subject);
}

/* A member against the property of its name, the patterns its name has, or what is left for others. */
static bool check_member(struct run *run, const struct node *node, const json_t *value,
                         const struct step *at)
{
    const struct named_nodes *patterns = &node->map[MAP_PATTERN_PROPERTIES];
    const struct node *property = schema_named(&node->map[MAP_PROPERTIES], at->name);
    bool known = property != NULL;
    bool valid = property == NULL || check(run, property, value, at);

    for (size_t i = 0; i < patterns->count && !run->aborted && (valid || !run_is_over(run)); i++) {
        const struct named_node *each = &patterns->members[i];
        if (run_pattern(run, each->pattern, each->name.data, at->name, at)) {
            known = true;
            valid &= check(run, each->node, value, at);
        }
    }
    if (known || run->aborted || node->child[CHILD_ADDITIONAL_PROPERTIES] == NULL)
        return valid && !run->aborted;
    return check_surplus(run, node->child[CHILD_ADDITIONAL_PROPERTIES], value, at, 0);
}

static bool check_name(struct run *run, const struct node *node, const struct step *at)
{
    json_t *name CLEANUP(json_decrefp) = json_stringn_nocheck(at->name.data, at->name.length);

    if (name == NULL)
        return run_abort(run, at, ERROR_MEMORY, "json-memory", NULL);
    if (check_quietly(run, node, name, at))
        return true;
    return report(run, at, "schema-property-name", at->name.data, NULL);
}

static bool check_members(struct run *run, const struct subject *subject)
{
    const struct node *names = subject->node->child[CHILD_PROPERTY_NAMES];
    bool valid = true;
    const char *key;
    size_t length;
    json_t *value;

    json_object_keylen_foreach((json_t *)subject->value, key, length, value)
    {
        struct step at = {.up = subject->at, .name = {key, length}};
        if (names != NULL)
            valid &= check_name(run, names, &at);
        if (valid || !run_is_over(run))
            valid &= check_member(run, subject->node, value, &at);
        if (!valid && run_is_over(run))
            return false;
    }
    return valid;
}

static bool check_dependent_schemas(struct run *run, const struct subject *subject)
{
    const struct named_nodes *dependent = &subject->node->map[MAP_DEPENDENT_SCHEMAS];
    bool valid = true;

    for (size_t i = 0; i < dependent->count && (valid || !run_is_over(run)); i++) {
        const struct named_node *each = &dependent->members[i];
        if (json_object_getn(subject->value, each->name.data, each->name.length) != NULL)
            valid &= check(run, each->node, subject->value, subject->at);
    }
    return valid;
}

static bool check_object(struct run *run, const struct subject *subject)
{
    bool valid = check_members(run, subject);

    if (!valid && run_is_over(run))
        return false;
    return valid & check_dependent_schemas(run, subject);
}

static bool check_all_of(struct run *run, const struct subject *subject)
{
    const struct node_array *all = &subject->node->list[LIST_ALL_OF];
    bool valid = true;

    for (size_t i = 0; i < all->count && (valid || !run_is_over(run)); i++)
        valid &= check(run, all->nodes[i], subject->value, subject->at);
    return valid;
}

/* Whether a member that tells alternatives apart ("kind": {"const": ...}) speaks against this one. */
static bool is_told_apart(const struct node *node, const json_t *object)
{
    const struct named_nodes *properties = &node->map[MAP_PROPERTIES];

    for (size_t i = 0; i < properties->count; i++) {
        const struct named_node *each = &properties->members[i];
        const json_t *value = json_object_getn(object, each->name.data, each->name.length);
        if (value != NULL && !schema_value_allowed(each->node, value))
            return true;
    }
    return false;
}

/* Whether the author of the value may have meant this alternative. */
static bool is_plausible(const struct node *node, const json_t *value)
{
    if ((schema_node_types(node) & schema_type_of(value)) == 0)
        return false;
    while (node->reference != NULL)
        node = node->reference;
    return !json_is_object(value) || !is_told_apart(node, value);
}

/*
 * No alternative fits. Where only one can have been meant, its problems help more than "none of
 * these"; they are found by a second, speaking run.
 */
static bool report_alternatives(struct run *run, const struct subject *subject,
                                const struct node_array *alternatives, const char *code)
{
    const struct node *meant = NULL;
    size_t plausible = 0;

    if (run_is_over(run))
        return false;
    for (size_t i = 0; i < alternatives->count; i++) {
        if (is_plausible(alternatives->nodes[i], subject->value)) {
            meant = alternatives->nodes[i];
            plausible++;
        }
    }
    if (plausible == 1)
        return check(run, meant, subject->value, subject->at);
    return report_count(run, subject->at, code, alternatives->count);
}

static bool check_any_of(struct run *run, const struct subject *subject)
{
    const struct node_array *any = &subject->node->list[LIST_ANY_OF];

    for (size_t i = 0; i < any->count; i++) {
        if (check_quietly(run, any->nodes[i], subject->value, subject->at))
            return true;
        if (run->aborted)
            return false;
    }
    return any->count == 0 || report_alternatives(run, subject, any, "schema-any-of");
}

static bool check_one_of(struct run *run, const struct subject *subject)
{
    const struct node_array *one = &subject->node->list[LIST_ONE_OF];
    size_t matches = 0;

    for (size_t i = 0; i < one->count && matches < 2 && !run->aborted; i++)
        matches += check_quietly(run, one->nodes[i], subject->value, subject->at);
    if (run->aborted)
        return false;
    if (matches == 1 || one->count == 0)
        return true;
    if (matches == 0)
        return report_alternatives(run, subject, one, "schema-one-of");
    return report_count(run, subject->at, "schema-one-of-several", one->count);
}

static bool check_not(struct run *run, const struct subject *subject)
{
    const struct node *excluded = subject->node->child[CHILD_NOT];

    if (excluded == NULL || !check_quietly(run, excluded, subject->value, subject->at))
        return !run->aborted;
    return report(run, subject->at, "schema-not", NULL, NULL);
}

static bool check_if(struct run *run, const struct subject *subject)
{
    const struct node *condition = subject->node->child[CHILD_IF];

    if (condition == NULL)
        return true;
    bool met = check_quietly(run, condition, subject->value, subject->at);
    if (run->aborted)
        return false;
    const struct node *branch = subject->node->child[met ? CHILD_THEN : CHILD_ELSE];
    return branch == NULL || check(run, branch, subject->value, subject->at);
}

static bool check_reference(struct run *run, const struct subject *subject)
{
    const struct node *target = subject->node->reference;
    return target == NULL || check(run, target, subject->value, subject->at);
}

static bool check_parts(struct run *run, const struct subject *subject)
{
    if (json_is_array(subject->value))
        return check_array(run, subject);
    if (json_is_object(subject->value))
        return check_object(run, subject);
    return true;
}

/* Everything a node may say, in the order in which its problems are told. */
static bool (*const checks[])(struct run *run, const struct subject *subject) = {
    assert_value, check_reference, check_parts, check_all_of,
    check_any_of, check_one_of,    check_not,   check_if,
};

static bool check(struct run *run, const struct node *node, const json_t *value,
                  const struct step *at)
{
    struct subject subject = {node, value, at};
    bool valid = true;

    if (node->refuses)
        return report(run, at, "schema-false", NULL, NULL);
    if (run->depth == JSON_SCHEMA_DEPTH)
        return run_abort(run, at, ERROR_LIMIT, "schema-too-deep", SCHEMA_DEPTH_TEXT);
    if (run->steps++ == JSON_SCHEMA_STEPS)
        return run_abort(run, at, ERROR_LIMIT, "schema-too-many-steps", SCHEMA_STEPS_TEXT);
    run->depth++;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && (valid || !run_is_over(run)); i++)
        valid &= checks[i](run, &subject);
    run->depth--;
    return valid && !run->aborted;
}

bool json_schema_validate(const struct json_schema *schema, const json_t *instance,
                          const char *base_pointer, struct error *err)
{
    struct run run = {.schema = schema, .base = base_pointer, .err = err};

    bool valid = check(&run, schema->root, instance, NULL);
    pattern_scratch_free(run.scratch);
    return valid;
}
