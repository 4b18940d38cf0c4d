/* SPDX-License-Identifier: EUPL-1.2 */
#include "answer_internal.h"

#include <string.h>

#include "sociopoint/store/problems.h"

/*
 * The first prefix that fits counts. 40001 and 40P01 are worth up to three more attempts of the
 * whole transaction.
 */
static const struct {
    const char *prefix;
    enum error_code code;
    const char *problem;
} states[] = {
    {"SP003", ERROR_INTERNAL, "scope-missing"},
    {"SP004", ERROR_INTERNAL, "publish-isolation"},
    {"22021", ERROR_MALFORMED, "text-malformed"},
    {"22P05", ERROR_MALFORMED, "text-malformed"},
    {"22", ERROR_INVALID, "value-impossible"},
    {"23505", ERROR_CONFLICT, "listing-key-taken"},
    {"23503", ERROR_INVALID, "reference-unknown"},
    {"23", ERROR_INVALID, "value-impossible"},
    {"40001", ERROR_UNAVAILABLE, "database-retry"},
    {"40P01", ERROR_UNAVAILABLE, "database-retry"},
    {"57014", ERROR_UNAVAILABLE, "database-busy"},
    {"55P03", ERROR_UNAVAILABLE, "database-busy"},
    {"53", ERROR_UNAVAILABLE, "database-busy"},
    {"57P", ERROR_UNAVAILABLE, "database-away"},
    {"08", ERROR_UNAVAILABLE, "database-away"},
    {"25P03", ERROR_UNAVAILABLE, "database-away"},
    {"25006", ERROR_UNAVAILABLE, "database-read-only"},
    {"42501", ERROR_UNAVAILABLE, "database-access"},
    {"28", ERROR_UNAVAILABLE, "database-access"},
    {"42703", ERROR_UNAVAILABLE, "database-schema"},
    {"42P01", ERROR_UNAVAILABLE, "database-schema"},
    {"42704", ERROR_UNAVAILABLE, "database-schema"},
    {"42883", ERROR_UNAVAILABLE, "database-schema"},
    {"3F000", ERROR_UNAVAILABLE, "database-schema"},
};

void answer_clearp(PGresult **answer)
{
    PQclear(*answer);
}

/*
 * Our own functions say the problem code as the message; it must be one we know, to live in static
 * storage.
 */
static const char *known_problem(const char *message)
{
    for (size_t i = 0; message != NULL && i < store_problem_count; i++)
        if (strcmp(message, store_problems[i].code) == 0)
            return store_problems[i].code;
    return "database-error";
}

/* A refusal of listing.refuse(): code, pointer and argument travel in the fields of the error. */
static bool refused_by_us(const PGresult *answer, enum error_code code, struct error *err)
{
    const char *pointer = PQresultErrorField(answer, PG_DIAG_COLUMN_NAME);
    const char *argument = PQresultErrorField(answer, PG_DIAG_CONSTRAINT_NAME);
    return error_set_with(err, code,
                          known_problem(PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY)),
                          pointer, ERROR_ARGUMENTS(argument));
}

bool answer_refused(const PGresult *answer, struct error *err)
{
    const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    if (state == NULL)
        return error_set(err, ERROR_UNAVAILABLE, "database-away", NULL);
    if (strcmp(state, "SP001") == 0)
        return refused_by_us(answer, ERROR_INVALID, err);
    if (strcmp(state, "SP002") == 0)
        return refused_by_us(answer, ERROR_CONFLICT, err);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strncmp(state, states[i].prefix, strlen(states[i].prefix)) == 0)
            return error_set(err, states[i].code, states[i].problem, NULL);
    return error_set_with(err, ERROR_INTERNAL, "database-error", NULL, ERROR_ARGUMENTS(state));
}
