/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/match/understanding.h"

#include <string.h>

#include "sociopoint/domain/knowledge.h"
#include "sociopoint/text/classifier.h"
#include "sociopoint/text/phrases.h"
#include "sociopoint/text/tokens.h"
#include "sociopoint/text/vocabulary.h"
#include "spans_internal.h"
#include "understand_internal.h"

/* A long text is also looked at in stretches, so that a story may hold several situations; what one
 * of them says alone counts less than what the whole text says. */
static const float value_of_stretch = 0.92F;
/* A word speaks for a situation when it gives so much of what the strongest gives. */
static const float speaking_share = 0.25F;
enum { AGE_MAXIMUM = 120, TELLING_BYTES = 3 };

/* --- Likelihood -------------------------------------------------------------------------------- */

/* For each label the odds of the stretch that makes it likeliest, and which that is. */
static void find_best_stretches(struct understand *at, float *best, float *odds)
{
    const size_t labels = knowledge_label(at->knowledge, LABELS_BESIDE);
    for (size_t stretch = 1; stretch < classifier_stretch_count(at->read); stretch++) {
        classifier_odds(at->read, stretch, odds);
        for (size_t i = 0; i < labels; i++) {
            if (at->stretch[i] == 0 || odds[i] > best[i]) {
                best[i] = odds[i];
                at->stretch[i] = (uint32_t)stretch;
            }
        }
    }
}

/* Raises what a stretch makes likelier than the whole text does; of the others it is forgotten. */
static void raise(struct understand *at, const float *best)
{
    const size_t labels = knowledge_label(at->knowledge, LABELS_BESIDE);
    const size_t other = knowledge_label(at->knowledge, LABEL_OTHER);
    for (size_t i = 0; i < labels; i++) {
        const float likelihood =
            at->stretch[i] == 0 ? 0 : value_of_stretch * classifier_likelihood(best[i]);
        if (i != other && likelihood > at->likelihood[i])
            at->likelihood[i] = likelihood;
        else
            at->stretch[i] = 0;
    }
}

static bool weigh(struct understand *at)
{
    const size_t labels = knowledge_label(at->knowledge, LABELS_BESIDE);
    float *odds = arena_array(at->arena, labels, sizeof *odds);
    float *best = arena_array(at->arena, labels, sizeof *best);
    if (odds == NULL || best == NULL)
        return error_set(at->err, ERROR_MEMORY, "memory-exhausted", "");
    at->read = classifier_read(at->model->classifier, &at->tokens, at->arena, at->err);
    if (at->read == NULL)
        return false;
    classifier_odds(at->read, 0, odds);
    for (size_t i = 0; i < labels; i++)
        at->likelihood[i] = classifier_likelihood(odds[i]);
    find_best_stretches(at, best, odds);
    raise(at, best);
    return true;
}

/* --- Danger ------------------------------------------------------------------------------------ */

static void add_lines(struct match_understanding *out, const struct danger *danger)
{
    for (size_t i = 0; i < danger->crisis_line_count; i++) {
        size_t k = 0;
        while (k < out->crisis_line_count && out->crisis_lines[k] != danger->crisis_lines[i])
            k++;
        if (k == out->crisis_line_count && k < UNDERSTOOD_LINES_MAXIMUM)
            out->crisis_lines[out->crisis_line_count++] = danger->crisis_lines[i];
    }
}

static bool find_dangers(struct understand *at)
{
    struct phrase_hits hits;
    if (!phrase_set_find(at->model->danger_lines, &at->tokens, at->arena, &hits, at->err))
        return false;
    for (size_t i = 0; i < hits.count; i++) {
        const struct phrase_hit *hit = &hits.items[i];
        const struct danger *danger = &at->model->dangers[at->model->danger_of_line[hit->line]];
        const size_t situation = (size_t)danger->situation;
        at->danger[situation] = true;
        for (size_t k = 0; k < hit->token_count; k++)
            at->spoke[situation * at->tokens.count + hit->tokens[k]] = true;
        add_lines(at->out, danger);
    }
    return true;
}

/* --- Denials ----------------------------------------------------------------------------------- */

/* Sets aside what the text says is not so ("nepiju"), for everything but danger. */
static bool set_denied_aside(struct understand *at)
{
    struct phrase_hits hits;
    struct text_token *items = arena_array(at->arena, at->tokens.count + 1, sizeof *items);
    if (items == NULL)
        return error_set(at->err, ERROR_MEMORY, "memory-exhausted", "");
    if (!phrase_set_find(at->model->denial_lines, &at->tokens, at->arena, &hits, at->err))
        return false;
    memcpy(items, at->tokens.items, at->tokens.count * sizeof *items);
    for (size_t i = 0; i < hits.count; i++) {
        for (size_t k = 0; k < hits.items[i].token_count; k++)
            items[hits.items[i].tokens[k]].kind = TOKEN_DENIED;
    }
    at->tokens.items = items;
    return true;
}

/* --- Why --------------------------------------------------------------------------------------- */

/* Little words ("mi", "a") may weigh something, but tell nobody anything. */
static bool is_telling(const struct text_token *token)
{
    return token->word.length >= TELLING_BYTES;
}

static bool explain(struct understand *at, struct recognised *recognised)
{
    const size_t situation = recognised->situation;
    const struct text_stretch stretch = classifier_stretch(at->read, at->stretch[situation]);
    const struct text_token *items = at->tokens.items + stretch.from;
    const size_t count = stretch.to - stretch.from;
    bool *speaks = at->spoke + situation * at->tokens.count;
    float *shares = arena_array(at->arena, count + 1, sizeof *shares);
    float most = 0;
    if (shares == NULL)
        return error_set(at->err, ERROR_MEMORY, "memory-exhausted", "");
    classifier_explain(at->read, at->stretch[situation], situation, shares);
    for (size_t i = 0; i < count; i++)
        most = is_telling(&items[i]) && shares[i] > most ? shares[i] : most;
    for (size_t i = 0; i < count; i++) {
        if (is_telling(&items[i]) && most > 0 && shares[i] >= speaking_share * most)
            speaks[stretch.from + i] = true;
    }
    return spans_of_tokens(&at->tokens, speaks, at->arena, &recognised->words, at->err);
}

static bool explain_all(struct understand *at)
{
    for (size_t i = 0; i < at->out->situation_count; i++) {
        if (!explain(at, &at->out->situations[i]))
            return false;
    }
    return true;
}

/* --- The people -------------------------------------------------------------------------------- */

static void add_age(struct understand *at, const struct phrase_hit *hit)
{
    struct match_understanding *out = at->out;
    for (size_t i = 0; i < hit->token_count; i++) {
        const struct text_token *token = &at->tokens.items[hit->tokens[i]];
        if (token->kind != TOKEN_NUMBER || token->number > AGE_MAXIMUM)
            continue;
        size_t k = 0;
        while (k < out->age_count && out->ages[k] != (int)token->number)
            k++;
        if (k == out->age_count && k < MATCH_AGES_MAXIMUM)
            out->ages[out->age_count++] = (int)token->number;
    }
}

/* Contradictory words say nothing. */
static void add_sex(struct match_understanding *out, const struct person_hint *hint,
                    bool *contradictory)
{
    const enum match_sex sex = hint->female ? SEX_FEMALE : SEX_MALE;
    *contradictory = *contradictory || (out->sex != SEX_UNSAID && out->sex != sex);
    out->sex = *contradictory ? SEX_UNSAID : sex;
}

static bool find_people(struct understand *at)
{
    struct phrase_hits hits;
    bool contradictory = false;
    bool *speaks = arena_array(at->arena, at->tokens.count + 1, sizeof *speaks);
    if (speaks == NULL)
        return error_set(at->err, ERROR_MEMORY, "memory-exhausted", "");
    if (!phrase_set_find(at->model->people_lines, &at->tokens, at->arena, &hits, at->err))
        return false;
    for (size_t i = 0; i < hits.count; i++) {
        const struct phrase_hit *hit = &hits.items[i];
        const struct person_hint *hint = &at->model->hints[at->model->hint_of_line[hit->line]];
        if (hint->number_is_age)
            add_age(at, hit);
        if (hint->says_sex)
            add_sex(at->out, hint, &contradictory);
        at->out->with_children = at->out->with_children || hint->with_children;
        at->out->target_groups |= hint->target_groups;
        for (size_t k = 0; k < hit->token_count; k++)
            speaks[hit->tokens[k]] = true;
    }
    return spans_of_tokens(&at->tokens, speaks, at->arena, &at->out->people_words, at->err);
}

/* --- All of it --------------------------------------------------------------------------------- */

static bool prepare(struct understand *at, struct str text)
{
    const size_t situations = at->knowledge->situation_count;
    const size_t labels = knowledge_label(at->knowledge, LABELS_BESIDE);
    if (!text_tokens_read(text, at->arena, &at->tokens, at->err) ||
        !vocabulary_correct(at->model->vocabulary, at->arena, &at->tokens, at->err))
        return false;
    at->out->cut = at->tokens.cut;
    at->likelihood = arena_array(at->arena, labels, sizeof *at->likelihood);
    at->stretch = arena_array(at->arena, labels, sizeof *at->stretch);
    at->danger = arena_array(at->arena, situations + 1, sizeof *at->danger);
    at->spoke = arena_array(at->arena, situations * at->tokens.count + 1, sizeof *at->spoke);
    if (at->likelihood == NULL || at->stretch == NULL || at->danger == NULL || at->spoke == NULL)
        return error_set(at->err, ERROR_MEMORY, "memory-exhausted", "");
    return true;
}

bool match_understand(const struct knowledge *knowledge, struct str text, struct arena *arena,
                      struct match_understanding *understanding, struct error *err)
{
    struct understand at = {.knowledge = knowledge,
                            .model = &knowledge->understanding,
                            .arena = arena,
                            .out = understanding,
                            .err = err};
    *understanding = (struct match_understanding){.state = UNDERSTANDING_NO_TEXT};
    if (str_empty(text))
        return true;
    if (at.model->classifier == NULL) {
        understanding->state = UNDERSTANDING_NONE;
        return true;
    }
    if (!prepare(&at, text) || !find_dangers(&at) || !set_denied_aside(&at) || !weigh(&at))
        return false;
    understand_situations(&at);
    return explain_all(&at) && find_people(&at);
}

const char *understanding_state_key(enum understanding_state state)
{
    static const char *const keys[] = {[UNDERSTANDING_NO_TEXT] = "no-text",
                                       [UNDERSTANDING_SURE] = "sure",
                                       [UNDERSTANDING_UNSURE] = "unsure",
                                       [UNDERSTANDING_NONE] = "none"};
    return keys[state];
}
