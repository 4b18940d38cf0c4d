/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "near_internal.h"
#include "place_internal.h"
#include "sociopoint/match/question.h"
#include "vocabulary_internal.h"
#include "when_internal.h"

/* Names are shorter: an arena that still has this much has refused none of them. */
enum { ARENA_PROBE = 1024 };

/* One question being understood. */
struct resolving {
    const struct knowledge *knowledge;
    const struct match_question *question;
    struct match_resolved *resolved;
    struct arena *arena;
    struct error *err; /* zeroed at the start */
};

static const char *const circumstance_keys[CIRCUMSTANCE_COUNT] = {
    [CIRCUMSTANCE_ACTIVE_ADDICTION] = "active-addiction",
    [CIRCUMSTANCE_MENTAL_ILLNESS] = "mental-illness",
    [CIRCUMSTANCE_INFECTION] = "infection",
    [CIRCUMSTANCE_NEEDS_HOSPITAL_CARE] = "needs-hospital-care",
    [CIRCUMSTANCE_EARLIER_TREATMENT] = "earlier-treatment",
    [CIRCUMSTANCE_RESIDENCE] = "residence",
    [CIRCUMSTANCE_REFERRAL] = "referral",
};

const char *match_circumstance_key(enum match_circumstance circumstance)
{
    return circumstance_keys[circumstance];
}

bool match_circumstance_from_key(struct str key, enum match_circumstance *circumstance)
{
    for (int i = 0; i < CIRCUMSTANCE_COUNT; i++) {
        if (str_equal_z(key, circumstance_keys[i])) {
            *circumstance = (enum match_circumstance)i;
            return true;
        }
    }
    return false;
}

/* --- Problems ---------------------------------------------------------------------------------- */

static void refuse(struct resolving *at, const char *code, const char *pointer, struct str asked,
                   const struct near_words *near)
{
    char words[PROBLEM_ARGUMENT_SIZE];
    char nearby[NEAR_TEXT_SIZE] = "";
    (void)str_copy_z(asked, words, sizeof words);
    if (near != NULL)
        (void)near_text(near, nearby);
    (void)error_add(at->err, ERROR_INVALID, code, pointer,
                    ERROR_ARGUMENTS(words, near == NULL ? NULL : nearby));
}

static void refuse_number(struct resolving *at, const char *code, const char *pointer, int maximum)
{
    char words[16];
    (void)snprintf(words, sizeof words, "%d", maximum);
    (void)error_add(at->err, ERROR_INVALID, code, pointer, ERROR_ARGUMENTS(words));
}

/* "/situations/1" */
static const char *item_pointer(const char *list, size_t item, char pointer[PROBLEM_POINTER_SIZE])
{
    (void)snprintf(pointer, PROBLEM_POINTER_SIZE, "/%s/%zu", list, item);
    return pointer;
}

/* Offers the terms of an array whose elements start with a struct term, by key and Czech name. */
static void offer_terms(struct near_words *near, const void *terms, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        const struct term *term = (const void *)((const char *)terms + i * size);
        near_offer(near, term->key, term->key);
        near_offer(near, term->key, term->name.in[LANGUAGE_CS]);
    }
}

/* --- Situations and target groups ----------------------------------------------------------------- */

static void refuse_situation(struct resolving *at, size_t item)
{
    struct str asked = at->question->situations.items[item];
    struct near_words near;
    near_init(&near, asked, at->arena);
    offer_terms(&near, at->knowledge->situations, at->knowledge->situation_count,
                sizeof(struct situation));
    for (size_t i = 0; i < at->knowledge->situation_count; i++) {
        const struct situation *situation = &at->knowledge->situations[i];
        for (size_t j = 0; j < situation->synonym_count; j++)
            near_offer(&near, situation->term.key, situation->synonyms[j]);
    }
    char pointer[PROBLEM_POINTER_SIZE];
    refuse(at, "question-situation-unknown", item_pointer("situations", item, pointer), asked,
           &near);
}

/* Adds it unless it is there already. */
static void add_situation(struct match_resolved *resolved, int situation)
{
    for (size_t i = 0; i < resolved->situation_count; i++) {
        if (resolved->situations[i] == situation)
            return;
    }
    resolved->situations[resolved->situation_count++] = (uint16_t)situation;
    resolved->asked_count = resolved->situation_count;
}

static void resolve_situations(struct resolving *at)
{
    const struct match_list *asked = &at->question->situations;
    if (asked->count == 0 && !str_present(at->question->text))
        (void)error_add(at->err, ERROR_INVALID, "question-situations-missing", "/situations",
                        ERROR_ARGUMENTS(NULL));
    if (asked->count > MATCH_SITUATIONS_MAXIMUM) {
        refuse_number(at, "question-too-many", "/situations", MATCH_SITUATIONS_MAXIMUM);
        return;
    }
    for (size_t i = 0; i < asked->count; i++) {
        int situation = knowledge_situation(at->knowledge, asked->items[i]);
        if (situation == KNOWLEDGE_NONE)
            refuse_situation(at, i);
        else
            add_situation(at->resolved, situation);
    }
}

static void resolve_target_groups(struct resolving *at)
{
    const struct match_list *asked = &at->question->target_groups;
    for (size_t i = 0; i < asked->count; i++) {
        int group = knowledge_target_group(at->knowledge, asked->items[i]);
        if (group != KNOWLEDGE_NONE) {
            at->resolved->target_groups |= UINT64_C(1) << group;
            continue;
        }
        struct near_words near;
        near_init(&near, asked->items[i], at->arena);
        offer_terms(&near, at->knowledge->target_groups, at->knowledge->target_group_count,
                    sizeof(struct target_group));
        char pointer[PROBLEM_POINTER_SIZE];
        refuse(at, "question-target-group-unknown", item_pointer("target_groups", i, pointer),
               asked->items[i], &near);
    }
}

/* --- Places ------------------------------------------------------------------------------------ */

static void resolve_municipality(struct resolving *at)
{
    const struct knowledge *knowledge = at->knowledge;
    struct str asked = at->question->municipality;
    at->resolved->municipality = str_present(asked) ? knowledge_municipality(knowledge, asked)
                                                    : knowledge->default_municipality;
    if (at->resolved->municipality != KNOWLEDGE_NONE)
        return;
    struct near_words near;
    near_init(&near, asked, at->arena);
    for (size_t i = 0; i < knowledge->municipality_count; i++)
        near_offer(&near, knowledge->municipalities[i].key, knowledge->municipalities[i].key);
    refuse(at, "question-municipality-unknown", "/municipality", asked, &near);
}

static bool resolve_place(struct resolving *at, struct str asked, const char *pointer,
                          struct place *place)
{
    const struct municipality *municipality =
        &at->knowledge->municipalities[at->resolved->municipality];
    if (place_find(municipality, asked, at->arena, place))
        return true;
    struct near_words near;
    near_init(&near, asked, at->arena);
    place_offer_near(municipality, &near);
    refuse(at, "question-place-unknown", pointer, asked, &near);
    return false;
}

/* The locality goes before the district, and brings its own where that is known. */
static void resolve_places(struct resolving *at)
{
    struct match_resolved *resolved = at->resolved;
    struct place place = {KNOWLEDGE_NONE, KNOWLEDGE_NONE, {NULL, 0}};
    struct place nearer = place;
    if (resolved->municipality == KNOWLEDGE_NONE)
        return;
    if (str_present(at->question->district) &&
        !resolve_place(at, at->question->district, "/district", &place))
        return;
    if (str_present(at->question->locality) &&
        !resolve_place(at, at->question->locality, "/locality", &nearer))
        return;
    bool use_nearer = str_present(nearer.name);
    resolved->district =
        use_nearer && nearer.district != KNOWLEDGE_NONE ? nearer.district : place.district;
    resolved->locality = use_nearer ? nearer.locality : place.locality;
    resolved->place = use_nearer ? nearer.name : place.name;
}

/* Czechia with its surroundings, in degrees. */
enum { LATITUDE_LEAST = 47, LATITUDE_MOST = 52, LONGITUDE_LEAST = 11, LONGITUDE_MOST = 20 };

static bool is_near(const struct match_position *position)
{
    return position->latitude >= LATITUDE_LEAST && position->latitude <= LATITUDE_MOST &&
           position->longitude >= LONGITUDE_LEAST && position->longitude <= LONGITUDE_MOST;
}

static void resolve_radius(struct resolving *at)
{
    int radius = at->question->radius_m;
    if (radius < 0 || radius > MATCH_RADIUS_MAXIMUM)
        refuse_number(at, "question-radius-invalid", "/radius_m", MATCH_RADIUS_MAXIMUM);
    else if (radius > 0 && !at->question->position.has_latitude &&
             !at->question->position.has_longitude)
        (void)error_add(at->err, ERROR_INVALID, "question-radius-alone", "/radius_m",
                        ERROR_ARGUMENTS(NULL));
    at->resolved->radius_m = radius;
}

static void resolve_position(struct resolving *at)
{
    static const double micro = 1e6;
    const struct match_position *position = &at->question->position;
    if (!position->has_latitude && !position->has_longitude)
        return;
    if (!position->has_latitude || !position->has_longitude) {
        (void)error_add(at->err, ERROR_INVALID, "question-position-incomplete",
                        position->has_latitude ? "/lon" : "/lat", ERROR_ARGUMENTS(NULL));
        return;
    }
    if (!is_near(position)) {
        (void)error_add(at->err, ERROR_INVALID, "question-position-elsewhere", "/lat",
                        ERROR_ARGUMENTS(NULL));
        return;
    }
    at->resolved->located = true;
    at->resolved->latitude_micro = (int32_t)lround(position->latitude * micro);
    at->resolved->longitude_micro = (int32_t)lround(position->longitude * micro);
}

/* --- Time -------------------------------------------------------------------------------------- */

static void resolve_time(struct resolving *at)
{
    struct match_resolved *resolved = at->resolved;
    resolved->now_ms = at->question->now_ms;
    resolved->at_ms = resolved->now_ms;
    resolved->open_asked = str_present(at->question->open_at);
    if (resolved->open_asked &&
        !when_from_text(at->question->open_at, resolved->now_ms, &resolved->at_ms))
        refuse(at, "question-time-invalid", "/open_at", at->question->open_at, NULL);
}

/* --- The rest ---------------------------------------------------------------------------------- */

static void resolve_people(struct resolving *at)
{
    const struct match_question *question = at->question;
    struct match_resolved *resolved = at->resolved;
    if (question->age_count > MATCH_AGES_MAXIMUM) {
        refuse_number(at, "question-too-many", "/ages", MATCH_AGES_MAXIMUM);
        return;
    }
    for (size_t i = 0; i < question->age_count; i++) {
        char pointer[PROBLEM_POINTER_SIZE];
        if (question->ages[i] < 0 || question->ages[i] > MATCH_AGE_MAXIMUM)
            refuse_number(at, "question-age-invalid", item_pointer("ages", i, pointer),
                          MATCH_AGE_MAXIMUM);
        resolved->ages[i] = question->ages[i];
    }
    resolved->age_count = question->age_count;
    resolved->sex = question->sex;
    resolved->with_children = question->with_children;
    memcpy(resolved->circumstances, question->circumstances, sizeof resolved->circumstances);
}

/* Refuses what is not in the vocabulary. */
static void check_words(struct resolving *at, const struct match_list *asked, const char *list,
                        const struct vocabulary *vocabulary, const char *code)
{
    for (size_t i = 0; i < asked->count; i++) {
        if (vocabulary_find(vocabulary, asked->items[i]) != NULL)
            continue;
        struct near_words near;
        near_init(&near, asked->items[i], at->arena);
        for (size_t j = 0; j < vocabulary->count; j++)
            near_offer(&near, str_from(vocabulary->words[j].key),
                       str_from(vocabulary->words[j].key));
        char pointer[PROBLEM_POINTER_SIZE];
        refuse(at, code, item_pointer(list, i, pointer), asked->items[i], &near);
    }
}

static void resolve_wishes(struct resolving *at)
{
    const struct match_question *question = at->question;
    struct match_resolved *resolved = at->resolved;
    check_words(at, &question->forms, "forms", &vocabulary_forms, "question-form-unknown");
    check_words(at, &question->languages, "languages", &vocabulary_languages,
                "question-language-unknown");
    check_words(at, &question->accessibility, "accessibility", &vocabulary_accessibility,
                "question-accessibility-unknown");
    for (size_t i = 0; i < question->forms.count; i++)
        resolved->forms |= service_form_from_key(question->forms.items[i]);
    resolved->languages = question->languages.items;
    resolved->language_count = question->languages.count;
    resolved->accessibility = question->accessibility.items;
    resolved->accessibility_count = question->accessibility.count;
    resolved->with_capacity = question->with_capacity;
    resolved->free_of_charge = question->free_of_charge;
    resolved->limit = question->limit == 0 ? MATCH_LIMIT_DEFAULT : question->limit;
    if (question->limit > MATCH_LIMIT_MAXIMUM)
        refuse_number(at, "question-limit-invalid", "/limit", MATCH_LIMIT_MAXIMUM);
}

bool match_resolve(const struct knowledge *knowledge, const struct match_question *question,
                   struct arena *arena, struct match_resolved *resolved, struct error *err)
{
    struct error problems = {0};
    struct match_resolved result = {
        .municipality = KNOWLEDGE_NONE, .district = KNOWLEDGE_NONE, .locality = KNOWLEDGE_NONE};
    struct resolving at = {knowledge, question, &result, arena, &problems};
    resolve_situations(&at);
    resolve_municipality(&at);
    resolve_places(&at);
    resolve_position(&at);
    resolve_radius(&at);
    resolve_time(&at);
    resolve_people(&at);
    resolve_target_groups(&at);
    resolve_wishes(&at);
    if (arena_alloc(arena, ARENA_PROBE) == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    if (problems.problem_count > 0) {
        *err = problems;
        return false;
    }
    *resolved = result;
    return true;
}
