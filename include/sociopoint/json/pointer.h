/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON pointers (RFC 6901): building them, and following them into a value.
 *
 * Nothing is kept; every function may be called from any thread.
 */
#ifndef SOCIOPOINT_JSON_POINTER_H
#define SOCIOPOINT_JSON_POINTER_H

#include <jansson.h>
#include <stddef.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/base/str.h"

/* Appends "/" and the member name, with "~" and "/" escaped. */
void json_pointer_append(struct builder *pointer, struct str name);
/* Appends "/" and the position in an array. */
void json_pointer_append_index(struct builder *pointer, size_t index);

/*
 * The value the pointer names, owned by `document`; "" is the document itself. NULL when there is
 * none or when the pointer is malformed ("a", "/a~2", "/01" or "/-" into an array).
 */
const json_t *json_pointer_get(const json_t *document, struct str pointer);

#endif
