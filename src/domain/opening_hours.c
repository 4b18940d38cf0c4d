/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/opening_hours.h"

#include "opening_internal.h"

enum { MINUTE_MS = 60 * 1000, DAY_MS = CIVIL_DAY_MINUTES * MINUTE_MS };

enum way { WAY_WALK_IN, WAY_APPOINTMENT, WAY_COUNT };

/* Where the look along the line of time is: two days, because a night belongs to the day before. */
struct window {
    const struct opening_selection *selection;
    struct opening_day yesterday;
    struct opening_day today;
};

/* One moment of the line of time. */
struct sight {
    enum opening_state state[WAY_COUNT];
    int64_t next_ms; /* nothing changes before */
    unsigned purposes;
    bool doubtful; /* somebody may walk in: a holiday of which nothing is said */
    bool unsure;   /* likewise: days or times are not stated */
};

/* What the look ahead has to find for one way. */
struct pursuit {
    struct opening_way *way;
    bool over;
    bool hopeless; /* no rule could ever say "open" */
    bool unknown_seen;
};

static void take_stretch(const struct window *window, const struct opening_day *day, size_t i,
                         struct sight *sight)
{
    const struct opening_rule *rule = &window->selection->rules[i];
    enum way way = rule->by_appointment ? WAY_APPOINTMENT : WAY_WALK_IN;
    bool doubtful = (day->doubtful >> i & 1) != 0;
    if (!rule->unsure && !doubtful) {
        sight->state[way] = OPENING_OPEN;
        if (way == WAY_WALK_IN)
            sight->purposes |= 1U << rule->purpose;
        return;
    }
    if (sight->state[way] == OPENING_CLOSED)
        sight->state[way] = OPENING_UNKNOWN;
    if (way == WAY_WALK_IN) {
        sight->doubtful |= doubtful;
        sight->unsure |= rule->unsure;
    }
}

/* When the clock shows the minute of the day (from 1440 on, of the next day); the clock is looked up
 * only where it may change. */
static int64_t moment_of(const struct opening_date *date, int32_t minute)
{
    if (minute > CIVIL_DAY_MINUTES) {
        date++;
        minute -= CIVIL_DAY_MINUTES;
    }
    bool plain = date[1].begins_ms - date[0].begins_ms == DAY_MS;
    return plain ? date->begins_ms + (int64_t)minute * MINUTE_MS
                 : civil_time_utc_ms(date->day, minute);
}

/* The stretches of `rules` that began on a day: those in force at the moment, and the next change. */
static void look_at_day(const struct window *window, const struct opening_day *day, uint64_t rules,
                        int64_t at_ms, struct sight *sight)
{
    for (uint64_t set = rules & day->happening; set != 0; set &= set - 1) {
        const size_t i = (size_t)__builtin_ctzll(set);
        const struct opening_rule *rule = &window->selection->rules[i];
        int64_t from = moment_of(day->date, rule->opens);
        int64_t to = moment_of(day->date, rule->opens + rule->length);
        if (at_ms < from) {
            sight->next_ms = from < sight->next_ms ? from : sight->next_ms;
        } else if (at_ms < to) {
            take_stretch(window, day, i, sight);
            sight->next_ms = to < sight->next_ms ? to : sight->next_ms;
        }
    }
}

static int64_t tomorrow_ms(const struct window *window)
{
    return window->today.date[1].begins_ms;
}

static struct sight look(const struct window *window, int64_t at_ms)
{
    enum opening_state outside = window->today.covered ? OPENING_CLOSED : OPENING_UNKNOWN;
    struct sight sight = {.state = {outside, outside}, .next_ms = tomorrow_ms(window)};
    look_at_day(window, &window->yesterday, window->selection->overnight, at_ms, &sight);
    look_at_day(window, &window->today, UINT64_MAX, at_ms, &sight);
    return sight;
}

static void window_open(struct window *window, const struct opening_selection *selection,
                        const struct opening_moment *moment)
{
    window->selection = selection;
    window->yesterday = (struct opening_day){.date = &moment->dates[0]};
    if (selection->overnight != 0)
        opening_day_plan(selection, &moment->dates[0], &window->yesterday);
    opening_day_plan(selection, &moment->dates[1], &window->today);
}

static void window_advance(struct window *window)
{
    window->yesterday = window->today;
    opening_day_plan(window->selection, window->yesterday.date + 1, &window->today);
}

static void pursue(struct pursuit *pursuit, enum opening_state state, int64_t at_ms)
{
    struct opening_way *way = pursuit->way;
    const bool ends = !way->has_until && state != way->state;
    const bool opens = state == OPENING_OPEN && way->state != OPENING_OPEN;
    const struct civil_time at = ends || opens ? civil_time_at(at_ms) : (struct civil_time){0};
    if (ends) {
        way->has_until = true;
        way->until = at;
        way->then = state;
    }
    if (opens) {
        way->has_next = true;
        way->next = at;
        way->next_sure = !pursuit->unknown_seen;
    }
    pursuit->unknown_seen |= state == OPENING_UNKNOWN;
    pursuit->over =
        way->has_until && (way->state == OPENING_OPEN || way->has_next || pursuit->hopeless);
}

/* What need not be looked for, because the rules cannot have it. */
static void prepare_pursuits(const struct opening_selection *selection, const struct sight *sight,
                             struct pursuit pursuits[WAY_COUNT])
{
    const uint64_t rules[WAY_COUNT] = {
        [WAY_WALK_IN] = selection->chosen & ~selection->by_appointment,
        [WAY_APPOINTMENT] = selection->by_appointment,
    };
    for (int i = 0; i < WAY_COUNT; i++) {
        pursuits[i].over = rules[i] == 0 || opening_is_endless(selection, rules[i]);
        pursuits[i].hopeless = (rules[i] & ~selection->unsure) == 0;
        pursuits[i].unknown_seen = sight->state[i] == OPENING_UNKNOWN;
    }
}

/* Whether all is found, or nothing is left that could be. */
static bool is_over(const struct window *window, const struct pursuit pursuits[WAY_COUNT])
{
    return (pursuits[WAY_WALK_IN].over && pursuits[WAY_APPOINTMENT].over) ||
           window->yesterday.date->day > window->selection->last_day;
}

/* Whether today is as the end of yesterday was: nothing begins, and nothing began. */
static bool is_idle(const struct window *window)
{
    return (window->yesterday.happening | window->today.happening) == 0 &&
           window->yesterday.covered == window->today.covered;
}

static void look_ahead(struct window *window, int64_t at_ms, int64_t from_ms,
                       struct pursuit pursuits[WAY_COUNT])
{
    int64_t end_ms = at_ms + (int64_t)OPENING_SEARCH_DAYS * DAY_MS;
    for (int64_t now_ms = from_ms; now_ms < end_ms && !is_over(window, pursuits);) {
        if (now_ms == tomorrow_ms(window)) {
            window_advance(window);
            if (is_idle(window)) {
                now_ms = tomorrow_ms(window);
                continue;
            }
        }
        struct sight sight = look(window, now_ms);
        for (int i = 0; i < WAY_COUNT; i++) {
            if (!pursuits[i].over)
                pursue(&pursuits[i], sight.state[i], now_ms);
        }
        now_ms = sight.next_ms;
    }
}

static enum opening_cause cause_of(const struct window *window, const struct sight *sight)
{
    switch (sight->state[WAY_WALK_IN]) {
    case OPENING_OPEN:
        return OPENING_CAUSE_STATED;
    case OPENING_CLOSED:
        return window->today.closure != NULL ? OPENING_CAUSE_CLOSURE : OPENING_CAUSE_STATED;
    case OPENING_UNKNOWN:
        break;
    }
    if (window->selection->chosen == 0)
        return OPENING_CAUSE_NO_HOURS;
    if (sight->doubtful)
        return OPENING_CAUSE_HOLIDAY;
    return sight->unsure ? OPENING_CAUSE_UNSTATED : OPENING_CAUSE_NOT_VALID;
}

static struct sight look_at_moment(const struct opening_question *question)
{
    struct opening_selection selection;
    struct window window;
    opening_select(question, &selection);
    window_open(&window, &selection, question->moment);
    return look(&window, question->moment->at.utc_ms);
}

enum opening_state opening_state_at(const struct opening_question *question)
{
    return look_at_moment(question).state[WAY_WALK_IN];
}

enum opening_state opening_presence_at(const struct opening_question *question)
{
    const struct sight sight = look_at_moment(question);
    bool expected =
        sight.state[WAY_WALK_IN] == OPENING_CLOSED && sight.state[WAY_APPOINTMENT] == OPENING_OPEN;
    return expected ? OPENING_UNKNOWN : sight.state[WAY_WALK_IN];
}

void opening_evaluate(const struct opening_question *question, struct opening_answer *answer)
{
    struct opening_selection selection;
    struct window window;
    const struct opening_moment *moment = question->moment;
    opening_select(question, &selection);
    window_open(&window, &selection, moment);
    struct sight sight = look(&window, moment->at.utc_ms);
    *answer = (struct opening_answer){
        .walk_in = {.state = sight.state[WAY_WALK_IN]},
        .appointment = {.state = sight.state[WAY_APPOINTMENT]},
        .cause = cause_of(&window, &sight),
        .purposes = sight.purposes,
        .closure = window.today.closure,
        .holiday = (enum holiday)window.today.date->holiday,
        .at = moment->at,
    };
    struct pursuit pursuits[WAY_COUNT] = {
        [WAY_WALK_IN] = {.way = &answer->walk_in},
        [WAY_APPOINTMENT] = {.way = &answer->appointment},
    };
    prepare_pursuits(&selection, &sight, pursuits);
    pursuits[WAY_WALK_IN].over &= answer->closure == NULL;
    look_ahead(&window, moment->at.utc_ms, sight.next_ms, pursuits);
}

const char *opening_state_key(enum opening_state state)
{
    static const char *const keys[] = {
        [OPENING_UNKNOWN] = "unknown", [OPENING_CLOSED] = "closed", [OPENING_OPEN] = "open"};
    return keys[state];
}

const char *opening_cause_key(enum opening_cause cause)
{
    static const char *const keys[OPENING_CAUSE_COUNT] = {
        [OPENING_CAUSE_NO_HOURS] = "no-hours", [OPENING_CAUSE_STATED] = "stated",
        [OPENING_CAUSE_CLOSURE] = "closure",   [OPENING_CAUSE_HOLIDAY] = "holiday",
        [OPENING_CAUSE_UNSTATED] = "unstated", [OPENING_CAUSE_NOT_VALID] = "not-valid",
    };
    return keys[cause];
}

const char *opening_purpose_key(enum opening_purpose purpose)
{
    static const char *const keys[OPENING_PURPOSE_COUNT] = {
        [OPENING_GENERAL] = "general",
        [OPENING_PHONE] = "phone",
        [OPENING_OUTPATIENT] = "outpatient",
        [OPENING_FIELD] = "field",
    };
    return keys[purpose];
}
