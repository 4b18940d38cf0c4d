/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every problem code this module emits, with the number of its arguments, so that a test of the
 * texts can see that each has its sentence.
 *
 * code                            arguments
 * json-malformed                  line, column
 * json-encoding                   line, column: not UTF-8
 * json-duplicate-key              line, column
 * json-number-range               line, column: an integer beyond 64 bits, a real beyond a double
 * json-nul                        line, column: U+0000 in a string
 * json-too-large                  maximum bytes
 * json-too-deep                   maximum levels, line, column
 * json-too-many-elements          maximum values
 * json-file-missing               (the pointer is the path)
 * json-file-unreadable            (the pointer is the path)
 * json-memory
 *
 * Of a value that is not as its schema says:
 * schema-type                     types that are allowed ("integer", "string, null")
 * schema-enum                     values that are allowed (as JSON; "..." where cut)
 * schema-const                    the value that is allowed (as JSON)
 * schema-minimum                  least allowed
 * schema-maximum                  greatest allowed
 * schema-exclusive-minimum        must be greater than this
 * schema-exclusive-maximum        must be less than this
 * schema-multiple-of              factor
 * schema-min-length               least characters
 * schema-max-length               most characters
 * schema-pattern                  pattern
 * schema-format                   format
 * schema-min-items                least elements
 * schema-max-items                most elements
 * schema-unique-items             positions of the two equal elements
 * schema-contains                 least number of elements that must match
 * schema-max-contains             greatest number of elements that may match
 * schema-min-properties           least members
 * schema-max-properties           most members
 * schema-required                 name of the missing member (the pointer is the object)
 * schema-dependent-required       name of the missing member, name of the one that asks for it
 * schema-additional               name of the surplus member (the pointer is the member)
 * schema-additional-item          number of elements allowed (the pointer is the surplus one)
 * schema-property-name            name that is not allowed (the pointer is the member)
 * schema-false                    nothing may stand here
 * schema-any-of                   number of alternatives, of which none fits
 * schema-one-of                   number of alternatives, of which none fits
 * schema-one-of-several           number of alternatives, of which more than one fits
 * schema-not                      the value is of an excluded kind
 * schema-too-deep                 maximum levels
 * schema-too-many-steps           maximum number of schemas held against values
 * schema-pattern-limit            pattern (the text is too long for it, or needs too many steps)
 *
 * Of the text of a parameter (the pointer is its name; see also schema-type):
 * schema-parameter-repeated       a parameter that takes one value was given several times
 * schema-parameter-values         maximum number of values
 * schema-parameter-text           not UTF-8, or with a control character
 *
 * Of a schema that is refused ("compile"; the pointer is the place in the schema's document):
 * schema-keyword-unsupported      keyword
 * schema-keyword-malformed        keyword whose value is not of the kind it must be
 * schema-pattern-malformed        pattern
 * schema-format-unsupported       format
 * schema-dialect-unsupported      value of $schema
 * schema-id-nested                value of $id that is not at the root
 * schema-anchor-duplicate         anchor
 * schema-reference-unknown        reference that leads nowhere
 * schema-reference-remote         reference to another document
 * schema-reference-loop           reference that leads back to itself
 * schema-malformed                a schema must be an object or a boolean
 * schema-nested-too-deep          maximum levels
 */
#ifndef SOCIOPOINT_JSON_PROBLEMS_H
#define SOCIOPOINT_JSON_PROBLEMS_H

#include <stddef.h>

#include "sociopoint/base/error.h"

extern const struct problem_code json_problem_codes[];
extern const size_t json_problem_code_count;

#endif
