/* SPDX-License-Identifier: EUPL-1.2 */
/* Import files of synthetic services. */
#include <stdio.h>
#include <string.h>

#include "bench/synthetic.h"

/* The file of one municipality that is being filled. */
struct draft {
    char municipality[64];
    json_t *file; /* NULL: none begun */
    size_t services;
    size_t written; /* files */
};

enum { MUNICIPALITIES = 8 };

static void draft_begin(struct draft *draft)
{
    draft->file = json_pack("{s:s, s:[], s:[], s:[]}", "municipality", draft->municipality,
                            "organizations", "locations", "services");
    draft->services = 0;
}

static void draft_write(struct draft *draft, const char *folder)
{
    char path[4096];
    if (draft->file == NULL)
        return;
    (void)snprintf(path, sizeof path, "%s/%s-%04zu.json", folder, draft->municipality,
                   ++draft->written);
    if (json_dump_file(draft->file, path, JSON_INDENT(1)) != 0)
        synthetic_fail("cannot write", path);
    json_decref(draft->file);
    draft->file = NULL;
}

static struct draft *draft_of(struct draft *drafts, const char *municipality)
{
    size_t i = 0;
    while (i < MUNICIPALITIES - 1 && drafts[i].municipality[0] != '\0' &&
           strcmp(drafts[i].municipality, municipality) != 0)
        i++;
    (void)snprintf(drafts[i].municipality, sizeof drafts[i].municipality, "%s", municipality);
    if (drafts[i].file == NULL)
        draft_begin(&drafts[i]);
    return &drafts[i];
}

/* An organisation stands once in all files together, which are imported together. */
static void draft_add(struct draft *draft, json_t *known, const json_t *record)
{
    json_t *organization = json_object_get(record, "organization");
    const char *key = json_string_value(json_object_get(organization, "key"));
    if (json_object_get(known, key) == NULL) {
        (void)json_object_set_new(known, key, json_true());
        (void)json_array_append(json_object_get(draft->file, "organizations"), organization);
    }
    (void)json_array_extend(json_object_get(draft->file, "locations"),
                            json_object_get(record, "locations"));
    (void)json_array_append(json_object_get(draft->file, "services"),
                            json_object_get(record, "service"));
    draft->services++;
}

void synthetic_write(const struct synthetic *synthetic, size_t services, size_t per_file,
                     const char *folder)
{
    struct draft drafts[MUNICIPALITIES] = {0};
    json_t *known = json_object(); /* keys of the organisations written */
    for (size_t n = 0; n < services; n++) {
        json_t *record = synthetic_record(synthetic, n);
        struct draft *draft =
            draft_of(drafts, json_string_value(json_object_get(record, "municipality")));
        draft_add(draft, known, record);
        if (draft->services == per_file)
            draft_write(draft, folder);
        json_decref(record);
    }
    for (size_t i = 0; i < MUNICIPALITIES; i++)
        draft_write(&drafts[i], folder);
    json_decref(known);
}
