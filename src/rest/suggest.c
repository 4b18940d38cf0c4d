/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "situation_internal.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/json/value.h"
#include "sociopoint/match/completion.h"
#include "sociopoint/match/question.h"
#include "understood_internal.h"
#include "write_internal.h"

static const struct entry *entry_at(const struct exchange *x, enum document_kind kind,
                                    uint32_t position)
{
    size_t count = 0;
    return generation_documents(x->generation, kind, &count)[position];
}

static void write_situation(const struct exchange *x, uint32_t position, struct builder *out)
{
    const struct situation *situation = &x->knowledge->situations[position];
    situation_write_name(situation, x->language, out);
    if (situation->category != KNOWLEDGE_NONE)
        write_text(out, "detail",
                   x->knowledge->categories[situation->category].term.name.in[x->language]);
}

static void write_service(const struct exchange *x, uint32_t position, struct builder *out)
{
    const struct entry *entry = entry_at(x, DOCUMENT_SERVICE, position);
    write_id(out, "id", &entry->id);
    write_text(out, "name", entry->facts.service->name);
    write_text(out, "detail", entry->facts.service->organization_name);
}

static void write_organization(const struct exchange *x, uint32_t position, struct builder *out)
{
    const struct entry *entry = entry_at(x, DOCUMENT_ORGANIZATION, position);
    write_id(out, "id", &entry->id);
    write_text(out, "name", entry->facts.organization->name);
}

/* A locality or a part is in a district where that is known, else in the municipality. */
static void write_place(const struct exchange *x, uint32_t position, struct builder *out)
{
    const struct name_place *place = generation_name_place(x->generation, position);
    const struct municipality *municipality = &x->knowledge->municipalities[place->municipality];
    struct str key = {NULL, 0};
    struct str detail = municipality->name.in[x->language];
    if (place->district != KNOWLEDGE_NONE) {
        const struct district *district = &municipality->districts[place->district];
        key = district->key;
        detail = str_equal(district->name, place->name) ? detail : district->name;
    }
    if (place->locality != KNOWLEDGE_NONE)
        key = municipality->localities[place->locality].key;
    write_text(out, "key", key);
    write_text(out, "name", place->name);
    write_text(out, "detail", detail);
}

static void write_item(const struct exchange *x, const struct completion *completion,
                       struct builder *out)
{
    static const struct {
        const char *kind;
        void (*write)(const struct exchange *x, uint32_t position, struct builder *out);
    } kinds[NAME_KIND_COUNT] = {[NAME_SITUATION] = {"situation", write_situation},
                                [NAME_SERVICE] = {"service", write_service},
                                [NAME_ORGANIZATION] = {"organization", write_organization},
                                [NAME_PLACE] = {"place", write_place}};
    write_object(out, NULL);
    write_text_z(out, "kind", kinds[completion->kind].kind);
    kinds[completion->kind].write(x, completion->position, out);
    understood_write_words("words", &completion->words, out);
    write_object_end(out);
}

static void write_answer(const struct exchange *x, int municipality,
                         const struct completions *completions, struct builder *out)
{
    write_object(out, NULL);
    write_text_z(out, "language", language_tag(x->language));
    write_text(out, "municipality", x->knowledge->municipalities[municipality].key);
    write_array(out, "items");
    for (size_t i = 0; i < completions->count; i++)
        write_item(x, &completions->items[i], out);
    write_array_end(out);
    write_object_end(out);
}

/* Which municipality is meant; an unknown one is refused as in a question of the match. */
static bool find_municipality(const struct exchange *x, struct str text, int *municipality,
                              struct error *err)
{
    struct match_resolved resolved;
    const struct match_question question = {
        .text = text, .municipality = json_member_str(x->body, "municipality")};
    if (!match_resolve(x->knowledge, &question, x->arena, &resolved, err))
        return false;
    *municipality = resolved.municipality;
    return true;
}

bool handle_suggest(struct exchange *x, struct error *err)
{
    int64_t limit;
    struct completions completions;
    struct builder out;
    (void)language_from_tag(json_member_str(x->body, "language"), &x->language);
    if (!json_to_int64(json_object_get(x->body, "limit"), &limit))
        limit = COMPLETION_LIMIT_MAXIMUM;
    struct completion_question question = {
        .text = json_member_str(x->body, "text"), .language = x->language, .limit = (size_t)limit};
    if (!find_municipality(x, question.text, &question.municipality, err) ||
        !match_complete(x->generation, &question, x->arena, &completions, err))
        return false;
    answer_begin(x, &out);
    write_answer(x, question.municipality, &completions, &out);
    if (!answer_end(x, &out, err))
        return false;
    http_response_header(x->response, "Cache-Control", STR("no-store"));
    answer_language(x);
    return true;
}
