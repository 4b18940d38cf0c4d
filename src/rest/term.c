/* SPDX-License-Identifier: EUPL-1.2 */
#include "term_internal.h"

#include <stddef.h>

#include "document_internal.h"
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "sociopoint/catalogue/entry.h"
#include "write_internal.h"

static const char vary[] = "Accept-Language, Authorization";

/* A known term, its taxonomy, and its parent (NULL: a root). */
struct known_term {
    const struct term *term;
    const struct term *taxonomy;
    const struct term *parent;
};

static bool is(const struct term *term, const struct uuid *id)
{
    return uuid_compare_ids(&term->id, id) == 0;
}

static bool find_situation_term(const struct knowledge *knowledge, const struct uuid *id,
                                struct known_term *found)
{
    found->taxonomy = &knowledge->situations_taxonomy;
    for (size_t i = 0; i < knowledge->category_count; i++) {
        if (is(&knowledge->categories[i].term, id)) {
            found->term = &knowledge->categories[i].term;
            return true;
        }
    }
    for (size_t i = 0; i < knowledge->situation_count; i++) {
        const struct situation *situation = &knowledge->situations[i];
        if (is(&situation->term, id)) {
            found->term = &situation->term;
            found->parent = &knowledge->categories[situation->category].term;
            return true;
        }
    }
    return false;
}

static bool find_term(const struct knowledge *knowledge, const struct uuid *id,
                      struct known_term *found)
{
    *found = (struct known_term){0};
    if (find_situation_term(knowledge, id, found))
        return true;
    found->taxonomy = &knowledge->target_groups_taxonomy;
    for (size_t i = 0; i < knowledge->target_group_count; i++) {
        found->term = &knowledge->target_groups[i].term;
        if (is(found->term, id))
            return true;
    }
    found->taxonomy = &knowledge->kinds_taxonomy;
    for (size_t i = 0; i < knowledge->kind_count; i++) {
        found->term = &knowledge->kinds[i].term;
        if (is(found->term, id))
            return true;
    }
    return false;
}

/* HSDS wants a description of everything; the name stands in for a missing one. */
static void write_description(const struct term *term, enum language language, struct builder *out)
{
    struct str description = term->description.in[language];
    write_text(out, "description", str_empty(description) ? term->name.in[language] : description);
}

static void write_taxonomy(const struct term *taxonomy, enum language language, const char *name,
                           struct builder *out)
{
    write_object(out, name);
    write_id(out, "id", &taxonomy->id);
    write_text(out, "name", taxonomy->name.in[language]);
    write_description(taxonomy, language, out);
    write_object_end(out);
}

static void write_known_term(const struct known_term *known, enum language language,
                             struct builder *out)
{
    write_object(out, NULL);
    write_id(out, "id", &known->term->id);
    write_text(out, "code", known->term->key);
    write_text(out, "name", known->term->name.in[language]);
    write_description(known->term, language, out);
    if (known->parent != NULL)
        write_id(out, "parent_id", &known->parent->id);
    write_text(out, "taxonomy", known->taxonomy->name.in[language]);
    write_text_z(out, "language", language_tag(language));
    write_id(out, "taxonomy_id", &known->taxonomy->id);
    write_taxonomy(known->taxonomy, language, "taxonomy_detail", out);
    write_object_end(out);
}

bool term_write(const struct knowledge *knowledge, enum language language,
                const struct entry *entry, struct builder *out)
{
    const struct term *const taxonomies[] = {&knowledge->situations_taxonomy,
                                             &knowledge->target_groups_taxonomy,
                                             &knowledge->kinds_taxonomy};
    if (entry->kind == DOCUMENT_TAXONOMY) {
        for (size_t i = 0; i < sizeof taxonomies / sizeof taxonomies[0]; i++) {
            if (!is(taxonomies[i], &entry->id))
                continue;
            write_taxonomy(taxonomies[i], language, NULL, out);
            return true;
        }
        return false;
    }
    struct known_term known;
    if (!find_term(knowledge, &entry->id, &known))
        return false;
    write_known_term(&known, language, out);
    return true;
}

static bool answer_term(struct exchange *x, enum document_kind kind, struct error *err)
{
    const struct entry *entry = document_asked(x, kind, err);
    if (entry == NULL)
        return false;
    struct str tag = tag_of_composed(x, x->language);
    if (!str_present(tag))
        return answer_no_memory(err);
    if (answer_unchanged(x, tag, vary))
        return true;
    struct builder out;
    answer_begin(x, &out);
    if (!term_write(x->knowledge, x->language, entry, &out)) {
        x->language = LANGUAGE_CS;
        builder_append(&out, entry->body);
    }
    if (!answer_end(x, &out, err))
        return false;
    answer_cacheable(x, tag, vary);
    answer_language(x);
    return true;
}

bool handle_taxonomy(struct exchange *x, struct error *err)
{
    return answer_term(x, DOCUMENT_TAXONOMY, err);
}

bool handle_taxonomy_term(struct exchange *x, struct error *err)
{
    return answer_term(x, DOCUMENT_TAXONOMY_TERM, err);
}
