/* SPDX-License-Identifier: EUPL-1.2 */
#include "situation_internal.h"

#include "contact_internal.h"
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "sociopoint/json/value.h"
#include "write_internal.h"

static const char vary[] = "Accept-Language, Authorization";

const char *situation_urgency_key(enum urgency urgency)
{
    static const char *const keys[] = {
        [URGENCY_NORMAL] = "normal", [URGENCY_URGENT] = "urgent", [URGENCY_CRISIS] = "crisis"};
    return keys[urgency];
}

void situation_write_name(const struct situation *situation, enum language language,
                          struct builder *out)
{
    write_id(out, "id", &situation->term.id);
    write_text(out, "key", situation->term.key);
    write_text(out, "name", situation->term.name.in[language]);
}

/* The municipality whose local lines are wanted: that of the parameter, else the first. */
static bool municipality_asked(const struct exchange *x, int *municipality, struct error *err)
{
    struct str key = json_str(exchange_parameter(x, "municipality"));
    *municipality = x->knowledge->default_municipality;
    if (!str_present(key))
        return true;
    *municipality = knowledge_municipality(x->knowledge, key);
    return *municipality != KNOWLEDGE_NONE ||
           error_set(err, ERROR_MALFORMED, "municipality-unknown", "municipality");
}

/* The members of a situation besides those of its name. */
static void write_rest(const struct exchange *x, const struct situation *situation,
                       int municipality, struct builder *out)
{
    write_text(out, "description", situation->term.description.in[x->language]);
    write_text_z(out, "urgency", situation_urgency_key(situation->urgency));
    contact_write_local_lines(x->knowledge, x->language, situation, municipality, out);
}

static void write_category(const struct exchange *x, int category, int municipality,
                           struct builder *out)
{
    const struct knowledge *knowledge = x->knowledge;
    const struct term *term = &knowledge->categories[category].term;
    write_object(out, NULL);
    write_id(out, "id", &term->id);
    write_text(out, "key", term->key);
    write_text(out, "name", term->name.in[x->language]);
    write_text(out, "description", term->description.in[x->language]);
    write_array(out, "situations");
    for (size_t i = 0; i < knowledge->situation_count; i++) {
        const struct situation *situation = &knowledge->situations[i];
        if (situation->category != category)
            continue;
        write_object(out, NULL);
        situation_write_name(situation, x->language, out);
        write_rest(x, situation, municipality, out);
        write_object_end(out);
    }
    write_array_end(out);
    write_object_end(out);
}

static void write_situation(const struct exchange *x, const struct situation *situation,
                            int municipality, struct builder *out)
{
    const struct term *category = &x->knowledge->categories[situation->category].term;
    write_object(out, NULL);
    write_text_z(out, "language", language_tag(x->language));
    write_object(out, "category");
    write_id(out, "id", &category->id);
    write_text(out, "key", category->key);
    write_text(out, "name", category->name.in[x->language]);
    write_object_end(out);
    situation_write_name(situation, x->language, out);
    write_rest(x, situation, municipality, out);
    write_object_end(out);
}

static bool finish(struct exchange *x, const struct builder *out, struct str tag, struct error *err)
{
    if (!answer_end(x, out, err))
        return false;
    answer_cacheable(x, tag, vary);
    answer_language(x);
    return true;
}

bool handle_situations(struct exchange *x, struct error *err)
{
    int municipality;
    struct builder out;
    struct str tag = tag_of_composed(x, x->language);
    if (!municipality_asked(x, &municipality, err))
        return false;
    if (answer_unchanged(x, tag, vary))
        return true;
    answer_begin(x, &out);
    write_object(&out, NULL);
    write_text_z(&out, "language", language_tag(x->language));
    write_array(&out, "categories");
    for (size_t i = 0; i < x->knowledge->category_count; i++)
        write_category(x, (int)i, municipality, &out);
    write_array_end(&out);
    write_object_end(&out);
    return finish(x, &out, tag, err);
}

/* By key, or by the id of its term. */
static const struct situation *situation_asked(const struct exchange *x)
{
    struct str asked = json_str(exchange_parameter(x, "id"));
    int index = knowledge_situation(x->knowledge, asked);
    struct uuid id;
    if (index != KNOWLEDGE_NONE)
        return &x->knowledge->situations[index];
    for (size_t i = 0; uuid_from_text(asked, &id) && i < x->knowledge->situation_count; i++) {
        if (uuid_compare_ids(&x->knowledge->situations[i].term.id, &id) == 0)
            return &x->knowledge->situations[i];
    }
    return NULL;
}

bool handle_situation(struct exchange *x, struct error *err)
{
    int municipality;
    struct builder out;
    const struct situation *situation = situation_asked(x);
    struct str tag = tag_of_composed(x, x->language);
    if (!municipality_asked(x, &municipality, err))
        return false;
    if (situation == NULL)
        return answer_not_found(err);
    if (answer_unchanged(x, tag, vary))
        return true;
    answer_begin(x, &out);
    write_situation(x, situation, municipality, &out);
    return finish(x, &out, tag, err);
}
