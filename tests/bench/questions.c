/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/questions.h"

#include "bench/random.h"

#define NOW_MS INT64_C(1795507200000) /* 24 November 2026, nine in the morning in Prague */

static void add(struct match_list *list, struct str item)
{
    list->items[list->count++] = item;
}

static void ask_where(const struct knowledge *knowledge, struct random *random,
                      struct match_question *question)
{
    int city = knowledge->default_municipality;
    if (random_percent(random, 4))
        city = (int)random_below(random, knowledge->municipality_count);
    const struct municipality *municipality = &knowledge->municipalities[city];
    question->municipality = municipality->key;
    if (municipality->district_count > 0 && random_percent(random, 60))
        question->district =
            municipality->districts[random_below(random, municipality->district_count)].name;
    if (municipality->locality_count > 0 && random_percent(random, 15))
        question->locality =
            municipality->localities[random_below(random, municipality->locality_count)].name;
}

static void ask_who(struct random *random, struct match_question *question)
{
    if (random_percent(random, 70))
        question->ages[question->age_count++] = 1 + (int)random_below(random, 90);
    if (random_percent(random, 20)) {
        question->with_children = SAID_YES;
        question->ages[question->age_count++] = (int)random_below(random, 18);
    }
    if (random_percent(random, 50))
        question->sex = random_percent(random, 50) ? SEX_FEMALE : SEX_MALE;
    for (int i = 0; i < CIRCUMSTANCE_COUNT; i++) {
        if (random_percent(random, 10))
            question->circumstances[i] = random_percent(random, 50) ? SAID_YES : SAID_NO;
    }
}

static void ask_wishes(const struct knowledge *knowledge, const struct situation *situation,
                       struct random *random, struct match_question *question)
{
    static const struct str forms[] = {STR_CONSTANT("residential"), STR_CONSTANT("outpatient"),
                                       STR_CONSTANT("field")};
    if (situation->target_groups != 0 && random_percent(random, 20))
        add(&question->target_groups,
            knowledge->target_groups[__builtin_ctzll(situation->target_groups)].term.key);
    if (random_percent(random, 20))
        add(&question->forms, forms[random_below(random, 3)]);
    if (random_percent(random, 10))
        add(&question->languages, STR("uk"));
    if (random_percent(random, 8))
        add(&question->accessibility, STR("wheelchair"));
    question->with_capacity = random_percent(random, 15);
    question->free_of_charge = random_percent(random, 15);
}

/* Now, and from where somebody stands in Ostrava. */
static void ask_when_and_how_far(struct random *random, struct match_question *question)
{
    if (random_percent(random, 20))
        question->open_at = STR("now");
    if (!random_percent(random, 10))
        return;
    question->position =
        (struct match_position){.has_latitude = true,
                                .has_longitude = true,
                                .latitude = 49.74 + (double)random_below(random, 160) / 1000,
                                .longitude = 18.16 + (double)random_below(random, 200) / 1000};
    if (random_percent(random, 50))
        question->radius_m = 5000;
}

void question_make(const struct knowledge *knowledge, size_t situation, size_t n, uint64_t seed,
                   struct match_question *question)
{
    struct random random = {seed ^ (situation * 1000 + n + 1) * UINT64_C(0xa0761d6478bd642f)};
    const struct situation *asked = &knowledge->situations[situation];
    *question = (struct match_question){.now_ms = NOW_MS};
    add(&question->situations, asked->term.key);
    if (n == 0)
        return;
    for (unsigned percent = 25; random_percent(&random, percent); percent /= 3)
        add(&question->situations,
            knowledge->situations[random_below(&random, knowledge->situation_count)].term.key);
    ask_where(knowledge, &random, question);
    ask_who(&random, question);
    ask_wishes(knowledge, asked, &random, question);
    ask_when_and_how_far(&random, question);
}
