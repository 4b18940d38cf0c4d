/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * String views: bytes with a length, owned by somebody else (an arena, a literal, a document).
 *
 * A view is a plain value and may be copied freely; it is valid as long as what it looks at. Views
 * need not end in NUL. A view with a NULL pointer has length 0 and means "absent"; an empty string
 * has a non-NULL pointer.
 */
#ifndef SOCIOPOINT_BASE_STR_H
#define SOCIOPOINT_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"

struct str {
    const char *data;
    size_t length;
};

/* A view of a string literal. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

/* The same as the initializer of a static table, where a compound literal is not constant. */
#define STR_CONSTANT(literal)                                                                      \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* For printf: `printf("%.*s", STR_ARGUMENTS(view))`. */
#define STR_ARGUMENTS(view) (int)(view).length, (view).data == NULL ? "" : (view).data

/* A view of a C string; absent for NULL. */
struct str str_from(const char *text);
bool str_present(struct str view);
bool str_empty(struct str view);
bool str_equal(struct str left, struct str right);
/* FNV-1a, 64 bits: for tables and marks of our own, not against those who would forge one. */
uint64_t str_hash(struct str view);
/* The hash of what `hash` is of, with `more` behind it. */
uint64_t str_hash_add(uint64_t hash, struct str more);
bool str_equal_z(struct str left, const char *right);
/* Order of the bytes, shorter first among equal beginnings; less than, equal to or greater than 0. */
int str_compare(struct str left, struct str right);
bool str_starts_with(struct str view, struct str prefix);
/* True and the two sides of the first `separator`, or false and both untouched. */
bool str_cut(struct str view, char separator, struct str *before, struct str *after);
/* Copies to `buffer` with a closing NUL, cut to fit on a UTF-8 boundary; returns `buffer`. */
char *str_copy_z(struct str view, char *buffer, size_t size);
/* A decimal without sign, spaces or leading zeros (but "0"); false when it is not one or exceeds `maximum`. */
MUST_USE bool str_to_uint(struct str view, uint64_t maximum, uint64_t *value);
/* Whether all bytes are well-formed UTF-8 (RFC 3629: no overlong forms, surrogates or beyond U+10FFFF). */
bool str_is_utf8(struct str view);

#endif
