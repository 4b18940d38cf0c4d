/* SPDX-License-Identifier: EUPL-1.2 */
#include "understood_internal.h"

#include <stdio.h>

#include "situation_internal.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/question.h"
#include "sociopoint/match/understanding.h"
#include "write_internal.h"

enum { CERTAIN = 100, DIGITS_SIZE = 24 };

void understood_write_words(const char *name, const struct text_spans *words, struct builder *out)
{
    write_array(out, name);
    for (size_t i = 0; i < words->count; i++) {
        write_object(out, NULL);
        write_int(out, "start", words->items[i].start);
        write_int(out, "end", words->items[i].end);
        write_text(out, "text", words->items[i].text);
        write_object_end(out);
    }
    write_array_end(out);
}

static void write_confidence(float confidence, struct builder *out)
{
    char digits[DIGITS_SIZE];
    const int percent = (int)(CERTAIN * confidence);
    (void)snprintf(digits, sizeof digits, "%d.%02d", percent / CERTAIN, percent % CERTAIN);
    write_json(out, "confidence", str_from(digits));
}

static const struct recognised *find(const struct match_understanding *understanding,
                                     uint16_t situation)
{
    for (size_t i = 0; understanding != NULL && i < understanding->situation_count; i++) {
        if (understanding->situations[i].situation == situation)
            return &understanding->situations[i];
    }
    return NULL;
}

/* How a situation came into the answer. */
enum standing { STANDING_ASKED, STANDING_USED, STANDING_POSSIBLE };

static void write_situation(const struct knowledge *knowledge, enum language language,
                            uint16_t index, enum standing standing,
                            const struct recognised *recognised, struct builder *out)
{
    const struct situation *situation = &knowledge->situations[index];
    write_object(out, NULL);
    situation_write_name(situation, language, out);
    write_text_z(out, "urgency", situation_urgency_key(situation->urgency));
    write_confidence(standing == STANDING_ASKED || recognised == NULL ? 1 : recognised->confidence,
                     out);
    write_flag(out, "used", standing != STANDING_POSSIBLE);
    if (recognised != NULL)
        understood_write_words("words", &recognised->words, out);
    write_object_end(out);
}

static bool is_used(const struct match_answer *answer, uint16_t situation)
{
    for (size_t i = 0; i < answer->situation_count; i++) {
        if (answer->situations[i] == situation)
            return true;
    }
    return false;
}

void understood_write_situations(const struct knowledge *knowledge, enum language language,
                                 const struct match_resolved *question,
                                 const struct match_answer *answer, struct builder *out)
{
    const struct match_understanding *understanding = question->understanding;
    write_array(out, "situations");
    for (size_t i = 0; i < answer->situation_count; i++)
        write_situation(knowledge, language, answer->situations[i],
                        i < question->asked_count ? STANDING_ASKED : STANDING_USED,
                        find(understanding, answer->situations[i]), out);
    for (size_t i = 0; understanding != NULL && i < understanding->situation_count; i++) {
        const struct recognised *recognised = &understanding->situations[i];
        if (!is_used(answer, recognised->situation))
            write_situation(knowledge, language, recognised->situation, STANDING_POSSIBLE,
                            recognised, out);
    }
    write_array_end(out);
}

static void write_categories(const struct knowledge *knowledge, enum language language,
                             const struct match_understanding *understanding, struct builder *out)
{
    write_array(out, "categories");
    for (size_t i = 0; i < understanding->category_count; i++) {
        const struct term *term = &knowledge->categories[understanding->categories[i]].term;
        write_object(out, NULL);
        write_id(out, "id", &term->id);
        write_text(out, "key", term->key);
        write_text(out, "name", term->name.in[language]);
        write_object_end(out);
    }
    write_array_end(out);
}

static void write_people(const struct knowledge *knowledge,
                         const struct match_understanding *understanding, struct builder *out)
{
    static const char *const sexes[] = {
        [SEX_UNSAID] = NULL, [SEX_FEMALE] = "female", [SEX_MALE] = "male"};
    write_object(out, "people");
    write_array(out, "ages");
    for (size_t i = 0; i < understanding->age_count; i++)
        write_int(out, NULL, understanding->ages[i]);
    write_array_end(out);
    write_text_z(out, "sex", sexes[understanding->sex]);
    if (understanding->with_children)
        write_flag(out, "with_children", true);
    write_array(out, "target_groups");
    for (size_t i = 0; i < knowledge->target_group_count; i++) {
        if ((understanding->target_groups >> i & 1) != 0)
            write_text(out, NULL, knowledge->target_groups[i].term.key);
    }
    write_array_end(out);
    understood_write_words("words", &understanding->people_words, out);
    write_object_end(out);
}

static const char *sentence_of(const struct match_understanding *understanding)
{
    if (understanding->state == UNDERSTANDING_SURE)
        return "understood.sure";
    if (understanding->state == UNDERSTANDING_UNSURE)
        return "understood.unsure";
    return understanding->category_count > 0 ? "understood.none.near" : "understood.none";
}

void understood_write(const struct knowledge *knowledge, enum language language,
                      const struct match_understanding *understanding, struct builder *out)
{
    static const struct str none[3];
    if (understanding == NULL || understanding->state == UNDERSTANDING_NO_TEXT)
        return;
    write_object(out, "understood");
    write_text_z(out, "state", understanding_state_key(understanding->state));
    write_text_begin(out, "text");
    texts_append_escaped(&knowledge->texts, language, str_from(sentence_of(understanding)), none,
                         out);
    write_text_end(out);
    write_people(knowledge, understanding, out);
    write_categories(knowledge, language, understanding, out);
    write_flag(out, "cut", understanding->cut);
    write_object_end(out);
}
