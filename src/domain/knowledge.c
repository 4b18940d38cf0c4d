/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/knowledge.h"

#include <stdlib.h>

#include "sociopoint/text/classifier.h"
#include "sociopoint/text/vocabulary.h"

struct knowledge *knowledge_new(size_t arena_maximum)
{
    struct knowledge *knowledge = calloc(1, sizeof *knowledge);
    if (knowledge == NULL)
        return NULL;
    knowledge->arena = arena_new(arena_maximum);
    if (knowledge->arena == NULL) {
        free(knowledge);
        return NULL;
    }
    knowledge->default_municipality = KNOWLEDGE_NONE;
    knowledge->references = 1;
    return knowledge;
}

/* The count is the one member that changes after publication; the cast is for it alone. */
static int *references_of(const struct knowledge *knowledge)
{
    return &((struct knowledge *)(uintptr_t)knowledge)->references;
}

const struct knowledge *knowledge_acquire(const struct knowledge *knowledge)
{
    (void)__atomic_add_fetch(references_of(knowledge), 1, __ATOMIC_RELAXED);
    return knowledge;
}

void knowledge_release(const struct knowledge *knowledge)
{
    if (knowledge == NULL || __atomic_sub_fetch(references_of(knowledge), 1, __ATOMIC_ACQ_REL) > 0)
        return;
    classifier_free(knowledge->understanding.classifier);
    vocabulary_free(knowledge->understanding.vocabulary);
    arena_free(knowledge->arena);
    free((struct knowledge *)(uintptr_t)knowledge);
}

/* The position of the term with `key` in an array whose elements start with a struct term. */
static int find_term(const void *array, size_t count, size_t size, struct str key)
{
    for (size_t i = 0; i < count; i++) {
        const struct term *term = (const void *)((const char *)array + i * size);
        if (str_equal(term->key, key))
            return (int)i;
    }
    return KNOWLEDGE_NONE;
}

int knowledge_situation(const struct knowledge *knowledge, struct str key)
{
    return find_term(knowledge->situations, knowledge->situation_count, sizeof(struct situation),
                     key);
}

int knowledge_target_group(const struct knowledge *knowledge, struct str key)
{
    return find_term(knowledge->target_groups, knowledge->target_group_count,
                     sizeof(struct target_group), key);
}

int knowledge_kind(const struct knowledge *knowledge, struct str key_or_section)
{
    int found = find_term(knowledge->kinds, knowledge->kind_count, sizeof(struct service_kind),
                          key_or_section);
    for (size_t i = 0; found == KNOWLEDGE_NONE && i < knowledge->kind_count; i++) {
        struct str section = knowledge->kinds[i].section;
        if (str_present(section) && str_equal(section, key_or_section))
            found = (int)i;
    }
    return found;
}

int knowledge_municipality(const struct knowledge *knowledge, struct str key)
{
    for (size_t i = 0; i < knowledge->municipality_count; i++) {
        if (str_equal(knowledge->municipalities[i].key, key))
            return (int)i;
    }
    return KNOWLEDGE_NONE;
}

int municipality_district(const struct municipality *municipality, struct str key)
{
    for (size_t i = 0; i < municipality->district_count; i++) {
        if (str_equal(municipality->districts[i].key, key))
            return (int)i;
    }
    return KNOWLEDGE_NONE;
}

int municipality_locality(const struct municipality *municipality, struct str key)
{
    for (size_t i = 0; i < municipality->locality_count; i++) {
        if (str_equal(municipality->localities[i].key, key))
            return (int)i;
    }
    return KNOWLEDGE_NONE;
}

static const struct {
    enum service_form form;
    const char *key;
} forms[] = {
    {FORM_RESIDENTIAL, "residential"},
    {FORM_OUTPATIENT, "outpatient"},
    {FORM_FIELD, "field"},
};

unsigned service_form_from_key(struct str key)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (str_equal_z(key, forms[i].key))
            return forms[i].form;
    }
    return 0;
}

const char *service_form_key(enum service_form form)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (forms[i].form == form)
            return forms[i].key;
    }
    return NULL;
}
