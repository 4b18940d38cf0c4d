/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/store/problems.h"

const struct text_code store_problems[] = {
    /* refusals of the database's own functions, with a pointer into the record */
    {"email-malformed", 1},
    {"uri-malformed", 1},
    {"location-concealed-address", 0},
    {"location-area-not-concealed", 0},
    {"term-unknown", 1},
    {"taxonomy-unknown", 1},
    {"organization-unknown", 1},
    {"location-unknown", 1},
    {"service-unknown", 1},
    {"kind-unknown", 1},
    {"municipality-unknown", 1},
    {"key-unknown", 1},
    {"listing-in-use", 1},
    {"listing-key-taken", 0},
    {"reference-unknown", 0},
    {"value-impossible", 0},
    {"text-malformed", 0},
    /* the database itself */
    {"database-away", 0},
    {"database-unreachable", 1}, /* libpq's reason; for the log and the command line only */
    {"database-timeout", 0},
    {"database-busy", 0},
    {"database-retry", 0},
    {"database-read-only", 0},
    {"database-access", 0},
    {"database-schema", 0},
    {"database-commit-unknown", 0},
    {"database-dsn", 0},
    {"database-error", 1}, /* SQLSTATE */
    {"pool-exhausted", 0},
    {"scope-missing", 0},
    {"publish-isolation", 0},
    {"publish-too-many", 0},
    /* migrations; the pointer is the file, with a line where one is known */
    {"migration-directory-unreadable", 0},
    {"migration-file-unreadable", 0},
    {"migration-name", 0},
    {"migration-changed", 0},
    {"migration-unknown", 0},
    {"migration-out-of-order", 0},
    {"migration-failed", 2}, /* SQLSTATE and the server's message */
    {"migration-busy", 0},
    {"memory-exhausted", 0},
};

const size_t store_problem_count = sizeof store_problems / sizeof store_problems[0];
