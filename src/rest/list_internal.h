/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Links between the pages of a list (RFC 8288).
 */
#ifndef SOCIOPOINT_REST_LIST_INTERNAL_H
#define SOCIOPOINT_REST_LIST_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/base/error.h"
#include "sociopoint/catalogue/list.h"

struct exchange;

/* Adds the header Link: first, prev, next and last, as far as there are such pages, with the
 * caller's other parameters; false with memory-exhausted. */
bool link_header(struct exchange *x, const struct list_page *page, struct error *err);

#endif
