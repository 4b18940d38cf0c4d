/* SPDX-License-Identifier: EUPL-1.2 */
#include "edition_internal.h"

#include <stdlib.h>
#include <string.h>

#include "problem_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/http/refusal.h"

enum { EDITION_BYTES = 4 * 1024 * 1024, DOCUMENT_MAXIMUM = 64 * 1024 };

/* Whether a refusal may be the answer to somebody in need: it then says whom to call. */
static bool may_be_a_dead_end(int status)
{
    return status == 401 || status == 413 || status == 429 || status >= 500;
}

static bool write_documents(struct edition *edition, size_t index, struct error *err)
{
    const struct http_refusal_kind *kind = http_refusal_at(index);
    struct error problem = {0};
    (void)error_set(&problem, ERROR_NONE, kind->code, "");
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct problem_document document = {
            .status = kind->status,
            .err = &problem,
            .knowledge = edition->knowledge,
            .language = (enum language)language,
            .helpful = may_be_a_dead_end(kind->status),
        };
        struct builder out;
        builder_init(&out, edition->arena, DOCUMENT_MAXIMUM);
        problem_write(&document, edition->arena, &out);
        if (builder_failed(&out) || arena_exhausted(edition->arena))
            return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        edition->documents[index][language] = builder_view(&out);
    }
    return true;
}

struct edition *edition_new(struct rest *rest, const struct knowledge *knowledge, struct error *err)
{
    struct edition *edition = calloc(1, sizeof *edition);
    if (edition != NULL)
        edition->arena = arena_new(EDITION_BYTES);
    if (edition == NULL || edition->arena == NULL) {
        free(edition);
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    edition->rest = rest;
    edition->references = 1;
    edition->knowledge = knowledge_acquire(knowledge);
    for (size_t i = 0; i < EDITION_REFUSALS_MAXIMUM && http_refusal_at(i) != NULL; i++) {
        if (!write_documents(edition, i, err)) {
            edition_free(edition);
            return NULL;
        }
    }
    return edition;
}

void edition_free(struct edition *edition)
{
    if (edition == NULL)
        return;
    knowledge_release(edition->knowledge);
    arena_free(edition->arena);
    free(edition);
}

struct str edition_document(const struct edition *edition, const struct http_refusal *refusal,
                            enum language language)
{
    for (size_t i = 0; i < EDITION_REFUSALS_MAXIMUM; i++) {
        const struct http_refusal_kind *kind = http_refusal_at(i);
        if (kind == NULL)
            break;
        if (strcmp(kind->code, refusal->code) == 0)
            return edition->documents[i][language];
    }
    return (struct str){NULL, 0};
}

struct str edition_unavailable(const struct edition *edition, enum language language)
{
    const struct http_refusal refusal = {.code = "overloaded"};
    return edition_document(edition, &refusal, language);
}
