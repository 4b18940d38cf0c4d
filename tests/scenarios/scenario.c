/* SPDX-License-Identifier: EUPL-1.2 */
#include "scenarios/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "scenarios/expect.h"
#include "scenarios/world.h"
#include "sociopoint/base/moment.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/directory/question.h"
#include "sociopoint/domain/civil_time.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/value.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/named.h"
#include "sociopoint/match/understanding.h"

enum { QUESTIONS_BYTES = 16 * 1024 * 1024, ANSWER_BYTES = 4 * 1024 * 1024 };

struct scenarios *scenarios_new(void)
{
    struct scenarios *scenarios = calloc(1, sizeof *scenarios);
    if (scenarios == NULL)
        return NULL;
    scenarios->arena = arena_new(QUESTIONS_BYTES);
    if (scenarios->arena == NULL) {
        free(scenarios);
        return NULL;
    }
    return scenarios;
}

void scenarios_free(struct scenarios *scenarios)
{
    if (scenarios == NULL)
        return;
    for (size_t i = 0; i < scenarios->file_count; i++)
        config_yaml_free(scenarios->files[i]);
    for (size_t i = 0; i < scenarios->count; i++)
        catalogue_free(scenarios->items[i].catalogue);
    arena_free(scenarios->arena);
    free(scenarios);
}

void scenarios_freep(struct scenarios **scenarios)
{
    scenarios_free(*scenarios);
}

/* --- Reading ----------------------------------------------------------------------------------- */

static bool mistake(const struct scenario *scenario, const char *what, const char *with)
{
    (void)fprintf(stderr, "%s:%d: %s%s%s\n", scenario->file, scenario->line, what,
                  with[0] == '\0' ? "" : ": ", with);
    return false;
}

static bool has_only_known_members(const struct scenario *scenario, const json_t *json)
{
    static const char *const known[] = {"scenario", "fact", "question", "at", "given", "expect"};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)json, name, value)
    {
        size_t i = 0;
        while (i < sizeof known / sizeof known[0] && strcmp(name, known[i]) != 0)
            i++;
        if (i == sizeof known / sizeof known[0])
            return mistake(scenario, "no such member of a scenario", name);
    }
    return true;
}

/* "2026-11-23T10:00" on the clock in Prague, or RFC 3339 with seconds and offset. */
static bool read_time(struct str text, int64_t *at_ms)
{
    enum { DATE_BYTES = 10, LOCAL_BYTES = 16 };
    struct civil_date date;
    int hour;
    int minute;
    if (text.length != LOCAL_BYTES)
        return moment_from_text(text, at_ms);
    if (!civil_date_from_text((struct str){text.data, DATE_BYTES}, &date) ||
        !civil_date_exists(date) || sscanf(text.data + DATE_BYTES, "T%2d:%2d", &hour, &minute) != 2)
        return false;
    *at_ms = civil_time_utc_ms(civil_day_from_date(date), hour * 60 + minute);
    return true;
}

static bool read_question(struct scenario *scenario, const json_t *json, struct arena *arena)
{
    struct error err;
    struct str at = json_member_str(json, "at");
    if (!read_time(str_present(at) ? at : STR(SCENARIO_AT), &scenario->question.now_ms))
        return mistake(scenario, "no time as " SCENARIO_AT, at.data);
    if (question_from_json(json_object_get(json, "question"), arena, &scenario->question, &err))
        return true;
    char problem[PROBLEM_POINTER_SIZE + 64];
    (void)snprintf(problem, sizeof problem, "%s %s", err.problems[0].code, err.problems[0].pointer);
    return mistake(scenario, "not a question", problem);
}

static bool read_scenario(struct scenario *scenario, const json_t *json, struct arena *arena)
{
    if (!json_is_object(json))
        return mistake(scenario, "not a scenario", "");
    if (!has_only_known_members(scenario, json))
        return false;
    scenario->name = json_string_value(json_object_get(json, "scenario"));
    scenario->fact = json_string_value(json_object_get(json, "fact"));
    scenario->given = json_object_get(json, "given");
    scenario->expect = json_object_get(json, "expect");
    if (scenario->name == NULL || scenario->fact == NULL)
        return mistake(scenario, "a scenario needs a name and the fact it rests on", "");
    const char *unknown = expect_unknown_member(scenario->expect);
    if (unknown != NULL)
        return mistake(scenario, "no such expectation", unknown);
    return read_question(scenario, json, arena);
}

static bool read_list(struct scenarios *scenarios, const struct config_yaml *yaml)
{
    const json_t *list = config_yaml_value(yaml);
    bool good = json_is_array(list);
    if (!good)
        (void)fprintf(stderr, "%s: not a list of scenarios\n", config_yaml_name(yaml));
    for (size_t i = 0; i < json_array_size(list) && scenarios->count < SCENARIOS_MAXIMUM; i++) {
        struct scenario *scenario = &scenarios->items[scenarios->count++];
        char pointer[32];
        int column;
        (void)snprintf(pointer, sizeof pointer, "/%zu", i);
        scenario->file = config_yaml_name(yaml);
        config_yaml_position(yaml, pointer, &scenario->line, &column);
        good = read_scenario(scenario, json_array_get(list, i), scenarios->arena) && good;
    }
    return good;
}

bool scenarios_read(struct scenarios *scenarios, const char *path)
{
    struct error err;
    const char *slash = strrchr(path, '/');
    if (scenarios->file_count == SCENARIO_FILES_MAXIMUM) {
        (void)fprintf(stderr, "%s: too many files\n", path);
        return false;
    }
    struct config_yaml *yaml =
        config_yaml_read(path, slash == NULL ? path : slash + 1, CONFIG_YAML_DEPTH, &err);
    if (yaml == NULL) {
        (void)fprintf(stderr, "%s: %s\n", err.problems[0].pointer, err.problems[0].code);
        return false;
    }
    scenarios->files[scenarios->file_count++] = yaml;
    return read_list(scenarios, yaml);
}

/* --- What is given ------------------------------------------------------------------------------- */

/* The facts without what they say of the service: a name, an organisation, a phone. */
static json_t *bare_of(const json_t *facts)
{
    static const char *const kept[] = {"name", "status", "organization", "organization_name",
                                       "file_municipality"};
    json_t *bare = json_pack("{si}", "phones", 1);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        json_t *value = json_object_get(facts, kept[i]);
        if (value != NULL)
            (void)json_object_set(bare, kept[i], value);
    }
    return bare;
}

/* The entry again, with these members of its facts; `bare: true`: with these alone. */
static bool give(struct catalogue *catalogue, const struct entry *entry, const json_t *facts)
{
    struct error err;
    json_t *stated CLEANUP(json_decrefp) = json_parse(entry->facts_text, &json_limits_file, &err);
    bool bare = json_is_true(json_object_get(facts, "bare"));
    json_t *merged CLEANUP(json_decrefp) = bare ? bare_of(stated) : json_deep_copy(stated);
    if (merged == NULL || json_object_update(merged, (json_t *)(uintptr_t)facts) != 0)
        return false;
    char *text = json_dumps(merged, JSON_COMPACT);
    const struct document_row row = {.seq = catalogue_seq(catalogue) + 1,
                                     .kind = entry->kind,
                                     .id = entry->id,
                                     .municipality = entry->municipality,
                                     .facts = str_from(text),
                                     .body = entry->body,
                                     .short_form = entry->short_form};
    bool given = text != NULL && catalogue_apply(catalogue, &row, &err);
    free(text);
    return given;
}

static bool furnish(struct scenario *scenario, const struct world *world)
{
    struct error err;
    const char *key;
    json_t *facts;
    if (!world_load(world, &scenario->catalogue, &err))
        return mistake(scenario, "no catalogue", err.problems[0].code);
    json_object_foreach((json_t *)(uintptr_t)scenario->given, key, facts)
    {
        struct uuid id = uuid_of_key("service", str_from(key));
        const struct entry *entry = generation_find(world->generation, DOCUMENT_SERVICE, &id);
        if (entry == NULL)
            return mistake(scenario, "the catalogue has no such service", key);
        if (!give(scenario->catalogue, entry, facts))
            return mistake(scenario, "not facts of a service", key);
    }
    return true;
}

bool scenarios_furnish(struct scenarios *scenarios, const struct world *world)
{
    bool good = true;
    for (size_t i = 0; i < scenarios->count; i++) {
        if (scenarios->items[i].given != NULL)
            good = furnish(&scenarios->items[i], world) && good;
    }
    return good;
}

/* --- Running ----------------------------------------------------------------------------------- */

/* Asks the question; false when it is refused. */
static bool ask(const struct scenario *scenario, struct expecting *at,
                const struct match_rules *rules, struct match_answer *answer)
{
    struct match_resolved resolved;
    struct match_understanding understanding;
    struct match_named named;
    struct error err;
    const struct knowledge *knowledge = generation_knowledge(at->generation);
    const struct match_question *question = &scenario->question;
    if (match_resolve(knowledge, question, at->arena, &resolved, &err) &&
        match_understand(knowledge, question->text, at->arena, &understanding, &err) &&
        match_find_named(at->generation, question->text, at->arena, &named, &err)) {
        match_adopt(&understanding, &resolved);
        resolved.named = &named;
        if (match_run(at->generation, &resolved, rules, at->arena, answer, &err))
            return true;
    }
    expect_say(at, "the question was refused: %s %s (%s; near: %s)", err.problems[0].code,
               err.problems[0].pointer, err.problems[0].argument[0], err.problems[0].argument[1]);
    return false;
}

/* The generation to ask: the world's, or one of its own, which the caller frees; NULL without memory. */
static struct generation *own_generation(const struct scenario *scenario, const struct world *world)
{
    struct error err;
    return scenario->catalogue == NULL ? NULL : world_build(world, scenario->catalogue, &err);
}

bool scenario_run(const struct scenario *scenario, const struct world *world,
                  const struct match_rules *rules, FILE *report)
{
    struct arena *arena CLEANUP(arena_freep) = arena_new(ANSWER_BYTES);
    struct match_answer answer;
    char title[512];
    struct generation *own = own_generation(scenario, world);
    (void)snprintf(title, sizeof title, "%s:%d  %s\n    %s", scenario->file, scenario->line,
                   scenario->name, scenario->fact);
    struct expecting at = {.generation = own == NULL ? world->generation : own,
                           .arena = arena,
                           .report = report,
                           .title = title};
    if (arena != NULL && (own != NULL || scenario->catalogue == NULL) &&
        ask(scenario, &at, rules, &answer)) {
        at.answer = &answer;
        expect_points(&at);
        expect_check(&at, scenario->expect);
        if (at.differences > 0)
            expect_print_answer(&at);
    } else {
        at.differences++;
    }
    generation_free(own);
    return at.differences == 0;
}

int64_t scenario_points(const struct scenario *scenario, const struct world *world,
                        const struct match_rules *rules)
{
    struct arena *arena CLEANUP(arena_freep) = arena_new(ANSWER_BYTES);
    struct match_answer answer;
    struct generation *own = own_generation(scenario, world);
    struct expecting at = {
        .generation = own == NULL ? world->generation : own, .arena = arena, .title = ""};
    int64_t points = -1;
    if (arena != NULL && ask(scenario, &at, rules, &answer)) {
        points = 0;
        for (size_t i = 0; i < answer.result_count; i++)
            points += answer.results[i].score;
    }
    generation_free(own);
    return points;
}
