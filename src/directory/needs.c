/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/directory/needs.h"

#include <stdint.h>

#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/match_index.h"
#include "sociopoint/domain/knowledge.h"

static void count(const struct match_index *index, const struct match_candidate *candidate,
                  int municipality, struct need *need)
{
    const struct match_row *row = &index->rows[candidate->row];
    if ((row->municipalities >> municipality & 1) == 0)
        return;
    bool national = (row->flags & ROW_WHOLE_COUNTRY) != 0;
    if (candidate->strength != STRENGTH_NAMED) {
        need->by_kind += !national;
        return;
    }
    need->national += national;
    need->local += !national;
    need->local_with_phone += !national && match_index_facts(index, row)->phones > 0;
}

void directory_needs(const struct generation *generation, int municipality, struct need *needs)
{
    const struct match_index *index = generation_match_index(generation);
    size_t situations = generation_knowledge(generation)->situation_count;
    for (size_t i = 0; i < situations; i++) {
        needs[i] = (struct need){0};
        for (size_t k = 0; k < index->candidates[i].count; k++)
            count(index, &index->candidates[i].items[k], municipality, &needs[i]);
    }
}
