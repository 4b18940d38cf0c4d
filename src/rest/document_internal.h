/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Published documents as answers: their bytes as they are.
 */
#ifndef SOCIOPOINT_REST_DOCUMENT_INTERNAL_H
#define SOCIOPOINT_REST_DOCUMENT_INTERNAL_H

#include <stdbool.h>

#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"
#include "sociopoint/catalogue/entry.h"

struct exchange;

/* The document that the path asks for, or NULL with not-found. */
const struct entry *document_asked(const struct exchange *x, enum document_kind kind,
                                   struct error *err);
/* Answers with its published bytes and their tag, or with 304. */
bool document_answer(struct exchange *x, const struct entry *entry, struct error *err);
/* Appends `json`, an object that describes the organization, with its services as a member. */
bool document_append_with_services(struct exchange *x, const struct entry *organization,
                                   struct str json, struct error *err);

#endif
