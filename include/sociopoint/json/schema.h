/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON Schema 2020-12: the part that contracts, configuration and imports need, and a refusal of
 * the rest.
 *
 * Supported: boolean schemas; $ref to the same document ("#", "#/pointer", "#anchor", also behind
 * the document's own $id), $defs, $anchor; type, enum, const; minimum, maximum, exclusive*,
 * multipleOf; minLength, maxLength, pattern, format; properties, patternProperties,
 * additionalProperties, propertyNames, required, minProperties, maxProperties, dependentRequired,
 * dependentSchemas; prefixItems, items, contains, minContains, maxContains, minItems, maxItems,
 * uniqueItems; allOf, anyOf, oneOf, not, if, then, else.
 *
 * Annotations that are read over: title, description, examples, example, default, deprecated,
 * readOnly, writeOnly, $comment, $schema (2020-12 and OpenAPI 3.1's base alone), $id (at the root
 * of the document alone), discriminator, xml, externalDocs, x-*. Every other keyword is refused
 * when the schema is compiled, so that no rule is silently not applied: unevaluated*, $dynamicRef,
 * $dynamicAnchor, $vocabulary, content*, the keywords of other drafts, and misspelt ones.
 * References to other documents and references that lead back to themselves without descending
 * into the value are refused too.
 *
 * Formats are asserted: uuid, date, time, date-time, email, uri. Others are refused.
 *
 * Patterns are of ECMA-262 with the flag "u": they search (unanchored), see code points, `$` is
 * the very end, \d \w \b are ASCII, \s and \p{Letter} are Unicode's. What only PCRE2 has ((?i), \A,
 * \pL, (*VERB), ...) is refused. A text that is too long for a pattern (32 KiB) or needs too many
 * steps fails the validation with schema-pattern-limit, also inside of "not" or "anyOf".
 *
 * A compiled schema is immutable: any number of threads may validate with it at once. It holds a
 * reference to its document, which must not be changed as long as the schema lives.
 */
#ifndef SOCIOPOINT_JSON_SCHEMA_H
#define SOCIOPOINT_JSON_SCHEMA_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

struct json_schema;

enum {
    JSON_SCHEMA_DEPTH = 256, /* references and levels of the value that validation follows */
    JSON_SCHEMA_COMPILE_DEPTH = 128,      /* levels of nesting in the text of a schema */
    JSON_SCHEMA_STEPS = 10 * 1000 * 1000, /* schemas held against values in one validation */
    JSON_SCHEMA_PARAMETER_VALUES = 100
};

enum json_schema_formats { JSON_SCHEMA_FORMATS_ASSERTED, JSON_SCHEMA_FORMATS_IGNORED };

/* Zeroed means the usual. Where formats are ignored, any of them is an annotation. */
struct json_schema_options {
    enum json_schema_formats formats;
};

/*
 * The schema that stands at `pointer` of the document ("" is all of it; an OpenAPI document keeps
 * many). `options` may be NULL. On failure NULL, with every problem of the schema (up to 16;
 * schema-* codes marked "compile" in json/problems.h), its pointer being the place in the
 * document; ERROR_INVALID, ERROR_MEMORY.
 */
MUST_USE struct json_schema *json_schema_compile(const json_t *document, const char *pointer,
                                                 const struct json_schema_options *options,
                                                 struct error *err);
void json_schema_free(struct json_schema *schema);
/* For CLEANUP. */
void json_schema_freep(struct json_schema **schema);

/*
 * Whether the value is as the schema says. If not, *err holds every problem (up to 16, then
 * err->more), always in the same order, each with the JSON pointer of the value it is about behind
 * `base_pointer` (one too long for a problem is cut to that of the nearest container that fits).
 * ERROR_INVALID; ERROR_LIMIT when the value is too deep or takes too many steps; ERROR_MEMORY.
 * Arguments name the rule and members, never a value. Where no alternative of anyOf or oneOf fits
 * but only one can have been meant (by type, or by a const or enum that tells them apart), its
 * problems are told instead.
 */
MUST_USE bool json_schema_validate(const struct json_schema *schema, const json_t *instance,
                                   const char *base_pointer, struct error *err);

/*
 * The value that the decoded text of a query, path or header parameter stands for: integer,
 * number, boolean or string as the schema's type says (the first of these that the text can be,
 * where there are several); for an array, one element per text. The result is the caller's and
 * still has to be validated. NULL when it cannot be (schema-type, schema-parameter-repeated,
 * schema-parameter-values, schema-parameter-text), with `name` as the problem's pointer.
 */
MUST_USE json_t *json_from_parameter(const struct json_schema *schema, const char *name,
                                     const struct str *texts, size_t count, struct error *err);

#endif
