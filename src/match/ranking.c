/* SPDX-License-Identifier: EUPL-1.2 */
#include "ranking_internal.h"

#include <string.h>

/* --- The best ---------------------------------------------------------------------------------- */

bool ranked_stands_before(const struct ranked *left, const struct ranked *right)
{
    if (left->order != right->order)
        return left->order > right->order;
    return left->row < right->row;
}

void ranking_init(struct ranking *ranking, size_t maximum)
{
    ranking->count = 0;
    ranking->maximum = maximum;
}

void ranking_insert(struct ranking *ranking, const struct ranked *fresh)
{
    size_t place = ranking->count;
    while (place > 0 && ranked_stands_before(fresh, &ranking->items[place - 1]))
        place--;
    if (place == ranking->maximum)
        return;
    if (ranking->count < ranking->maximum)
        ranking->count++;
    memmove(&ranking->items[place + 1], &ranking->items[place],
            (ranking->count - 1 - place) * sizeof *fresh);
    ranking->items[place] = *fresh;
}

static void ranking_remove(struct ranking *ranking, size_t place)
{
    ranking->count--;
    memmove(&ranking->items[place], &ranking->items[place + 1],
            (ranking->count - place) * sizeof ranking->items[0]);
}

void ranking_replace(struct ranking *ranking, const struct ranked *fresh)
{
    size_t place = 0;
    while (place < ranking->count && ranking->items[place].row != fresh->row)
        place++;
    if (place < ranking->count)
        ranking_remove(ranking, place);
    ranking_insert(ranking, fresh);
}

void ranking_keep_best(struct ranked *best, size_t situations, const struct ranked *fresh)
{
    for (size_t i = 0; i < situations; i++) {
        bool serves = (fresh->served >> i & 1) != 0;
        if (serves && (best[i].served == 0 || ranked_stands_before(fresh, &best[i])))
            best[i] = *fresh;
    }
}

void ranking_cut(struct ranking *ranking, size_t maximum)
{
    ranking->maximum = maximum;
    if (ranking->count > maximum)
        ranking->count = maximum;
}

/* --- Every situation ----------------------------------------------------------------------------- */

/* How many of the ranked serve the situation. */
static size_t serving(const struct ranking *ranking, size_t situation)
{
    size_t count = 0;
    for (size_t i = 0; i < ranking->count; i++)
        count += ranking->items[i].served >> situation & 1;
    return count;
}

/* Whether some situation would be left without a service if this one went. */
static bool is_needed(const struct ranking *ranking, size_t place, size_t situations)
{
    for (size_t i = 0; i < situations; i++) {
        if ((ranking->items[place].served >> i & 1) != 0 && serving(ranking, i) == 1)
            return true;
    }
    return false;
}

/* Puts `best` in, in place of the last that no situation needs; the ranking is full, or `best` were in. */
static void promote(struct ranking *ranking, const struct ranked *best, size_t situations)
{
    for (size_t place = ranking->count; place-- > 0;) {
        if (is_needed(ranking, place, situations))
            continue;
        ranking_remove(ranking, place);
        ranking_insert(ranking, best);
        return;
    }
}

void ranking_serve_every_situation(struct ranking *ranking, const struct ranked *best,
                                   size_t situations)
{
    for (size_t i = 0; i < situations; i++) {
        if (best[i].served != 0 && serving(ranking, i) == 0)
            promote(ranking, &best[i], situations);
    }
}
