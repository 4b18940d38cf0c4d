/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A question in JSON (the body of POST /match, a scenario file) as a plain value.
 */
#ifndef SOCIOPOINT_DIRECTORY_QUESTION_H
#define SOCIOPOINT_DIRECTORY_QUESTION_H

#include <jansson.h>
#include <stdbool.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"

struct match_question;

/*
 * Fills *question; its strings are copies in the arena. `now_ms` is left as it was: it is the
 * caller's. A body that has passed the schema of the contract fails only with question-age-twice
 * (`age` beside `ages`) or without memory.
 *
 * Fails with ERROR_INVALID and all problems at once, each with its JSON pointer: schema-type,
 * schema-additional, schema-enum, schema-minimum, schema-min-length, schema-max-items (see
 * json/problems.h), question-age-twice; or with ERROR_MEMORY.
 */
MUST_USE bool question_from_json(const json_t *json, struct arena *arena,
                                 struct match_question *question, struct error *err);

#endif
