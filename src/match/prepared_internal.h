/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is worked out once for all questions to a generation: how its classes of areas stand to each
 * municipality, to each of its districts, and to each of its localities in their own district. It
 * is what the conditions say; where it is missing they are asked as questions come.
 */
#ifndef SOCIOPOINT_MATCH_PREPARED_INTERNAL_H
#define SOCIOPOINT_MATCH_PREPARED_INTERNAL_H

#include <stdint.h>

#include "context_internal.h"

/* What the classes of FACET_AREA are worth at one place. */
struct prepared_area {
    int64_t *worths; /* by class; never changed */
    int64_t most;    /* of them */
};

struct match_prepared {
    const struct prepared_area *areas;
    const uint32_t
        *first; /* by municipality: without a place; its districts and localities follow */
};

/* What the classes of areas are worth to the question; NULL: that is not prepared. */
const struct prepared_area *prepared_area_of(const struct match_context *context);

#endif
