/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "contract_internal.h"
#include "document_internal.h"
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "list_internal.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/json/value.h"
#include "term_internal.h"
#include "write_internal.h"

enum { PER_PAGE_DEFAULT = 50, NDJSON_ITEMS_MAXIMUM = HTTP_RESPONSE_PIECES_MAXIMUM / 2 - 8 };

static const char vary_by_language[] = "Accept-Language, Authorization";
static const char vary[] = "Authorization";

/* A criterion of the search: a member of the body, or a parameter. */
static const json_t *criterion(const struct exchange *x, const char *name)
{
    const json_t *value = json_object_get(x->body, name);
    return value != NULL ? value : exchange_parameter(x, name);
}

static bool flag(const struct exchange *x, const char *name)
{
    return json_is_true(criterion(x, name));
}

static size_t number(const struct exchange *x, const char *name, size_t otherwise)
{
    int64_t value;
    return json_to_int64(criterion(x, name), &value) ? (size_t)value : otherwise;
}

static const struct uuid *identifier(const struct exchange *x, const char *name, struct uuid *store)
{
    return uuid_from_text(json_str(criterion(x, name)), store) ? store : NULL;
}

/* A problem with a criterion is told where it stands: a parameter (400) or a member (422). */
static bool criterion_refused(struct exchange *x, const char *problem, const char *name,
                              struct error *err)
{
    char pointer[64];
    if (json_object_get(x->body, name) == NULL) {
        x->part = PART_PARAMETERS;
        return error_set(err, ERROR_MALFORMED, problem, name);
    }
    (void)snprintf(pointer, sizeof pointer, "/%s", name);
    return error_set(err, ERROR_INVALID, problem, pointer);
}

/* Criteria may stand in the body or in the query, but each only once. */
static bool check_criteria(struct exchange *x, struct error *err)
{
    const char *name;
    json_t *value;
    json_object_foreach(x->body, name, value)
    {
        if (exchange_parameter(x, name) != NULL)
            return criterion_refused(x, "criterion-twice", name, err);
    }
    if (criterion(x, "proximity") != NULL)
        return criterion_refused(x, "not-supported", "proximity", err);
    return true;
}

/* Ids of the criteria; the query points at them. */
struct list_ids {
    struct uuid term;
    struct uuid taxonomy;
    struct uuid organization;
    struct uuid parent;
};

static void read_criteria(const struct exchange *x, bool all, struct list_ids *ids,
                          struct list_query *query)
{
    query->municipality = json_str(criterion(x, "municipality"));
    query->taxonomy_term_id = identifier(x, "taxonomy_term_id", &ids->term);
    query->taxonomy_id = identifier(x, "taxonomy_id", &ids->taxonomy);
    query->organization_id = identifier(x, "organization_id", &ids->organization);
    query->parent_id = identifier(x, "parent_id", &ids->parent);
    query->modified_after = json_str(criterion(x, "modified_after"));
    query->search = json_str(criterion(x, "search"));
    query->postcode = json_str(criterion(x, "postcode"));
    query->top_only = flag(x, "top_only");
    query->page = all ? 1 : number(x, "page", 1);
    query->per_page = all ? LIST_ALL : number(x, "per_page", PER_PAGE_DEFAULT);
}

static bool find_items(struct exchange *x, const struct list_query *query, struct list_page *page,
                       struct error *err)
{
    struct error found = {0};
    if (generation_list(x->generation, query, x->arena, page, &found))
        return true;
    if (found.code == ERROR_MEMORY || found.problem_count == 0) {
        *err = found;
        return false;
    }
    return criterion_refused(x, found.problems[0].code, found.problems[0].pointer, err);
}

/* What an item shows, besides the kind. */
struct list_shape {
    bool minimal;
    bool full;
    bool services;
};

static bool append_composed(struct exchange *x, const struct builder *item, struct error *err)
{
    if (builder_failed(item))
        return answer_no_memory(err);
    http_response_append(x->response, builder_view(item));
    return true;
}

static bool append_minimal(struct exchange *x, const struct entry *entry, struct error *err)
{
    struct builder item;
    answer_begin(x, &item);
    write_object(&item, NULL);
    write_id(&item, "id", &entry->id);
    if (entry->modified_ms >= 0)
        write_time(&item, "last_modified", entry->modified_ms);
    write_object_end(&item);
    return append_composed(x, &item, err);
}

static bool append_item(struct exchange *x, const struct list_shape *shape,
                        const struct entry *entry, struct error *err)
{
    struct str published = shape->full ? entry->body : entry->short_form;
    if (shape->minimal)
        return append_minimal(x, entry, err);
    if (shape->services)
        return document_append_with_services(x, entry, published, err);
    if (entry->kind == DOCUMENT_TAXONOMY || entry->kind == DOCUMENT_TAXONOMY_TERM) {
        struct builder item;
        answer_begin(x, &item);
        if (term_write(x->knowledge, x->language, entry, &item))
            return append_composed(x, &item, err);
    }
    http_response_append(x->response, published);
    return true;
}

static bool append_envelope(struct exchange *x, const struct list_page *page, struct error *err)
{
    struct builder out;
    answer_begin(x, &out);
    write_object(&out, NULL);
    write_int(&out, "total_items", (int64_t)page->total_items);
    write_int(&out, "total_pages", (int64_t)page->total_pages);
    write_int(&out, "page_number", (int64_t)page->page_number);
    write_int(&out, "size", (int64_t)page->size);
    write_flag(&out, "first_page", page->first_page);
    write_flag(&out, "last_page", page->last_page);
    write_flag(&out, "empty", page->empty);
    write_array(&out, "contents");
    return append_composed(x, &out, err);
}

static bool answer_page(struct exchange *x, const struct list_shape *shape,
                        const struct list_page *page, struct error *err)
{
    http_response_set(x->response, 200, STR("application/json"), STR(""));
    if (!append_envelope(x, page, err))
        return false;
    for (size_t i = 0; i < page->size; i++) {
        if (i > 0)
            http_response_append(x->response, STR(","));
        if (!append_item(x, shape, page->items[i], err))
            return false;
    }
    http_response_append(x->response, STR("]}"));
    /* Criteria in a body stay out of URLs, so only a GET has links. */
    return x->request->method == HTTP_POST || link_header(x, page, err);
}

static bool answer_lines(struct exchange *x, const struct list_shape *shape,
                         const struct list_page *page, struct error *err)
{
    if (page->size > NDJSON_ITEMS_MAXIMUM)
        return criterion_refused(x, "list-too-long", "format", err);
    http_response_set(x->response, 200, STR("application/x-ndjson"), STR(""));
    for (size_t i = 0; i < page->size; i++) {
        if (!append_item(x, shape, page->items[i], err))
            return false;
        http_response_append(x->response, STR("\n"));
    }
    return true;
}

static bool answer_list(struct exchange *x, enum document_kind kind, bool localised,
                        struct error *err)
{
    bool lines = str_equal_z(json_str(criterion(x, "format")), "ndjson");
    struct list_query query = {.kind = kind};
    struct list_ids ids;
    struct list_page page;
    const struct list_shape shape = {flag(x, "minimal"), flag(x, "full"), flag(x, "full_service")};
    const char *depends_on = localised ? vary_by_language : vary;
    struct str tag = tag_of_composed(x, localised ? x->language : LANGUAGE_CS);
    if (!check_criteria(x, err))
        return false;
    if (!str_present(tag))
        return answer_no_memory(err);
    if (answer_unchanged(x, tag, depends_on))
        return true;
    read_criteria(x, lines, &ids, &query);
    if (!find_items(x, &query, &page, err))
        return false;
    if (lines ? !answer_lines(x, &shape, &page, err) : !answer_page(x, &shape, &page, err))
        return false;
    answer_cacheable(x, tag, depends_on);
    if (localised)
        answer_language(x);
    return true;
}

bool handle_services(struct exchange *x, struct error *err)
{
    return answer_list(x, DOCUMENT_SERVICE, false, err);
}

bool handle_organizations(struct exchange *x, struct error *err)
{
    return answer_list(x, DOCUMENT_ORGANIZATION, false, err);
}

bool handle_service_at_locations(struct exchange *x, struct error *err)
{
    return answer_list(x, DOCUMENT_SERVICE_AT_LOCATION, false, err);
}

bool handle_taxonomies(struct exchange *x, struct error *err)
{
    return answer_list(x, DOCUMENT_TAXONOMY, true, err);
}

bool handle_taxonomy_terms(struct exchange *x, struct error *err)
{
    return answer_list(x, DOCUMENT_TAXONOMY_TERM, true, err);
}
