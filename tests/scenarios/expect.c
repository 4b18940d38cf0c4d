/* SPDX-License-Identifier: EUPL-1.2 */
#include "scenarios/expect.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sociopoint/catalogue/generation.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/json/value.h"
#include "sociopoint/match/match.h"

void expect_say(struct expecting *at, const char *format, ...)
{
    if (at->differences++ == 0 && at->report != NULL)
        (void)fprintf(at->report, "FAILED %s\n", at->title);
    if (at->report == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    (void)fputs("  - ", at->report);
    (void)vfprintf(at->report, format, arguments);
    (void)fputc('\n', at->report);
    va_end(arguments);
}

/* --- Finding services -------------------------------------------------------------------------- */

/* The service of the key; a key that the catalogue does not have is a difference. */
static const struct entry *service_of(struct expecting *at, const char *key)
{
    struct uuid id = uuid_of_key("service", str_from(key));
    const struct entry *entry = generation_find(at->generation, DOCUMENT_SERVICE, &id);
    if (entry == NULL)
        expect_say(at, "the catalogue has no service \"%s\"", key);
    return entry;
}

/* Its place among the results from 0; their number: it is none. */
static size_t place_of(const struct expecting *at, const struct entry *entry)
{
    size_t place = 0;
    while (place < at->answer->result_count && at->answer->results[place].entry != entry)
        place++;
    return place;
}

static const struct match_near_miss *near_miss_of(const struct expecting *at,
                                                  const struct entry *entry)
{
    for (size_t i = 0; i < at->answer->near_miss_count; i++) {
        if (at->answer->near_misses[i].entry == entry)
            return &at->answer->near_misses[i];
    }
    return NULL;
}

/* --- The expectations -------------------------------------------------------------------------- */

/* A text of a list; a list that is none has no texts, and the check says so. */
static const char *text_at(struct expecting *at, const json_t *list, size_t i)
{
    const char *text = json_string_value(json_array_get(list, i));
    if (text == NULL)
        expect_say(at, "an expectation holds something that is no text (quotes missing?)");
    return text == NULL ? "" : text;
}

static void expect_within(struct expecting *at, const json_t *list, size_t within)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *key = text_at(at, list, i);
        const struct entry *entry = service_of(at, key);
        size_t place = entry == NULL ? 0 : place_of(at, entry);
        if (place == at->answer->result_count)
            expect_say(at, "%s should be a result and is none", key);
        else if (place >= within)
            expect_say(at, "%s should be among the first %zu and is number %zu", key, within,
                       place + 1);
    }
}

static void expect_contains(struct expecting *at, const json_t *list)
{
    expect_within(at, list, SIZE_MAX);
}

static void expect_first(struct expecting *at, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *key = text_at(at, list, i);
        const struct entry *entry = service_of(at, key);
        if (entry != NULL && place_of(at, entry) != i)
            expect_say(at, "%s should be number %zu", key, i + 1);
    }
}

/* {service: [those that stand after it]}; all of them are results. */
static void expect_before(struct expecting *at, const json_t *object)
{
    const char *key;
    json_t *list;
    json_object_foreach((json_t *)(uintptr_t)object, key, list)
    {
        const struct entry *entry = service_of(at, key);
        size_t place = entry == NULL ? 0 : place_of(at, entry);
        expect_contains(at, list);
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *later = text_at(at, list, i);
            const struct entry *other = service_of(at, later);
            if (other != NULL && place_of(at, other) <= place)
                expect_say(at, "%s should stand before %s", key, later);
        }
    }
}

static void expect_among_first(struct expecting *at, const json_t *object)
{
    const char *within;
    json_t *list;
    json_object_foreach((json_t *)(uintptr_t)object, within, list)
    {
        uint64_t number = 0;
        if (!str_to_uint(str_from(within), 50, &number))
            expect_say(at, "among_first wants a number up to 50, not %s", within);
        else
            expect_within(at, list, (size_t)number);
    }
}

static void expect_near_misses(struct expecting *at, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *key = text_at(at, list, i);
        const struct entry *entry = service_of(at, key);
        if (entry != NULL && near_miss_of(at, entry) == NULL)
            expect_say(at, "%s should be a near miss", key);
    }
}

static void expect_not_results(struct expecting *at, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *key = text_at(at, list, i);
        const struct entry *entry = service_of(at, key);
        if (entry != NULL && place_of(at, entry) < at->answer->result_count)
            expect_say(at, "%s should not be a result", key);
    }
}

static void expect_never(struct expecting *at, const json_t *list)
{
    expect_not_results(at, list);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *key = text_at(at, list, i);
        const struct entry *entry = service_of(at, key);
        if (entry != NULL && near_miss_of(at, entry) != NULL)
            expect_say(at, "%s should not even be a near miss", key);
    }
}

static void expect_crisis(struct expecting *at, const json_t *list)
{
    const struct knowledge *knowledge = generation_knowledge(at->generation);
    const struct match_answer *answer = at->answer;
    if (json_array_size(list) == 0 && answer->crisis_line_count > 0)
        expect_say(at, "there should be no crisis lines");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *number = text_at(at, list, i);
        struct str line = i < answer->crisis_line_count
                              ? knowledge->crisis_lines[answer->crisis_lines[i]].number
                              : STR("none");
        if (!str_equal_z(line, number))
            expect_say(at, "crisis line %zu should be %s and is %.*s", i + 1, number,
                       STR_ARGUMENTS(line));
    }
}

static void expect_fallback(struct expecting *at, const json_t *phone)
{
    const struct first_contact *contact = at->answer->fallback.contact;
    struct str came = contact == NULL ? STR("none") : contact->phone;
    if (!str_equal(came, json_str(phone)))
        expect_say(at, "the fallback should be %s and is %.*s", json_string_value(phone),
                   STR_ARGUMENTS(came));
}

/* Whether the service's result, or its near miss, has the reason. */
static bool has_reason(const struct expecting *at, const struct entry *entry, const char *code)
{
    const struct match_near_miss *miss = near_miss_of(at, entry);
    size_t place = place_of(at, entry);
    if (miss != NULL)
        return strcmp(miss->failed.code, code) == 0;
    for (size_t i = 0;
         place < at->answer->result_count && i < at->answer->results[place].reason_count; i++) {
        if (strcmp(at->answer->results[place].reasons[i].code, code) == 0)
            return true;
    }
    return false;
}

static void expect_reasons(struct expecting *at, const json_t *object)
{
    const char *key;
    json_t *codes;
    json_object_foreach((json_t *)(uintptr_t)object, key, codes)
    {
        const struct entry *entry = service_of(at, key);
        for (size_t i = 0; entry != NULL && i < json_array_size(codes); i++) {
            const char *code = text_at(at, codes, i);
            if (!has_reason(at, entry, code))
                expect_say(at, "%s should have the reason %s", key, code);
        }
    }
}

static void expect_ask(struct expecting *at, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *code = text_at(at, list, i);
        size_t j = 0;
        while (j < at->answer->ask_count && strcmp(at->answer->asks[j].code, code) != 0)
            j++;
        if (j == at->answer->ask_count)
            expect_say(at, "%s should be asked", code);
    }
}

static void expect_suggests(struct expecting *at, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *code = text_at(at, list, i);
        size_t j = 0;
        while (j < at->answer->suggestion_count &&
               strcmp(at->answer->suggestions[j].code, code) != 0)
            j++;
        if (j == at->answer->suggestion_count)
            expect_say(at, "%s should be suggested", code);
    }
}

/* The result of the service; that there is none is a difference. */
static const struct match_result *result_of(struct expecting *at, const char *key)
{
    const struct entry *entry = service_of(at, key);
    size_t place = entry == NULL ? at->answer->result_count : place_of(at, entry);
    if (place < at->answer->result_count)
        return &at->answer->results[place];
    if (entry != NULL)
        expect_say(at, "%s should be a result and is none", key);
    return NULL;
}

/* The hours of the service's result, or of the fallback. */
static const struct match_opening *opening_of(struct expecting *at, const char *key)
{
    if (strcmp(key, "fallback") == 0)
        return at->answer->fallback.has_opening ? &at->answer->fallback.opening : NULL;
    const struct match_result *result = result_of(at, key);
    return result == NULL ? NULL : &result->opening;
}

static void expect_same(struct expecting *at, const char *key, const char *what, const char *came,
                        const json_t *wanted)
{
    const char *text = json_string_value(wanted);
    if (text == NULL || strcmp(came, text) != 0)
        expect_say(at, "%s of %s should be %s and is %s", what, key, text == NULL ? "a text" : text,
                   came);
}

static void expect_opening(struct expecting *at, const json_t *object)
{
    const char *key;
    json_t *state;
    json_object_foreach((json_t *)(uintptr_t)object, key, state)
    {
        const struct match_opening *opening = opening_of(at, key);
        expect_same(at, key, "the hours",
                    opening == NULL ? "none" : opening_state_key(opening->state), state);
    }
}

/* Followed by NUL. */
static struct str sentence_of(const struct expecting *at, const char *code,
                              const struct match_argument *arguments)
{
    const struct texts *texts = &generation_knowledge(at->generation)->texts;
    struct str words[MATCH_ARGUMENTS];
    struct builder text;
    for (int i = 0; i < MATCH_ARGUMENTS; i++)
        words[i] = match_argument_text(&arguments[i], texts, LANGUAGE_CS);
    builder_init(&text, at->arena, 4096);
    texts_append(texts, LANGUAGE_CS, code, words, &text);
    builder_append_char(&text, '\0');
    return builder_view(&text);
}

static void expect_says(struct expecting *at, const json_t *object)
{
    const char *key;
    json_t *words;
    json_object_foreach((json_t *)(uintptr_t)object, key, words)
    {
        const struct match_opening *opening = opening_of(at, key);
        struct str sentence =
            opening == NULL ? STR("nothing") : sentence_of(at, opening->code, opening->arguments);
        const char *wanted = json_string_value(words);
        if (wanted == NULL || strstr(sentence.data, wanted) == NULL)
            expect_say(at, "%s should say \"%s\" and says \"%s\"", key,
                       wanted == NULL ? "a text" : wanted, sentence.data);
    }
}

static void expect_room(struct expecting *at, const json_t *object)
{
    static const char *const states[] = {
        [FREE_UNKNOWN] = "unknown", [FREE_SOME] = "some", [FREE_NONE] = "none"};
    const char *key;
    json_t *state;
    json_object_foreach((json_t *)(uintptr_t)object, key, state)
    {
        const struct match_result *result = result_of(at, key);
        if (result != NULL)
            expect_same(at, key, "the room", states[result->room.state], state);
    }
}

static void expect_distance(struct expecting *at, const json_t *object)
{
    const char *key;
    json_t *range;
    json_object_foreach((json_t *)(uintptr_t)object, key, range)
    {
        const struct match_result *result = result_of(at, key);
        json_int_t least = json_integer_value(json_array_get(range, 0));
        json_int_t most = json_integer_value(json_array_get(range, 1));
        if (result != NULL && (result->distance_from == DISTANCE_NONE ||
                               result->distance_m < least || result->distance_m > most))
            expect_say(at, "%s should be %lld to %lld m away and is %d", key, (long long)least,
                       (long long)most,
                       result->distance_from == DISTANCE_NONE ? -1 : result->distance_m);
    }
}

static void expect_score(struct expecting *at, const json_t *object)
{
    const char *key;
    json_t *range;
    json_object_foreach((json_t *)(uintptr_t)object, key, range)
    {
        const struct match_result *result = result_of(at, key);
        json_int_t least = json_integer_value(json_array_get(range, 0));
        json_int_t most = json_integer_value(json_array_get(range, 1));
        if (result != NULL && (result->score < least || result->score > most))
            expect_say(at, "%s should have %lld to %lld points and has %d", key, (long long)least,
                       (long long)most, result->score);
    }
}

static void expect_measured(struct expecting *at, const json_t *object)
{
    static const char *const from[] = {[DISTANCE_NONE] = "none",
                                       [DISTANCE_FROM_PLACE] = "place",
                                       [DISTANCE_FROM_DISTRICT] = "district"};
    const char *key;
    json_t *wanted;
    json_object_foreach((json_t *)(uintptr_t)object, key, wanted)
    {
        const struct match_result *result = result_of(at, key);
        if (result != NULL)
            expect_same(at, key, "the distance", from[result->distance_from], wanted);
    }
}

static void expect_place(struct expecting *at, const json_t *object)
{
    const char *key;
    json_t *wanted;
    json_object_foreach((json_t *)(uintptr_t)object, key, wanted)
    {
        const struct match_result *result = result_of(at, key);
        if (result == NULL)
            continue;
        char district[64] = "none";
        if (result->place != NULL && str_present(result->place->district))
            (void)str_copy_z(result->place->district, district, sizeof district);
        expect_same(at, key, "the place", district, wanted);
    }
}

static void expect_near_miss(struct expecting *at, const json_t *object)
{
    const char *key;
    json_t *pair;
    const struct texts *texts = &generation_knowledge(at->generation)->texts;
    json_object_foreach((json_t *)(uintptr_t)object, key, pair)
    {
        const struct entry *entry = service_of(at, key);
        const struct match_near_miss *miss = entry == NULL ? NULL : near_miss_of(at, entry);
        if (miss == NULL) {
            expect_say(at, "%s should be a near miss", key);
            continue;
        }
        struct str asked = match_argument_text(&miss->asked, texts, LANGUAGE_CS);
        struct str needed = match_argument_text(&miss->needed, texts, LANGUAGE_CS);
        if (!str_equal_z(asked, text_at(at, pair, 0)) || !str_equal_z(needed, text_at(at, pair, 1)))
            expect_say(at, "%s asks %.*s and needs %.*s", key, STR_ARGUMENTS(asked),
                       STR_ARGUMENTS(needed));
    }
}

static void expect_results(struct expecting *at, const json_t *number)
{
    if (json_integer_value(number) != (json_int_t)at->answer->result_count)
        expect_say(at, "there should be %lld results and there are %zu",
                   (long long)json_integer_value(number), at->answer->result_count);
}

static const struct {
    const char *name;
    json_type type;
    void (*check)(struct expecting *at, const json_t *value);
} expectations[] = {
    {"first", JSON_ARRAY, expect_first},
    {"before", JSON_OBJECT, expect_before},
    {"among_first", JSON_OBJECT, expect_among_first},
    {"contains", JSON_ARRAY, expect_contains},
    {"near_misses", JSON_ARRAY, expect_near_misses},
    {"never", JSON_ARRAY, expect_never},
    {"not_results", JSON_ARRAY, expect_not_results},
    {"crisis", JSON_ARRAY, expect_crisis},
    {"fallback", JSON_STRING, expect_fallback},
    {"reasons", JSON_OBJECT, expect_reasons},
    {"ask", JSON_ARRAY, expect_ask},
    {"results", JSON_INTEGER, expect_results},
    {"opening", JSON_OBJECT, expect_opening},
    {"says", JSON_OBJECT, expect_says},
    {"room", JSON_OBJECT, expect_room},
    {"distance", JSON_OBJECT, expect_distance},
    {"score", JSON_OBJECT, expect_score},
    {"measured", JSON_OBJECT, expect_measured},
    {"place", JSON_OBJECT, expect_place},
    {"suggests", JSON_ARRAY, expect_suggests},
    {"near_miss", JSON_OBJECT, expect_near_miss},
};

enum { EXPECTATION_COUNT = sizeof expectations / sizeof expectations[0] };

const char *expect_unknown_member(const json_t *expect)
{
    const char *name;
    json_t *value;
    if (json_object_size(expect) == 0)
        return "expect";
    json_object_foreach((json_t *)(uintptr_t)expect, name, value)
    {
        size_t i = 0;
        while (i < EXPECTATION_COUNT && strcmp(name, expectations[i].name) != 0)
            i++;
        if (i == EXPECTATION_COUNT || json_typeof(value) != expectations[i].type)
            return name;
    }
    return NULL;
}

void expect_points(struct expecting *at)
{
    for (size_t i = 0; i < at->answer->result_count; i++) {
        const struct match_result *result = &at->answer->results[i];
        int sum = 0;
        for (size_t j = 0; j < result->reason_count; j++)
            sum += result->reasons[j].points;
        if (sum != result->score)
            expect_say(at, "the reasons of result %zu add up to %d, its score is %d", i + 1, sum,
                       result->score);
    }
}

void expect_check(struct expecting *at, const json_t *expect)
{
    for (size_t i = 0; i < EXPECTATION_COUNT; i++) {
        const json_t *value = json_object_get(expect, expectations[i].name);
        if (value != NULL)
            expectations[i].check(at, value);
    }
}

/* --- What came --------------------------------------------------------------------------------- */

static void print_reason(const struct expecting *at, const struct match_reason *reason)
{
    (void)fprintf(at->report, "        %+4d %s: %s\n", reason->points, reason->code,
                  sentence_of(at, reason->code, reason->arguments).data);
}

void expect_print_answer(const struct expecting *at)
{
    enum { SHOWN = 12 };
    if (at->report == NULL)
        return;
    (void)fputs("  what came:\n", at->report);
    for (size_t i = 0; i < at->answer->result_count && i < SHOWN; i++) {
        const struct match_result *result = &at->answer->results[i];
        (void)fprintf(at->report, "    %zu. %.*s (%d)\n", i + 1,
                      STR_ARGUMENTS(result->entry->facts.service->name), result->score);
        for (size_t j = 0; j < result->reason_count; j++)
            print_reason(at, &result->reasons[j]);
        (void)fprintf(at->report, "             %s\n",
                      sentence_of(at, result->opening.code, result->opening.arguments).data);
    }
    for (size_t i = 0; i < at->answer->suggestion_count; i++)
        (void)fprintf(at->report, "    suggested: %s\n", at->answer->suggestions[i].code);
    if (at->answer->result_count > SHOWN)
        (void)fprintf(at->report, "    ... %zu in all\n", at->answer->result_count);
    for (size_t i = 0; i < at->answer->near_miss_count; i++) {
        const struct match_near_miss *miss = &at->answer->near_misses[i];
        (void)fprintf(at->report, "    near miss: %.*s\n",
                      STR_ARGUMENTS(miss->entry->facts.service->name));
        print_reason(at, &miss->failed);
    }
    for (size_t i = 0; i < at->answer->ask_count; i++)
        (void)fprintf(at->report, "    to ask: %s\n", at->answer->asks[i].code);
}
