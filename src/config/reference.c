/* SPDX-License-Identifier: EUPL-1.2 */
#include "loader_internal.h"

static const struct str absent = {NULL, 0};

static int find_category(const struct knowledge *knowledge, struct str key)
{
    for (size_t i = 0; i < knowledge->category_count; i++) {
        if (str_equal(knowledge->categories[i].term.key, key))
            return (int)i;
    }
    return KNOWLEDGE_NONE;
}

static struct str category_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    return index < knowledge->category_count ? knowledge->categories[index].term.key : absent;
}

static int find_crisis_line(const struct knowledge *knowledge, struct str number)
{
    for (size_t i = 0; i < knowledge->crisis_line_count; i++) {
        if (str_equal(knowledge->crisis_lines[i].number, number))
            return (int)i;
    }
    return KNOWLEDGE_NONE;
}

static struct str crisis_line_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    return index < knowledge->crisis_line_count ? knowledge->crisis_lines[index].number : absent;
}

static struct str situation_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    return index < knowledge->situation_count ? knowledge->situations[index].term.key : absent;
}

static struct str target_group_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    return index < knowledge->target_group_count ? knowledge->target_groups[index].term.key
                                                 : absent;
}

/* A kind is known by its section, or where it has none by its key. */
static struct str kind_key_at(const void *context, size_t index)
{
    const struct knowledge *knowledge = context;
    if (index >= knowledge->kind_count)
        return absent;
    const struct service_kind *kind = &knowledge->kinds[index];
    return str_present(kind->section) ? kind->section : kind->term.key;
}

const struct loader_reference loader_category = {"category", find_category, category_key_at};
const struct loader_reference loader_crisis_line = {"crisis-line", find_crisis_line,
                                                    crisis_line_key_at};
const struct loader_reference loader_section = {"section", knowledge_kind, kind_key_at};
const struct loader_reference loader_situation = {"situation", knowledge_situation,
                                                  situation_key_at};
const struct loader_reference loader_target_group = {"target-group", knowledge_target_group,
                                                     target_group_key_at};

int loader_resolve(struct loader *loader, const struct config_yaml *yaml, const char *pointer,
                   const struct loader_reference *reference, struct str key, bool judge)
{
    const int found = reference->find(loader->knowledge, key);
    if (found == KNOWLEDGE_NONE && judge)
        loader_unknown(loader, yaml, pointer, reference->what, key,
                       (struct loader_keys){reference->key_at, loader->knowledge});
    return found;
}
