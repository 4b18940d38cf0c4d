/* SPDX-License-Identifier: EUPL-1.2 */
#include "import_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/domain/knowledge.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/schema.h"

static const char *const kind_names[IMPORT_KIND_COUNT] = {
    "area", "taxonomy", "term", "organization", "location", "service", "event"};

const char *import_kind_name(enum import_kind kind)
{
    return kind_names[kind];
}

void import_plan_done(struct import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        json_decref(plan->records[i].json);
    free(plan->records);
    *plan = (struct import_plan){.records = NULL};
}

static bool grow(struct import_plan *plan)
{
    if (plan->count < plan->capacity)
        return true;
    size_t capacity = plan->capacity == 0 ? 512 : plan->capacity * 2;
    struct import_record *records = realloc(plan->records, capacity * sizeof *records);
    if (records == NULL)
        return error_set(plan->err, ERROR_MEMORY, "memory-exhausted", "");
    plan->records = records;
    plan->capacity = capacity;
    return true;
}

bool import_plan_add(struct import_plan *plan, enum import_kind kind, int file, json_t *json)
{
    if (json == NULL)
        return error_set(plan->err, ERROR_MEMORY, "memory-exhausted", "");
    if (plan->count == IMPORT_RECORDS_MAXIMUM) {
        json_decref(json);
        return error_set(plan->err, ERROR_LIMIT, "import-too-many-records", "");
    }
    if (!grow(plan)) {
        json_decref(json);
        return false;
    }
    struct import_record *record = &plan->records[plan->count++];
    *record = (struct import_record){.kind = kind, .json = json, .file = file};
    record->key = json_string_value(json_object_get(json, kind == IMPORT_AREA ? "code" : "key"));
    record->removed = json_is_true(json_object_get(json, "removed"));
    return true;
}

void import_plan_problem(struct import_plan *plan, const struct import_record *record,
                         const struct problem *problem)
{
    struct problem located = *problem;
    if (record != NULL) {
        problem_prefix(&located, record->key);
        problem_prefix(&located, kind_names[record->kind]);
        problem_prefix(&located, record->file < 0 ? "config" : plan->files[record->file]);
    }
    if (plan->report->problem != NULL)
        plan->report->problem(plan->report->context, &located);
    if (!plan->failed)
        plan->err->problem_count = 0;
    plan->failed = true;
    (void)error_add(plan->err, ERROR_INVALID, located.code, located.pointer,
                    ERROR_ARGUMENTS(located.argument[0], located.argument[1], located.argument[2]));
}

static bool set_string(json_t *json, const char *member, struct str value)
{
    return json_object_set_new(json, member, json_stringn(value.data, value.length)) == 0;
}

/* What the database keeps of a term or taxonomy: Czech is the language of the facts. */
static bool add_term(struct import_plan *plan, enum import_kind kind, const struct term *term)
{
    char id[UUID_TEXT_SIZE];
    json_t *json = json_object();
    if (json == NULL || !set_string(json, "id", str_from(uuid_to_text(&term->id, id))) ||
        !set_string(json, "key", term->key) ||
        !set_string(json, "name", term->name.in[LANGUAGE_CS]) ||
        !set_string(json, "description", term->description.in[LANGUAGE_CS])) {
        json_decref(json);
        json = NULL;
    }
    if (!import_plan_add(plan, kind, -1, json))
        return false;
    plan->records[plan->count - 1].id = term->id;
    return true;
}

/* Adds a member to the record that was added last; an absent value adds none. */
static bool extend(struct import_plan *plan, const char *member, struct str value)
{
    return !str_present(value) || set_string(plan->records[plan->count - 1].json, member, value) ||
           error_set(plan->err, ERROR_MEMORY, "memory-exhausted", "");
}

static bool add_terms(struct import_plan *plan, const struct knowledge *knowledge)
{
    bool good = add_term(plan, IMPORT_TAXONOMY, &knowledge->situations_taxonomy) &&
                add_term(plan, IMPORT_TAXONOMY, &knowledge->target_groups_taxonomy) &&
                add_term(plan, IMPORT_TAXONOMY, &knowledge->kinds_taxonomy);
    struct str taxonomy = knowledge->situations_taxonomy.key;
    for (size_t i = 0; good && i < knowledge->category_count; i++)
        good = add_term(plan, IMPORT_TERM, &knowledge->categories[i].term) &&
               extend(plan, "taxonomy", taxonomy);
    for (size_t i = 0; good && i < knowledge->situation_count; i++) {
        const struct situation *situation = &knowledge->situations[i];
        good = add_term(plan, IMPORT_TERM, &situation->term) &&
               extend(plan, "taxonomy", taxonomy) &&
               extend(plan, "parent", knowledge->categories[situation->category].term.key);
    }
    taxonomy = knowledge->target_groups_taxonomy.key;
    for (size_t i = 0; good && i < knowledge->target_group_count; i++)
        good = add_term(plan, IMPORT_TERM, &knowledge->target_groups[i].term) &&
               extend(plan, "taxonomy", taxonomy);
    taxonomy = knowledge->kinds_taxonomy.key;
    for (size_t i = 0; good && i < knowledge->kind_count; i++)
        good = add_term(plan, IMPORT_TERM, &knowledge->kinds[i].term) &&
               extend(plan, "taxonomy", taxonomy) &&
               extend(plan, "section", knowledge->kinds[i].section);
    return good;
}

/* An area with the code "<level>:<municipality>[/<key>]". */
static bool add_area(struct import_plan *plan, const char *level, struct str key, struct str name)
{
    char code[200];
    (void)snprintf(code, sizeof code, "%s:%.*s", level, STR_ARGUMENTS(key));
    json_t *json = json_object();
    if (json == NULL || !set_string(json, "code", str_from(code)) ||
        !set_string(json, "name", name)) {
        json_decref(json);
        json = NULL;
    }
    return import_plan_add(plan, IMPORT_AREA, -1, json);
}

static bool add_inner_area(struct import_plan *plan, const struct municipality *municipality,
                           const char *level, struct str key, struct str name)
{
    char inner[160];
    char whole[160];
    (void)snprintf(inner, sizeof inner, "%.*s/%.*s", STR_ARGUMENTS(municipality->key),
                   STR_ARGUMENTS(key));
    (void)snprintf(whole, sizeof whole, "municipality:%.*s", STR_ARGUMENTS(municipality->key));
    return add_area(plan, level, str_from(inner), name) && extend(plan, "part_of", str_from(whole));
}

static bool add_areas(struct import_plan *plan, const struct municipality *municipality)
{
    char region[160];
    (void)snprintf(region, sizeof region, "region:%.*s", STR_ARGUMENTS(municipality->region));
    bool good =
        add_area(plan, "municipality", municipality->key, municipality->name.in[LANGUAGE_CS]) &&
        extend(plan, "part_of", str_from(region));
    for (size_t i = 0; good && i < municipality->district_count; i++)
        good = add_inner_area(plan, municipality, "district", municipality->districts[i].key,
                              municipality->districts[i].name);
    for (size_t i = 0; good && i < municipality->locality_count; i++)
        good = add_inner_area(plan, municipality, "locality", municipality->localities[i].key,
                              municipality->localities[i].name);
    return good;
}

bool import_plan_add_knowledge(struct import_plan *plan, const struct knowledge *knowledge)
{
    bool good = true;
    for (size_t i = 0; good && i < knowledge->municipality_count; i++)
        good = add_areas(plan, &knowledge->municipalities[i]);
    return good && add_terms(plan, knowledge);
}

/* Every problem of one file, with the file before the pointer; false if any. */
static void file_problems(struct import_plan *plan, const char *file, const struct error *found)
{
    for (size_t i = 0; i < found->problem_count; i++) {
        struct problem problem = found->problems[i];
        if (!str_starts_with(str_from(problem.pointer), str_from(file)))
            problem_prefix(&problem, file);
        import_plan_problem(plan, NULL, &problem);
    }
    plan->err->code = found->code;
}

/* The records of one list of a file; `municipality` is the file's. */
static bool add_list(struct import_plan *plan, enum import_kind kind, int file, const json_t *root)
{
    static const char *const members[IMPORT_KIND_COUNT] = {[IMPORT_ORGANIZATION] = "organizations",
                                                           [IMPORT_LOCATION] = "locations",
                                                           [IMPORT_SERVICE] = "services",
                                                           [IMPORT_EVENT] = "events"};
    size_t index;
    json_t *item;
    json_array_foreach(json_object_get(root, members[kind]), index, item)
    {
        if (json_object_set(item, "municipality", json_object_get(root, "municipality")) != 0)
            return error_set(plan->err, ERROR_MEMORY, "memory-exhausted", "");
        if (!import_plan_add(plan, kind, file, json_incref(item)))
            return false;
    }
    return true;
}

bool import_plan_add_files(struct import_plan *plan, const char *schema_path)
{
    json_t *document CLEANUP(json_decrefp) =
        json_parse_file(schema_path, &json_limits_file, plan->err);
    if (document == NULL)
        return false;
    struct json_schema *schema CLEANUP(json_schema_freep) =
        json_schema_compile(document, "", NULL, plan->err);
    if (schema == NULL)
        return false;
    size_t count = 0;
    while (plan->files[count] != NULL)
        count++;
    json_t **roots = calloc(count + 1, sizeof *roots);
    if (roots == NULL)
        return error_set(plan->err, ERROR_MEMORY, "memory-exhausted", "");
    for (size_t i = 0; i < count; i++) {
        struct error found = {.code = ERROR_NONE};
        roots[i] = json_parse_file(plan->files[i], &json_limits_file, &found);
        if (roots[i] == NULL || !json_schema_validate(schema, roots[i], "", &found))
            file_problems(plan, plan->files[i], &found);
    }
    bool good = !plan->failed;
    for (int kind = IMPORT_ORGANIZATION; kind <= IMPORT_EVENT; kind++) {
        for (size_t i = 0; good && i < count; i++)
            good = add_list(plan, (enum import_kind)kind, (int)i, roots[i]);
    }
    for (size_t i = 0; i < count; i++)
        json_decref(roots[i]);
    free(roots);
    return good;
}
