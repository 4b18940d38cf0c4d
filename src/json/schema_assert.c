/* SPDX-License-Identifier: EUPL-1.2 */
#include "schema_validate_internal.h"
#include "value_internal.h"

/* An element of an array that must not have two equal ones. */
struct hashed {
    uint64_t hash;
    size_t index;
};

/* A size of the value, and the two counts that bound it. */
struct size_rule {
    enum node_count minimum;
    const char *too_small;
    enum node_count maximum;
    const char *too_large;
};

static const struct size_rule length_rule = {COUNT_MIN_LENGTH, "schema-min-length",
                                             COUNT_MAX_LENGTH, "schema-max-length"};
static const struct size_rule items_rule = {COUNT_MIN_ITEMS, "schema-min-items", COUNT_MAX_ITEMS,
                                            "schema-max-items"};
static const struct size_rule properties_rule = {COUNT_MIN_PROPERTIES, "schema-min-properties",
                                                 COUNT_MAX_PROPERTIES, "schema-max-properties"};

/* A bound is broken when the value compares to it as `wrong` says: less, greater, and equal to it. */
static const struct {
    const char *code;
    int wrong;
    bool equal_is_wrong;
} bound_rules[BOUND_MULTIPLE_OF] = {
    [BOUND_MINIMUM] = {"schema-minimum", -1, false},
    [BOUND_MAXIMUM] = {"schema-maximum", 1, false},
    [BOUND_EXCLUSIVE_MINIMUM] = {"schema-exclusive-minimum", -1, true},
    [BOUND_EXCLUSIVE_MAXIMUM] = {"schema-exclusive-maximum", 1, true},
};

static bool assert_type(struct run *run, const struct subject *subject)
{
    char text[PROBLEM_ARGUMENT_SIZE];

    if ((subject->node->types & schema_type_of(subject->value)) != 0)
        return true;
    return report(run, subject->at, "schema-type", schema_types_text(subject->node->types, text),
                  NULL);
}

static bool assert_allowed(struct run *run, const struct subject *subject)
{
    if (schema_value_allowed(subject->node, subject->value))
        return true;
    return report(run, subject->at,
                  subject->node->constant != NULL ? "schema-const" : "schema-enum",
                  subject->node->allowed, NULL);
}

static bool assert_size(struct run *run, const struct subject *subject,
                        const struct size_rule *rule, size_t size)
{
    const size_t *count = subject->node->count;

    if (size < count[rule->minimum])
        return report_count(run, subject->at, rule->too_small, count[rule->minimum]);
    if (size > count[rule->maximum])
        return report_count(run, subject->at, rule->too_large, count[rule->maximum]);
    return true;
}

static bool assert_number(struct run *run, const struct subject *subject)
{
    char text[JSON_NUMBER_TEXT_SIZE];
    bool valid = true;

    for (size_t i = 0; i < BOUND_MULTIPLE_OF; i++) {
        const json_t *bound = subject->node->bound[i];
        if (bound == NULL)
            continue;
        int order = json_number_compare(subject->value, bound);
        bool wrong =
            order == 0 ? bound_rules[i].equal_is_wrong : (order < 0) == (bound_rules[i].wrong < 0);
        if (wrong)
            valid = report(run, subject->at, bound_rules[i].code, json_number_to_text(bound, text),
                           NULL);
    }
    const json_t *factor = subject->node->bound[BOUND_MULTIPLE_OF];
    if (factor != NULL && !json_number_is_multiple(subject->value, factor))
        valid =
            report(run, subject->at, "schema-multiple-of", json_number_to_text(factor, text), NULL);
    return valid;
}

bool run_pattern(struct run *run, const struct pattern *pattern, const char *source,
                 struct str text, const struct step *at)
{
    switch (pattern_match(pattern, text, &run->scratch)) {
    case PATTERN_MATCHES:
        return true;
    case PATTERN_DIFFERS:
        return false;
    case PATTERN_MEMORY:
        return run_abort(run, at, ERROR_MEMORY, "json-memory", NULL);
    default:
        return run_abort(run, at, ERROR_LIMIT, "schema-pattern-limit", source);
    }
}

static bool assert_string(struct run *run, const struct subject *subject)
{
    const struct node *node = subject->node;
    struct str text = json_str(subject->value);
    bool valid = assert_size(run, subject, &length_rule, json_code_points(text));

    /* A text that is too long is not worth a match. */
    if (valid && node->pattern != NULL &&
        !run_pattern(run, node->pattern, node->pattern_text, text, subject->at))
        valid = report(run, subject->at, "schema-pattern", node->pattern_text, NULL);
    if (valid && node->format != NULL && !node->format->matches(text))
        valid = report(run, subject->at, "schema-format", node->format->name, NULL);
    return valid;
}

static int compare_hashed(const void *left, const void *right)
{
    const struct hashed *a = left;
    const struct hashed *b = right;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* Two equal elements have equal hashes and so stand in one stretch of the sorted array. */
static bool find_equal(const json_t *array, const struct hashed *sorted, size_t count,
                       size_t found[2])
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && sorted[j].hash == sorted[i].hash; j++) {
            found[0] = sorted[i].index;
            found[1] = sorted[j].index;
            if (json_value_equal(json_array_get(array, found[0]), json_array_get(array, found[1])))
                return true;
        }
    }
    return false;
}

static bool assert_unique(struct run *run, const struct subject *subject)
{
    size_t count = json_array_size(subject->value);
    size_t found[2];
    char texts[2][24];

    if (!subject->node->unique || count < 2)
        return true;
    struct hashed *elements = calloc(count, sizeof *elements);
    if (elements == NULL)
        return run_abort(run, subject->at, ERROR_MEMORY, "json-memory", NULL);
    for (size_t i = 0; i < count; i++)
        elements[i] = (struct hashed){
            json_value_hash(json_array_get(subject->value, i), run->schema->hash_seed), i};
    qsort(elements, count, sizeof *elements, compare_hashed);
    bool equal = find_equal(subject->value, elements, count, found);
    free(elements);
    if (!equal)
        return true;
    for (size_t i = 0; i < 2; i++)
        (void)snprintf(texts[i], sizeof texts[i], "%zu", found[i]);
    return report(run, subject->at, "schema-unique-items", texts[0], texts[1]);
}

static bool assert_required(struct run *run, const struct subject *subject)
{
    const json_t *names = subject->node->required;
    bool valid = true;

    for (size_t i = 0; i < json_array_size(names); i++) {
        struct str name = json_str(json_array_get(names, i));
        if (json_object_getn(subject->value, name.data, name.length) == NULL)
            valid = report(run, subject->at, "schema-required", name.data, NULL);
    }
    return valid;
}

static bool assert_dependent_required(struct run *run, const struct subject *subject)
{
    bool valid = true;
    const char *cause;
    size_t length;
    json_t *names;

    json_object_keylen_foreach((json_t *)subject->node->dependent_required, cause, length, names)
    {
        if (json_object_getn(subject->value, cause, length) == NULL)
            continue;
        for (size_t i = 0; i < json_array_size(names); i++) {
            struct str name = json_str(json_array_get(names, i));
            if (json_object_getn(subject->value, name.data, name.length) == NULL)
                valid = report(run, subject->at, "schema-dependent-required", name.data, cause);
        }
    }
    return valid;
}

static bool assert_array(struct run *run, const struct subject *subject)
{
    /* Looking for equal elements is left out where there are too many anyway. */
    return assert_size(run, subject, &items_rule, json_array_size(subject->value)) &&
           assert_unique(run, subject);
}

static bool assert_object(struct run *run, const struct subject *subject)
{
    bool valid = assert_size(run, subject, &properties_rule, json_object_size(subject->value));

    if (!valid && run_is_over(run))
        return false;
    valid &= assert_required(run, subject);
    return valid & assert_dependent_required(run, subject);
}

bool assert_value(struct run *run, const struct subject *subject)
{
    /* A value of the wrong type has one problem, not one for each rule about the right type. */
    if (!assert_type(run, subject) || !assert_allowed(run, subject))
        return false;
    switch (json_typeof(subject->value)) {
    case JSON_INTEGER:
    case JSON_REAL:
        return assert_number(run, subject);
    case JSON_STRING:
        return assert_string(run, subject);
    case JSON_ARRAY:
        return assert_array(run, subject);
    case JSON_OBJECT:
        return assert_object(run, subject);
    default:
        return true;
    }
}
