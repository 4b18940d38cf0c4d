/* SPDX-License-Identifier: EUPL-1.2 */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "pattern_internal.h"

#include <pcre2.h>
#include <stdint.h>

enum {
    /* In proportion to the text, so that a document of many texts is bounded, too. */
    MATCH_STEPS = 2000,
    MATCH_STEPS_PER_BYTE = 20,
    MATCH_DEPTH = 10000,
    MATCH_HEAP_KIB = 2048,
    PATTERN_MAXIMUM = 512 * 1024,
    TRANSLATION_GROWTH = 64 /* the most that a byte of the source becomes */
};

struct pattern {
    pcre2_code *code;
};

struct pattern_scratch {
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

/* The syntax and meaning of ECMA-262, as far as PCRE2 has an option for it. */
static const uint32_t ecma_options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF |
                                     PCRE2_ALLOW_EMPTY_CLASS | PCRE2_NEVER_BACKSLASH_C;
static const uint32_t ecma_extra_options = PCRE2_EXTRA_ALT_BSUX;

static pcre2_code *compile(struct str source, bool *malformed)
{
    int cause;
    PCRE2_SIZE at;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);

    if (context == NULL)
        return NULL;
    (void)pcre2_set_compile_extra_options(context, ecma_extra_options); /* always 0 */
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)source.data, source.length, ecma_options, &cause, &at, context);
    pcre2_compile_context_free(context);
    *malformed = code == NULL && cause != PCRE2_ERROR_HEAP_FAILED;
    return code;
}

static pcre2_code *compile_ecma(struct str source, bool *malformed)
{
    struct builder translated CLEANUP(builder_done) = {.failed = true};

    builder_init(&translated, NULL, PATTERN_MAXIMUM);
    if (source.length > PATTERN_MAXIMUM / TRANSLATION_GROWTH ||
        !pattern_translate(source, &translated)) {
        *malformed = true;
        return NULL;
    }
    return builder_failed(&translated) ? NULL : compile(builder_view(&translated), malformed);
}

struct pattern *pattern_new(struct str source, bool *malformed)
{
    struct pattern *pattern = calloc(1, sizeof *pattern);

    *malformed = false;
    if (pattern == NULL)
        return NULL;
    pattern->code = compile_ecma(source, malformed);
    if (pattern->code == NULL) {
        free(pattern);
        return NULL;
    }
    return pattern;
}

void pattern_free(struct pattern *pattern)
{
    if (pattern == NULL)
        return;
    pcre2_code_free(pattern->code);
    free(pattern);
}

static struct pattern_scratch *scratch_new(void)
{
    struct pattern_scratch *scratch = calloc(1, sizeof *scratch);

    if (scratch == NULL)
        return NULL;
    /* One pair of offsets: nobody asks what the groups matched. */
    scratch->data = pcre2_match_data_create(1, NULL);
    scratch->limits = pcre2_match_context_create(NULL);
    if (scratch->data == NULL || scratch->limits == NULL) {
        pattern_scratch_free(scratch);
        return NULL;
    }
    (void)pcre2_set_depth_limit(scratch->limits, MATCH_DEPTH); /* both always succeed */
    (void)pcre2_set_heap_limit(scratch->limits, MATCH_HEAP_KIB);
    return scratch;
}

void pattern_scratch_free(struct pattern_scratch *scratch)
{
    if (scratch == NULL)
        return;
    pcre2_match_data_free(scratch->data);
    pcre2_match_context_free(scratch->limits);
    free(scratch);
}

enum pattern_result pattern_match(const struct pattern *pattern, struct str text,
                                  struct pattern_scratch **scratch)
{
    if (*scratch == NULL)
        *scratch = scratch_new();
    if (*scratch == NULL)
        return PATTERN_MEMORY;
    /* The library counts steps anew wherever a match may start, so the length bounds the rest. */
    if (text.length > PATTERN_TEXT_MAXIMUM)
        return PATTERN_LIMIT;

    uint32_t steps = MATCH_STEPS + MATCH_STEPS_PER_BYTE * (uint32_t)text.length;
    (void)pcre2_set_match_limit((*scratch)->limits, steps); /* always succeeds */
    int found = pcre2_match(pattern->code, (PCRE2_SPTR)text.data, text.length, 0, 0,
                            (*scratch)->data, (*scratch)->limits);
    if (found >= 0)
        return PATTERN_MATCHES;
    switch (found) {
    case PCRE2_ERROR_NOMATCH:
        return PATTERN_DIFFERS;
    case PCRE2_ERROR_NOMEMORY:
        return PATTERN_MEMORY;
    default:
        return PATTERN_LIMIT;
    }
}
