/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Problem documents (RFC 9457) in the caller's language.
 */
#ifndef SOCIOPOINT_REST_PROBLEM_INTERNAL_H
#define SOCIOPOINT_REST_PROBLEM_INTERNAL_H

#include <stdbool.h>

#include "exchange_internal.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/base/error.h"
#include "sociopoint/domain/language.h"

struct knowledge;

/* What a problem document says. */
struct problem_document {
    int status;
    const struct error *err;
    enum request_part part;
    const char *request_id; /* NULL: not said */
    const struct knowledge *knowledge;
    enum language language;
    bool helpful; /* says whom to call */
};

/* Adds the problems of `more` to `total`. */
void problems_join(struct error *total, const struct error *more);
/* The one place where our errors become HTTP statuses. */
int problem_status(enum error_code code);
/* Appends the document; `arena` is for what it needs meanwhile. */
void problem_write(const struct problem_document *document, struct arena *arena,
                   struct builder *out);
/* Answers with the problems of *err, whatever has been answered so far. */
void problem_answer(struct exchange *x, const struct error *err);

#endif
