/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the database says, in our codes.
 *
 * SQLSTATEs become error classes in one table. Messages and details of the server are not passed
 * on: a detail may quote a whole row, and with it an address that nobody may read.
 */
#ifndef SOCIOPOINT_STORE_ANSWER_INTERNAL_H
#define SOCIOPOINT_STORE_ANSWER_INTERNAL_H

#include <libpq-fe.h>

#include "sociopoint/base/error.h"

/* For CLEANUP. */
void answer_clearp(PGresult **answer);
/* Fills *err from a failed answer and returns false. */
bool answer_refused(const PGresult *answer, struct error *err);

#endif
