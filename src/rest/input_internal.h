/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From what was sent to what the contract allows: parameters and bodies.
 */
#ifndef SOCIOPOINT_REST_INPUT_INTERNAL_H
#define SOCIOPOINT_REST_INPUT_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"

struct exchange;

/* Fills x->parameters, or names every wrong, missing, repeated and unknown one (400). */
MUST_USE bool input_parameters(struct exchange *x, struct error *err);
/* Fills x->body; 400 when it cannot be read or is missing, 415, 422 with pointers. */
MUST_USE bool input_body(struct exchange *x, struct error *err);

#endif
