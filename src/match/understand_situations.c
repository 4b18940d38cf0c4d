/* SPDX-License-Identifier: EUPL-1.2 */
#include "understand_internal.h"

#include <math.h>
#include <string.h>

/* From odds to confidence; chosen on tests/quality/tuning.tsv and on examples that were held back. */
static const float weight_of_other = 0.9F;
static const float even_odds = 2.0F; /* as likely right as not */
static const float odds_slope = 1.3F;
static const float alarm_weight_of_other = 0.4F;
static const float alarm_weight_of_calm = 0.4F;
enum { PERCENT = 100 };

/* What a text comes to as a whole. */
struct standing {
    size_t best;   /* the likeliest situation */
    size_t crisis; /* the likeliest that is one; the count of situations where none is, as below */
    size_t calm;   /* the likeliest that is none */
    bool alarm;    /* somebody's life or safety seems to be at stake */
};

/* --- How sure ---------------------------------------------------------------------------------- */

static float odds_of(float likelihood)
{
    static const float least = 1e-6F;
    const float kept = likelihood < least ? least : likelihood > 1 - least ? 1 - least : likelihood;
    return logf(kept / (1 - kept));
}

static float odds_of_other(const struct understand *at)
{
    return odds_of(at->likelihood[knowledge_label(at->knowledge, LABEL_OTHER)]);
}

static float confidence_of_odds(float odds, float even)
{
    return 1 / (1 + expf((even - odds) / odds_slope));
}

static bool reaches(float confidence, int percent)
{
    return PERCENT * confidence >= (float)percent;
}

/* How sure it is: the odds for the situation against those for something else, from 0 to 1. */
static float confidence_of(const struct understand *at, size_t situation)
{
    const float odds = odds_of(at->likelihood[situation]) - weight_of_other * odds_of_other(at);
    const float learnt = confidence_of_odds(odds, even_odds);
    const float least = at->danger[situation] ? (float)at->model->limits.danger / PERCENT : 0;
    return learnt < least ? least : learnt;
}

static bool is_crisis(const struct understand *at, size_t situation)
{
    return at->knowledge->situations[situation].urgency == URGENCY_CRISIS;
}

/* The likeliest of those that are a crisis, or that are none. */
static size_t likeliest(const struct understand *at, bool crisis)
{
    const size_t situations = at->knowledge->situation_count;
    size_t best = situations;
    for (size_t i = 0; i < situations; i++) {
        if (is_crisis(at, i) == crisis &&
            (best == situations || at->likelihood[i] > at->likelihood[best]))
            best = i;
    }
    return best;
}

/* What speaks for the likeliest crisis, or for a crisis of whatever kind, against something else and
 * against the likeliest situation that can wait. */
static bool is_alarming(const struct understand *at, const struct standing *standing)
{
    const size_t none = at->knowledge->situation_count;
    const struct understanding_limits *limits = &at->model->limits;
    if (standing->crisis == none)
        return false;
    const float some = odds_of(at->likelihood[knowledge_label(at->knowledge, LABEL_CRISIS)]);
    const float one = odds_of(at->likelihood[standing->crisis]);
    const float crisis = some > one ? some : one;
    const float calm = standing->calm == none ? 0 : odds_of(at->likelihood[standing->calm]);
    const float other = odds_of_other(at);
    return reaches(confidence_of_odds(crisis - weight_of_other * other, even_odds),
                   limits->crisis) &&
           reaches(confidence_of_odds(
                       crisis - alarm_weight_of_other * other - alarm_weight_of_calm * calm, 0),
                   limits->alarm);
}

static struct standing standing_of(const struct understand *at)
{
    const size_t none = at->knowledge->situation_count;
    struct standing standing = {.crisis = likeliest(at, true), .calm = likeliest(at, false)};
    const bool calm =
        standing.crisis == none ||
        (standing.calm != none && at->likelihood[standing.calm] >= at->likelihood[standing.crisis]);
    standing.best = calm ? standing.calm : standing.crisis;
    standing.alarm = is_alarming(at, &standing);
    return standing;
}

/* --- Which are told ---------------------------------------------------------------------------- */

static void offer(struct match_understanding *out, const struct recognised *candidate)
{
    size_t place = out->situation_count;
    while (place > 0 && candidate->confidence > out->situations[place - 1].confidence)
        place--;
    if (place == UNDERSTOOD_SITUATIONS_MAXIMUM)
        return;
    if (out->situation_count < UNDERSTOOD_SITUATIONS_MAXIMUM)
        out->situation_count++;
    memmove(&out->situations[place + 1], &out->situations[place],
            (out->situation_count - place - 1) * sizeof out->situations[0]);
    out->situations[place] = *candidate;
}

/* The likeliest is as sure as it is, others the less the farther they are behind. */
static struct recognised recognise(const struct understand *at, const struct standing *standing,
                                   size_t situation)
{
    struct recognised recognised = {
        .situation = (uint16_t)situation,
        .confidence = confidence_of(at, situation),
        .alarm = is_crisis(at, situation) &&
                 (at->danger[situation] || (standing->alarm && situation == standing->crisis)),
        .danger = at->danger[situation]};
    if (!recognised.danger)
        recognised.confidence *= sqrtf(at->likelihood[situation] / at->likelihood[standing->best]);
    return recognised;
}

/* However many others are surer: nobody is told of five of them instead of the crisis. */
static void keep_place_for(struct match_understanding *out, const struct recognised *crisis)
{
    for (size_t i = 0; i < out->situation_count; i++) {
        if (out->situations[i].situation == crisis->situation)
            return;
    }
    out->situations[out->situation_count - 1] = *crisis;
}

/* The surest ones, told or not. */
static void find_situations(struct understand *at, const struct standing *standing)
{
    for (size_t i = 0; i < at->knowledge->situation_count; i++) {
        const struct recognised candidate = recognise(at, standing, i);
        offer(at->out, &candidate);
    }
    if (standing->alarm) {
        const struct recognised crisis = recognise(at, standing, standing->crisis);
        keep_place_for(at->out, &crisis);
    }
}

/* Of a text that is understood the surest few are told, so that there is a choice; of another none
 * is, lest it be a guess. */
static void keep_told(struct understand *at)
{
    struct match_understanding *out = at->out;
    bool understood = false;
    size_t kept = 0;
    for (size_t i = 0; i < out->situation_count; i++)
        understood = understood || out->situations[i].alarm ||
                     reaches(out->situations[i].confidence, at->model->limits.possible);
    for (size_t i = 0; understood && i < out->situation_count; i++) {
        if (kept < UNDERSTOOD_CHOICE || out->situations[i].alarm ||
            reaches(out->situations[i].confidence, at->model->limits.possible))
            out->situations[kept++] = out->situations[i];
    }
    out->situation_count = kept;
}

/* --- Which are used ---------------------------------------------------------------------------- */

/* What goes before all else: what a line of danger names; a crisis that is feared, where nothing
 * else is possible; else the surest. */
static const struct recognised *leading(const struct understand *at)
{
    const struct match_understanding *out = at->out;
    const bool possible = reaches(out->situations[0].confidence, at->model->limits.possible);
    for (size_t i = 0; i < out->situation_count; i++) {
        if (out->situations[i].danger || (out->situations[i].alarm && !possible))
            return &out->situations[i];
    }
    return &out->situations[0];
}

/* Whether it is used: beside what leads when it is likely by itself. Beside a crisis only another
 * crisis is: what else there is can wait, and must not come between. */
static bool is_used(const struct understand *at, const struct recognised *recognised)
{
    const struct recognised *first = leading(at);
    const bool beside = reaches(at->likelihood[recognised->situation], at->model->limits.beside);
    return recognised == first || recognised->danger ||
           (beside && at->out->state == UNDERSTANDING_SURE &&
            (!is_crisis(at, first->situation) || is_crisis(at, recognised->situation)));
}

static void judge(struct understand *at)
{
    struct match_understanding *out = at->out;
    out->state = out->situation_count == 0 ? UNDERSTANDING_NONE
                 : reaches(out->situations[0].confidence, at->model->limits.sure)
                     ? UNDERSTANDING_SURE
                     : UNDERSTANDING_UNSURE;
    for (size_t i = 0; i < out->situation_count; i++)
        out->situations[i].used = is_used(at, &out->situations[i]);
}

/* --- The nearest categories -------------------------------------------------------------------- */

static float confidence_of_category(const struct understand *at, size_t category)
{
    float best = 0;
    for (size_t i = 0; i < at->knowledge->situation_count; i++) {
        const float confidence = confidence_of(at, i);
        if (at->knowledge->situations[i].category == (int)category && confidence > best)
            best = confidence;
    }
    return best;
}

/* Those that hold what is likeliest, though it is not likely. */
static void find_categories(struct understand *at)
{
    struct match_understanding *out = at->out;
    float confidences[UNDERSTOOD_CATEGORIES_MAXIMUM];
    for (size_t i = 0; i < at->knowledge->category_count; i++) {
        const float confidence = confidence_of_category(at, i);
        size_t place = out->category_count;
        while (place > 0 && confidences[place - 1] < confidence)
            place--;
        if (!reaches(confidence, at->model->limits.category) ||
            place == UNDERSTOOD_CATEGORIES_MAXIMUM)
            continue;
        if (out->category_count < UNDERSTOOD_CATEGORIES_MAXIMUM)
            out->category_count++;
        for (size_t k = out->category_count - 1; k > place; k--) {
            confidences[k] = confidences[k - 1];
            out->categories[k] = out->categories[k - 1];
        }
        confidences[place] = confidence;
        out->categories[place] = (uint16_t)i;
    }
}

/* --- All of it --------------------------------------------------------------------------------- */

void understand_situations(struct understand *at)
{
    const struct standing standing = standing_of(at);
    find_situations(at, &standing);
    keep_told(at);
    judge(at);
    if (at->out->state != UNDERSTANDING_SURE)
        find_categories(at);
}
