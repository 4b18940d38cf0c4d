/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/match/match.h"

#include "exchange_internal.h"
#include "handlers_internal.h"
#include "match_answer_internal.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/directory/question.h"
#include "sociopoint/json/value.h"
#include "sociopoint/match/named.h"
#include "sociopoint/match/question.h"
#include "sociopoint/match/rules.h"
#include "sociopoint/match/understanding.h"

enum { USUAL_ANSWER = 40 * 1024 };

/* What can be said of the question now: everything, or, before the first load, whom to call. */
static bool find_answer(const struct exchange *x, const struct match_resolved *resolved,
                        struct match_answer *found, struct error *err)
{
    if (x->generation == NULL)
        return match_without_catalogue(x->knowledge, resolved, x->arena, found, err);
    return match_run(x->generation, resolved, match_rules_all(), x->arena, found, err);
}

/* Understands the text and the rest of the question. */
static bool understand(const struct exchange *x, const struct match_question *question,
                       struct match_understanding *understanding, struct match_resolved *resolved,
                       struct error *err)
{
    if (!match_resolve(x->knowledge, question, x->arena, resolved, err) ||
        !match_understand(x->knowledge, question->text, x->arena, understanding, err))
        return false;
    match_adopt(understanding, resolved);
    return true;
}

/* Services that the text names; before the first load there are none. */
static bool find_named(const struct exchange *x, const struct match_question *question,
                       struct match_named *named, struct match_resolved *resolved,
                       struct error *err)
{
    if (x->generation == NULL)
        return true;
    resolved->named = named;
    return match_find_named(x->generation, question->text, x->arena, named, err);
}

bool handle_match(struct exchange *x, struct error *err)
{
    struct match_question question = {0};
    struct match_understanding understanding;
    struct match_named named;
    struct match_resolved resolved;
    struct match_answer found;
    struct builder out;
    (void)language_from_tag(json_member_str(x->body, "language"), &x->language);
    if (!question_from_json(x->body, x->arena, &question, err))
        return false;
    question.now_ms = clock_wall_ms();
    if (!understand(x, &question, &understanding, &resolved, err) ||
        !find_named(x, &question, &named, &resolved, err) ||
        !find_answer(x, &resolved, &found, err))
        return false;
    answer_begin_composed(x, &out, USUAL_ANSWER);
    match_answer_write(x, &resolved, &found, &out);
    if (!answer_end_composed(x, &out, err))
        return false;
    http_response_header(x->response, "Cache-Control", STR("no-store"));
    answer_language(x);
    return true;
}
