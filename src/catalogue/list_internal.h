/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What lists of any kind share.
 */
#ifndef SOCIOPOINT_CATALOGUE_LIST_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_LIST_INTERNAL_H

#include "sociopoint/catalogue/list.h"

/*
 * The totals of a page, and which of the `total` things are on it: page->size of them from the
 * position returned.
 */
size_t list_lay_out(size_t page_number, size_t per_page, size_t total, struct list_page *page);

#endif
