/* SPDX-License-Identifier: EUPL-1.2 */
#include "document_internal.h"

#include "exchange_internal.h"
#include "handlers_internal.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/list.h"

static const char vary[] = "Authorization";

const struct entry *document_asked(const struct exchange *x, enum document_kind kind,
                                   struct error *err)
{
    struct uuid id;
    const struct entry *entry =
        exchange_id(x, &id) ? generation_find(x->generation, kind, &id) : NULL;
    if (entry == NULL)
        (void)answer_not_found(err);
    return entry;
}

bool document_answer(struct exchange *x, const struct entry *entry, struct error *err)
{
    struct str tag = tag_of_document(x, entry);
    if (!str_present(tag))
        return answer_no_memory(err);
    if (answer_unchanged(x, tag, vary))
        return true;
    http_response_set(x->response, 200, STR("application/json"), entry->body);
    answer_cacheable(x, tag, vary);
    return true;
}

static bool answer_published(struct exchange *x, enum document_kind kind, struct error *err)
{
    const struct entry *entry = document_asked(x, kind, err);
    return entry != NULL && document_answer(x, entry, err);
}

bool document_append_with_services(struct exchange *x, const struct entry *organization,
                                   struct str json, struct error *err)
{
    const struct list_query query = {
        .kind = DOCUMENT_SERVICE,
        .organization_id = &organization->id,
        .page = 1,
        .per_page = LIST_ALL,
    };
    struct list_page page;
    if (!generation_list(x->generation, &query, x->arena, &page, err))
        return false;
    while (json.length > 0 && json.data[json.length - 1] != '}')
        json.length--;
    if (json.length > 0)
        json.length--;
    http_response_append(x->response, json);
    http_response_append(x->response, STR(",\"services\":["));
    for (size_t i = 0; i < page.size; i++) {
        if (i > 0)
            http_response_append(x->response, STR(","));
        http_response_append(x->response, page.items[i]->short_form);
    }
    http_response_append(x->response, STR("]}"));
    return true;
}

/* The organization with its services: composed, so it has the tag of everything. */
static bool answer_with_services(struct exchange *x, const struct entry *organization,
                                 struct error *err)
{
    struct str tag = tag_of_composed(x, LANGUAGE_CS);
    if (!str_present(tag))
        return answer_no_memory(err);
    if (answer_unchanged(x, tag, vary))
        return true;
    http_response_set(x->response, 200, STR("application/json"), STR(""));
    if (!document_append_with_services(x, organization, organization->body, err))
        return false;
    answer_cacheable(x, tag, vary);
    return true;
}

bool handle_service(struct exchange *x, struct error *err)
{
    return answer_published(x, DOCUMENT_SERVICE, err);
}

bool handle_service_at_location(struct exchange *x, struct error *err)
{
    return answer_published(x, DOCUMENT_SERVICE_AT_LOCATION, err);
}

bool handle_organization(struct exchange *x, struct error *err)
{
    const struct entry *entry = document_asked(x, DOCUMENT_ORGANIZATION, err);
    if (entry == NULL)
        return false;
    if (json_is_true(exchange_parameter(x, "full_service")))
        return answer_with_services(x, entry, err);
    return document_answer(x, entry, err);
}
