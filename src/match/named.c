/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/match/named.h"

#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/match_index.h"
#include "sociopoint/catalogue/names.h"
#include "sociopoint/text/tokens.h"
#include "spans_internal.h"

static void add(const struct generation *generation, uint32_t service,
                const struct text_spans *words, struct match_named *named)
{
    size_t count = 0;
    const struct entry *const *services =
        generation_documents(generation, DOCUMENT_SERVICE, &count);
    const int64_t row = generation_match_row(generation, &services[service]->id);
    for (size_t i = 0; i < named->count; i++) {
        if (named->items[i].row == row)
            return;
    }
    if (row < 0 || named->count == MATCH_NAMED_MAXIMUM)
        return;
    named->items[named->count].row = (uint32_t)row;
    named->items[named->count++].words = *words;
}

/* An organisation names all its services, unless only some are meant. */
static void add_hit(const struct generation *generation, const struct name_hit *hit,
                    const struct text_spans *words, struct match_named *named)
{
    if (hit->kind == NAME_SERVICE) {
        add(generation, hit->position, words, named);
        return;
    }
    if (!hit->whole)
        return;
    size_t count = 0;
    const uint32_t *services = generation_services_of(generation, hit->position, &count);
    for (size_t i = 0; i < count && named->count < MATCH_NAMED_MAXIMUM; i++)
        add(generation, services[i], words, named);
}

/* Those named themselves go before those of whom the organisation is. */
static bool add_hits(const struct generation *generation, const struct text_tokens *tokens,
                     const struct name_hits *hits, enum name_kind kind, struct arena *arena,
                     struct match_named *named)
{
    struct error ignored;
    for (size_t i = 0; i < hits->count; i++) {
        struct text_spans words;
        if (hits->items[i].kind != kind)
            continue;
        if (!spans_of_tokens(tokens, hits->items[i].tokens, arena, &words, &ignored))
            return false;
        add_hit(generation, &hits->items[i], &words, named);
    }
    return true;
}

bool match_find_named(const struct generation *generation, struct str text, struct arena *arena,
                      struct match_named *named, struct error *err)
{
    struct text_tokens tokens;
    struct name_hits hits;
    named->count = 0;
    if (str_empty(text))
        return true;
    if (!text_tokens_read(text, arena, &tokens, err) ||
        !generation_names_said(generation, &tokens, arena, &hits, err))
        return false;
    return (add_hits(generation, &tokens, &hits, NAME_SERVICE, arena, named) &&
            add_hits(generation, &tokens, &hits, NAME_ORGANIZATION, arena, named)) ||
           error_set(err, ERROR_MEMORY, "memory-exhausted", "");
}
