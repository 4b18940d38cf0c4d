/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: directory match config rest
 * What somebody types: any bytes as tokens, corrected, looked through for lines; and valid text
 * understood with the knowledge of config/.
 */
#include "fuzz/fuzz.h"
#include "support/source.h"

#include "sociopoint/config/loader.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/understanding.h"
#include "sociopoint/rest/rest.h"
#include "sociopoint/text/groups.h"
#include "sociopoint/text/phrases.h"
#include "sociopoint/text/tokens.h"
#include "sociopoint/text/vocabulary.h"

enum { TEXT_MAXIMUM = 64 * 1024, ARENA_MAXIMUM = 16 * 1024 * 1024 };

static const struct str friends[] = {STR_CONSTANT("kamarad*"), STR_CONSTANT("друг")};
static const struct word_group groups_made[] = {
    {STR_CONSTANT("friends"), friends, sizeof friends / sizeof friends[0]}};
static const struct phrase_line lines[] = {
    {STR_CONSTANT("nechci|nechce zit"), 0},
    {STR_CONSTANT("@friends bije !film"), 0},
    {STR_CONSTANT("je mi # let"), 3},
    {STR_CONSTANT("a a"), 0},
};

enum { LINES = sizeof lines / sizeof lines[0] };

static const struct knowledge *knowledge;
static struct arena *arena;
static struct phrase_set *set;
static struct vocabulary *vocabulary;

int LLVMFuzzerInitialize(int *argument_count, char ***arguments);

/* Learning takes longer than an input may. */
int LLVMFuzzerInitialize(int *argument_count, char ***arguments)
{
    (void)argument_count;
    (void)arguments;
    const struct text_table tables[] = {{rest_text_codes, rest_text_code_count},
                                        {match_text_codes, match_text_code_count},
                                        {NULL, 0}};
    struct error err = {.code = ERROR_NONE};
    struct arena *kept = arena_new(ARENA_MAXIMUM);
    json_start();
    knowledge = config_knowledge_load(source_path("config"), tables, NULL, &err);
    arena = arena_new(ARENA_MAXIMUM);
    FUZZ_REQUIRE(knowledge != NULL && arena != NULL && kept != NULL);
    const struct word_groups *groups = word_groups_new(groups_made, 1, kept, &err);
    FUZZ_REQUIRE(groups != NULL);
    set = phrase_set_new(groups, lines, LINES, kept, &err);
    vocabulary = vocabulary_new(kept);
    FUZZ_REQUIRE(set != NULL && vocabulary != NULL);
    FUZZ_REQUIRE(vocabulary_add(vocabulary, STR("kamarad")) &&
                 vocabulary_add(vocabulary, STR("exekuce")) && vocabulary_finish(vocabulary));
    return 0;
}

/* Each stands in the text, in the order of the text, and has a folded word. */
static void check_tokens(struct str text, const struct text_tokens *tokens, bool corrected)
{
    FUZZ_REQUIRE(tokens->count <= TEXT_TOKENS_MAXIMUM);
    const struct text_token *before = NULL;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct text_token *token = &tokens->items[i];
        FUZZ_REQUIRE(token->source.length > 0 && token->source.data >= text.data);
        FUZZ_REQUIRE(token->source.data + token->source.length <= text.data + text.length);
        FUZZ_REQUIRE(token->word.length > 0 && str_is_utf8(token->word));
        FUZZ_REQUIRE(corrected || token->kind != TOKEN_WORD ||
                     token->word.length <= TEXT_WORD_BYTES);
        FUZZ_REQUIRE(token->start < token->end);
        FUZZ_REQUIRE(before == NULL ||
                     (before->end <= token->start && before->clause <= token->clause));
        before = token;
    }
}

static void check_hits(const struct phrase_hits *hits, const struct text_tokens *tokens)
{
    for (size_t i = 0; i < hits->count; i++) {
        const struct phrase_hit *hit = &hits->items[i];
        FUZZ_REQUIRE(hit->line < LINES && (i == 0 || hits->items[i - 1].line < hit->line));
        FUZZ_REQUIRE(hit->token_count > 0 && hit->token_count <= PHRASE_WORDS_MAXIMUM);
        for (size_t k = 0; k < hit->token_count; k++)
            FUZZ_REQUIRE(hit->tokens[k] < tokens->count &&
                         (k == 0 || hit->tokens[k - 1] < hit->tokens[k]));
    }
}

static void check_spans(struct str text, const struct text_spans *spans)
{
    for (size_t i = 0; i < spans->count; i++) {
        const struct text_span *span = &spans->items[i];
        FUZZ_REQUIRE(span->start < span->end && span->text.data >= text.data);
        FUZZ_REQUIRE(span->text.data + span->text.length <= text.data + text.length);
        FUZZ_REQUIRE(str_is_utf8(span->text));
        FUZZ_REQUIRE(i == 0 || spans->items[i - 1].end <= span->start);
    }
}

static void check_understanding(struct str text, const struct match_understanding *understanding)
{
    FUZZ_REQUIRE(understanding->situation_count <= UNDERSTOOD_SITUATIONS_MAXIMUM);
    FUZZ_REQUIRE(understanding->crisis_line_count <= UNDERSTOOD_LINES_MAXIMUM);
    FUZZ_REQUIRE(understanding->category_count <= UNDERSTOOD_CATEGORIES_MAXIMUM);
    FUZZ_REQUIRE(understanding->age_count <= MATCH_AGES_MAXIMUM);
    FUZZ_REQUIRE((text.length == 0) == (understanding->state == UNDERSTANDING_NO_TEXT));
    bool used = false;
    for (size_t i = 0; i < understanding->situation_count; i++) {
        const struct recognised *one = &understanding->situations[i];
        FUZZ_REQUIRE(one->situation < knowledge->situation_count);
        FUZZ_REQUIRE(one->confidence >= 0 && one->confidence <= 100);
        check_spans(text, &one->words);
        used = used || one->used;
    }
    FUZZ_REQUIRE(used || understanding->state != UNDERSTANDING_SURE);
    FUZZ_REQUIRE(understanding->situation_count == 0 || understanding->state != UNDERSTANDING_NONE);
    check_spans(text, &understanding->people_words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = fuzz_str(data, size < TEXT_MAXIMUM ? size : TEXT_MAXIMUM);
    struct error err = {.code = ERROR_NONE};
    struct text_tokens tokens = {NULL, 0, false};
    struct phrase_hits hits = {NULL, 0};
    arena_reset(arena);
    FUZZ_REQUIRE(text_tokens_read(text, arena, &tokens, &err));
    check_tokens(text, &tokens, false);
    FUZZ_REQUIRE(vocabulary_correct(vocabulary, arena, &tokens, &err));
    check_tokens(text, &tokens, true);
    FUZZ_REQUIRE(phrase_set_find(set, &tokens, arena, &hits, &err));
    check_hits(&hits, &tokens);
    if (!str_is_utf8(text))
        return 0;
    struct match_understanding understanding = {.state = UNDERSTANDING_NO_TEXT};
    FUZZ_REQUIRE(match_understand(knowledge, text, arena, &understanding, &err));
    check_understanding(text, &understanding);
    return 0;
}
