/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The lists of HSDS: documents of one kind, filtered and paged, in a fixed order (folded name, then
 * id).
 *
 * Filters are cumulative. One that a kind cannot have (a postcode of a taxonomy) leaves nothing;
 * the contract of the API keeps such questions out.
 */
#ifndef SOCIOPOINT_CATALOGUE_LIST_H
#define SOCIOPOINT_CATALOGUE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/str.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/catalogue/entry.h"

struct arena;
struct error;
struct generation;

enum { LIST_ALL = 0 };

struct list_query {
    enum document_kind kind;
    struct str
        municipality; /* key; absent: everywhere. Taxonomies and terms belong to every city */
    const struct uuid *taxonomy_term_id; /* carries this term; NULL here and below: not asked */
    const struct uuid *taxonomy_id;      /* carries any term of it; of a term: belongs to it */
    const struct uuid *organization_id;
    struct str modified_after; /* a date or RFC 3339 time; on or after it */
    /* Of services, their places and organisations: words of names, each found as in names.h, the
     * last one also by its beginning. Of all kinds, a piece of a name, alternate name, alias or
     * organisation's name, folded as in base/fold.h. */
    struct str search;
    bool top_only; /* terms without a parent */
    const struct uuid *parent_id;
    struct str postcode; /* spaces do not count */
    size_t page;         /* from 1 */
    size_t per_page;     /* LIST_ALL: everything on one page */
};

/* `items` lives in the arena or in the generation. */
struct list_page {
    const struct entry *const *items;
    size_t size; /* items on this page */
    size_t total_items;
    size_t total_pages;
    size_t page_number;
    bool first_page;
    bool last_page;
    bool empty;
};

/*
 * Fills *page. A page beyond the last is empty, with the totals as they are. Fails with
 * municipality-unknown (pointer "municipality"), date-malformed ("modified_after"),
 * page-out-of-range ("page", for 0) or memory-exhausted (the arena is too small).
 */
MUST_USE bool generation_list(const struct generation *generation, const struct list_query *query,
                              struct arena *arena, struct list_page *page, struct error *err);

#endif
