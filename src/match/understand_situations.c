/* SPDX-License-Identifier: EUPL-1.2 */
#include "understand_internal.h"

#include <math.h>
#include <string.h>

/* From odds to confidence; chosen on tests/quality/tuning.tsv. */
static const float weight_of_other = 0.9F;
static const float even_odds = 2.0F; /* as likely right as not */
static const float odds_slope = 1.3F;
enum { PERCENT = 100 };

/* --- How sure ---------------------------------------------------------------------------------- */

static float odds_of(float likelihood)
{
    static const float least = 1e-6F;
    const float kept = likelihood < least ? least : likelihood > 1 - least ? 1 - least : likelihood;
    return logf(kept / (1 - kept));
}

/* How sure it is: the odds for the situation against those for something else, from 0 to 1. */
static float confidence_of(const struct understand *at, size_t situation)
{
    const float other = at->likelihood[at->knowledge->situation_count];
    const float odds = odds_of(at->likelihood[situation]) - weight_of_other * odds_of(other);
    const float learnt = 1 / (1 + expf((even_odds - odds) / odds_slope));
    const float least = at->danger[situation] ? (float)at->model->limits.danger / PERCENT : 0;
    return learnt < least ? least : learnt;
}

static bool reaches(float confidence, int percent)
{
    return PERCENT * confidence >= (float)percent;
}

static bool is_crisis(const struct understand *at, const struct recognised *recognised)
{
    return at->knowledge->situations[recognised->situation].urgency == URGENCY_CRISIS;
}

/* Whether it is told even if nothing surer is: a crisis sooner than others. */
static bool is_told(const struct understand *at, const struct recognised *recognised)
{
    const struct understanding_limits *limits = &at->model->limits;
    return reaches(recognised->confidence,
                   is_crisis(at, recognised) ? limits->crisis : limits->possible);
}

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

/* However many others are surer: nobody is told of five of them instead of the crisis. */
static void keep_place_for_crisis(struct understand *at, const struct recognised *crisis)
{
    struct match_understanding *out = at->out;
    for (size_t i = 0; i < out->situation_count; i++) {
        if (is_crisis(at, &out->situations[i]))
            return;
    }
    if (out->situation_count > 0 && crisis->confidence > 0)
        out->situations[out->situation_count - 1] = *crisis;
}

/* The surest ones, told or not. */
static void find_situations(struct understand *at)
{
    struct recognised crisis = {.confidence = 0}; /* the surest */
    for (size_t i = 0; i < at->knowledge->situation_count; i++) {
        const struct recognised candidate = {
            .situation = (uint16_t)i, .confidence = confidence_of(at, i), .danger = at->danger[i]};
        offer(at->out, &candidate);
        if (is_crisis(at, &candidate) && candidate.confidence > crisis.confidence)
            crisis = candidate;
    }
    keep_place_for_crisis(at, &crisis);
}

/* Of a text that is understood the surest few are told, so that there is a choice; of another none
 * is, lest it be a guess. */
static void keep_told(struct understand *at)
{
    struct match_understanding *out = at->out;
    bool understood = false;
    size_t kept = 0;
    for (size_t i = 0; i < out->situation_count; i++)
        understood = understood || is_told(at, &out->situations[i]);
    for (size_t i = 0; i < out->situation_count; i++) {
        if (understood && (kept < UNDERSTOOD_CHOICE || is_told(at, &out->situations[i])))
            out->situations[kept++] = out->situations[i];
    }
    out->situation_count = kept;
}

/* What goes before all else: a crisis that a line of danger names, else the surest. */
static const struct recognised *leading(const struct understand *at)
{
    const struct match_understanding *out = at->out;
    for (size_t i = 0; i < out->situation_count; i++) {
        if (out->situations[i].danger && is_crisis(at, &out->situations[i]))
            return &out->situations[i];
    }
    return &out->situations[0];
}

/* Whether it is used: beside what leads when it is sure, too, and not far behind. Beside a crisis
 * only another crisis is: what else there is can wait, and must not come between. */
static bool is_used(const struct understand *at, const struct recognised *recognised)
{
    const struct understanding_limits *limits = &at->model->limits;
    const struct recognised *first = leading(at);
    const bool sure = reaches(recognised->confidence, limits->sure) &&
                      reaches(recognised->confidence / first->confidence, limits->beside_best);
    return recognised == first || recognised->danger ||
           (sure && (!is_crisis(at, first) || is_crisis(at, recognised)));
}

/* Whether its lines are read out: beside something sure that is no crisis it must not be too
 * unlikely itself. */
static bool is_alarm(const struct understand *at, const struct recognised *recognised)
{
    const struct understanding_limits *limits = &at->model->limits;
    const bool calm = reaches(at->out->situations[0].confidence, limits->sure);
    return is_crisis(at, recognised) &&
           (recognised->danger || !calm || reaches(recognised->confidence, limits->alarm));
}

static void judge(struct understand *at)
{
    struct match_understanding *out = at->out;
    for (size_t i = 0; i < out->situation_count; i++) {
        out->situations[i].used = is_used(at, &out->situations[i]);
        out->situations[i].alarm = is_alarm(at, &out->situations[i]);
    }
    out->state = out->situation_count == 0 ? UNDERSTANDING_NONE
                 : reaches(out->situations[0].confidence, at->model->limits.sure)
                     ? UNDERSTANDING_SURE
                     : UNDERSTANDING_UNSURE;
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
    find_situations(at);
    keep_told(at);
    judge(at);
    if (at->out->state != UNDERSTANDING_SURE)
        find_categories(at);
}
