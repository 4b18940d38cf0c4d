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
 * Fills *question; its strings are copies in the arena. `age` is `ages` with one, and both
 * together are refused. `today` and nothing else of it is left as it was: it is the caller's.
 *
 * Fails with ERROR_INVALID and all problems at once (body-member-unknown, body-type-wrong,
 * question-too-many, question-age-twice, question-sex-unknown, question-circumstance-unknown),
 * each with its JSON pointer, or ERROR_MEMORY.
 */
MUST_USE bool question_from_json(const json_t *json, struct arena *arena,
                                 struct match_question *question, struct error *err);

#endif
