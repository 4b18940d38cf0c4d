/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/list.h"

#include <stdlib.h>
#include <string.h>

#include "generation_internal.h"
#include "list_internal.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/fold.h"
#include "sociopoint/base/moment.h"
#include "sociopoint/domain/knowledge.h"

/* A query with its words made comparable, and the documents it looks through. */
struct prepared {
    const struct generation *generation;
    const struct list_query *query;
    const struct document_list *list;
    const struct positions *positions; /* NULL: the whole list */
    int64_t modified_after_ms;
    struct str search;
    const uint64_t *named; /* bits by position: found by the index of names; NULL: not looked for */
    struct str taxonomy;   /* key of the taxonomy asked for; absent: there is none */
    const struct uuid *terms; /* of that taxonomy, sorted */
    size_t term_count;
    bool filtered; /* there is more to test than the positions */
};

static bool out_of_memory(struct error *err)
{
    return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
}

static int compare_ids(const void *left, const void *right)
{
    return uuid_compare_ids(left, right);
}

static bool is_term_of(const struct entry *term, struct str taxonomy)
{
    return str_present(taxonomy) && str_equal(term->facts.term->taxonomy, taxonomy);
}

/* Which taxonomy is meant, and its terms. */
static bool prepare_taxonomy(const struct generation *generation, struct prepared *prepared,
                             struct arena *arena, struct error *err)
{
    const struct document_list *all = &generation->lists[DOCUMENT_TAXONOMY_TERM];
    const struct entry *taxonomy =
        generation_find(generation, DOCUMENT_TAXONOMY, prepared->query->taxonomy_id);
    struct uuid *terms = arena_array(arena, all->count, sizeof *terms);
    if (terms == NULL)
        return out_of_memory(err);
    if (taxonomy == NULL)
        return true;
    prepared->taxonomy = taxonomy->facts.taxonomy->key;
    for (size_t i = 0; i < all->count; i++) {
        if (is_term_of(all->entries[i], prepared->taxonomy))
            terms[prepared->term_count++] = all->entries[i]->id;
    }
    qsort(terms, prepared->term_count, sizeof *terms, compare_ids);
    prepared->terms = terms;
    return true;
}

static bool prepare_municipality(const struct generation *generation, struct prepared *prepared,
                                 struct error *err)
{
    int municipality = knowledge_municipality(generation->knowledge, prepared->query->municipality);
    if (municipality == KNOWLEDGE_NONE)
        return error_set(err, ERROR_INVALID, "municipality-unknown", "municipality");
    if (prepared->list->by_municipality != NULL)
        prepared->positions = &prepared->list->by_municipality[municipality];
    return true;
}

/* The search as a piece of a name, and as words of names. */
static bool prepare_search(const struct generation *generation, struct prepared *prepared,
                           struct arena *arena, struct error *err)
{
    const struct list_query *query = prepared->query;
    uint64_t *named = NULL;
    prepared->search = fold_name(query->search, arena);
    if (!str_present(prepared->search))
        return out_of_memory(err);
    if (query->kind == DOCUMENT_SERVICE || query->kind == DOCUMENT_SERVICE_AT_LOCATION) {
        if (!name_index_search(generation, NAME_SERVICE, query->search, arena, &named, err))
            return false;
    } else if (query->kind == DOCUMENT_ORGANIZATION) {
        if (!name_index_search(generation, NAME_ORGANIZATION, query->search, arena, &named, err))
            return false;
    }
    prepared->named = named;
    return true;
}

static bool prepare(const struct generation *generation, const struct list_query *query,
                    struct arena *arena, struct prepared *prepared, struct error *err)
{
    *prepared = (struct prepared){
        .generation = generation, .query = query, .list = &generation->lists[query->kind]};
    prepared->filtered = query->taxonomy_term_id != NULL || query->taxonomy_id != NULL ||
                         query->organization_id != NULL || str_present(query->modified_after) ||
                         str_present(query->search) || query->top_only ||
                         query->parent_id != NULL || str_present(query->postcode);
    if (query->page == 0)
        return error_set(err, ERROR_INVALID, "page-out-of-range", "page");
    if (str_present(query->modified_after) &&
        !moment_from_text(query->modified_after, &prepared->modified_after_ms))
        return error_set(err, ERROR_INVALID, "date-malformed", "modified_after");
    if (str_present(query->search) && !prepare_search(generation, prepared, arena, err))
        return false;
    if (str_present(query->municipality) && !prepare_municipality(generation, prepared, err))
        return false;
    return query->taxonomy_id == NULL || prepare_taxonomy(generation, prepared, arena, err);
}

/* Whether `piece` stands in `text`. */
static bool contains(struct str text, struct str piece)
{
    if (piece.length == 0)
        return true;
    while (text.length >= piece.length) {
        const char *first = memchr(text.data, piece.data[0], text.length - piece.length + 1);
        if (first == NULL)
            return false;
        if (memcmp(first, piece.data, piece.length) == 0)
            return true;
        size_t skipped = (size_t)(first - text.data) + 1;
        text = (struct str){first + 1, text.length - skipped};
    }
    return false;
}

static bool carries_any(const struct entry *entry, const struct uuid *terms, size_t count)
{
    for (size_t i = 0; i < entry->term_count; i++) {
        if (bsearch(&entry->terms[i], terms, count, sizeof *terms, compare_ids) != NULL)
            return true;
    }
    return false;
}

static bool fits_taxonomy(const struct prepared *prepared, const struct entry *entry)
{
    if (entry->kind == DOCUMENT_TAXONOMY_TERM)
        return is_term_of(entry, prepared->taxonomy);
    return prepared->term_count > 0 && carries_any(entry, prepared->terms, prepared->term_count);
}

/* Whether the text without its spaces is the postcode without its own. */
static bool same_postcode(struct str left, struct str right)
{
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        while (i < left.length && left.data[i] == ' ')
            i++;
        while (j < right.length && right.data[j] == ' ')
            j++;
        if (i == left.length || j == right.length)
            return i == left.length && j == right.length;
        if (left.data[i++] != right.data[j++])
            return false;
    }
}

static bool fits_postcode(const struct entry *entry, struct str postcode)
{
    return entry->kind == DOCUMENT_SERVICE_AT_LOCATION &&
           str_present(entry->facts.place->postal_code) &&
           same_postcode(entry->facts.place->postal_code, postcode);
}

static bool fits_organization(const struct entry *entry, const struct uuid *organization)
{
    if (entry->kind == DOCUMENT_SERVICE)
        return uuid_compare_ids(&entry->facts.service->organization, organization) == 0;
    if (entry->kind == DOCUMENT_SERVICE_AT_LOCATION)
        return uuid_compare_ids(&entry->facts.place->organization, organization) == 0;
    return false;
}

static bool fits_parent(const struct entry *entry, const struct list_query *query)
{
    if (entry->kind != DOCUMENT_TAXONOMY_TERM)
        return false;
    const struct taxonomy_term_facts *term = entry->facts.term;
    if (query->top_only && term->has_parent)
        return false;
    return query->parent_id == NULL ||
           (term->has_parent && uuid_compare_ids(&term->parent, query->parent_id) == 0);
}

/* A place of a service is found by the names of the service. */
static bool fits_search(const struct prepared *prepared, const struct entry *entry)
{
    if (contains(entry->search_text, prepared->search))
        return true;
    if (prepared->named == NULL)
        return false;
    const bool of_service = entry->kind == DOCUMENT_SERVICE_AT_LOCATION;
    const int64_t position =
        generation_position(prepared->generation, of_service ? DOCUMENT_SERVICE : entry->kind,
                            of_service ? &entry->facts.place->service : &entry->id);
    return position >= 0 && (prepared->named[position / 64] >> (position % 64) & 1) != 0;
}

static bool fits(const struct prepared *prepared, const struct entry *entry)
{
    const struct list_query *query = prepared->query;
    if (str_present(query->modified_after) &&
        (entry->modified_ms < 0 || entry->modified_ms < prepared->modified_after_ms))
        return false;
    if (query->organization_id != NULL && !fits_organization(entry, query->organization_id))
        return false;
    if (query->taxonomy_term_id != NULL && !entry_has_term(entry, query->taxonomy_term_id))
        return false;
    if (query->taxonomy_id != NULL && !fits_taxonomy(prepared, entry))
        return false;
    if ((query->top_only || query->parent_id != NULL) && !fits_parent(entry, query))
        return false;
    if (str_present(query->postcode) && !fits_postcode(entry, query->postcode))
        return false;
    return !str_present(query->search) || fits_search(prepared, entry);
}

static size_t base_count(const struct prepared *prepared)
{
    return prepared->positions == NULL ? prepared->list->count : prepared->positions->count;
}

static const struct entry *base_entry(const struct prepared *prepared, size_t index)
{
    size_t position =
        prepared->positions == NULL ? index : (size_t)prepared->positions->items[index];
    return prepared->list->entries[position];
}

static size_t count_fitting(const struct prepared *prepared)
{
    size_t total = base_count(prepared);
    if (!prepared->filtered)
        return total;
    size_t fitting = 0;
    for (size_t i = 0; i < total; i++)
        fitting += fits(prepared, base_entry(prepared, i)) ? 1 : 0;
    return fitting;
}

size_t list_lay_out(size_t page_number, size_t per_page, size_t total, struct list_page *page)
{
    if (per_page == LIST_ALL)
        per_page = total > 0 ? total : 1;
    size_t pages = total / per_page + (total % per_page != 0 ? 1 : 0);
    bool beyond = page_number > pages;
    size_t first = beyond ? total : (page_number - 1) * per_page;
    size_t left = total - first;
    *page = (struct list_page){
        .size = left < per_page ? left : per_page,
        .total_items = total,
        .total_pages = pages,
        .page_number = page_number,
        .first_page = page_number == 1,
        .last_page = page_number >= pages,
    };
    page->empty = page->size == 0;
    return first;
}

/* Copies the page's items, after `first` fitting ones. */
static void fill(const struct prepared *prepared, size_t first, const struct entry **items,
                 size_t size)
{
    size_t skipped = 0;
    size_t filled = 0;
    size_t start = prepared->filtered ? 0 : first;
    for (size_t i = start; filled < size; i++) {
        const struct entry *entry = base_entry(prepared, i);
        if (prepared->filtered && (!fits(prepared, entry) || skipped++ < first))
            continue;
        items[filled++] = entry;
    }
}

bool generation_list(const struct generation *generation, const struct list_query *query,
                     struct arena *arena, struct list_page *page, struct error *err)
{
    struct prepared prepared;
    if (!prepare(generation, query, arena, &prepared, err))
        return false;
    struct list_page laid;
    size_t first = list_lay_out(query->page, query->per_page, count_fitting(&prepared), &laid);
    if (!prepared.filtered && prepared.positions == NULL) {
        laid.items = prepared.list->entries + first; /* as it stands in the generation */
    } else {
        const struct entry **items = arena_array(arena, laid.size, sizeof *items);
        if (items == NULL)
            return out_of_memory(err);
        fill(&prepared, first, items, laid.size);
        laid.items = items;
    }
    *page = laid;
    return true;
}
