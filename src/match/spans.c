/* SPDX-License-Identifier: EUPL-1.2 */
#include "spans_internal.h"

#include "sociopoint/text/tokens.h"

static void extend(struct text_span *span, const struct text_token *token)
{
    span->end = token->end;
    span->text.length = (size_t)(token->source.data - span->text.data) + token->source.length;
}

bool spans_of_tokens(const struct text_tokens *tokens, const bool *chosen, struct arena *arena,
                     struct text_spans *spans, struct error *err)
{
    struct text_span *items = arena_array(arena, tokens->count + 1, sizeof *items);
    size_t count = 0;
    if (items == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    for (size_t i = 0; i < tokens->count; i++) {
        if (!chosen[i])
            continue;
        if (i > 0 && chosen[i - 1])
            extend(&items[count - 1], &tokens->items[i]);
        else
            items[count++] = (struct text_span){tokens->items[i].start, tokens->items[i].end,
                                                tokens->items[i].source};
    }
    *spans = (struct text_spans){items, count};
    return true;
}
