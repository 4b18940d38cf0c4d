/* SPDX-License-Identifier: EUPL-1.2 */
#include "problem_internal.h"

#include "contact_internal.h"
#include "contract_internal.h"
#include "edition_internal.h"
#include "sociopoint/domain/knowledge.h"
#include "write_internal.h"

enum { PROBLEM_MAXIMUM = 64 * 1024, SENTENCE_MAXIMUM = 4096 };

/* A status, the code of its title, and where the documentation explains it. */
struct status_row {
    int status;
    const char *title;
    const char *anchor; /* in the documentation */
};

static const struct status_row statuses[] = {
    {400, "problem.malformed", "problem-malformed"},
    {401, "problem.unauthorized", "problem-unauthorized"},
    {404, "problem.not-found", "problem-not-found"},
    {405, "problem.method-not-allowed", "problem-method-not-allowed"},
    {408, "problem.timeout", "problem-timeout"},
    {409, "problem.conflict", "problem-conflict"},
    {410, "problem.gone", "problem-gone"},
    {411, "problem.length-required", "problem-length-required"},
    {413, "problem.too-large", "problem-too-large"},
    {414, "problem.uri-too-long", "problem-uri-too-long"},
    {415, "problem.unsupported-media-type", "problem-unsupported-media-type"},
    {417, "problem.expectation-failed", "problem-expectation-failed"},
    {422, "problem.invalid", "problem-invalid"},
    {429, "problem.too-many-requests", "problem-too-many-requests"},
    {431, "problem.headers-too-large", "problem-headers-too-large"},
    {500, "problem.internal", "problem-internal"},
    {501, "problem.not-implemented", "problem-not-implemented"},
    {503, "problem.unavailable", "problem-unavailable"},
    {505, "problem.version-unsupported", "problem-version-unsupported"},
};

static const int status_of[] = {
    [ERROR_NONE] = 500,      [ERROR_MALFORMED] = 400,   [ERROR_INVALID] = 422,
    [ERROR_NOT_FOUND] = 404, [ERROR_CONFLICT] = 409,    [ERROR_GONE] = 410,
    [ERROR_LIMIT] = 413,     [ERROR_UNAVAILABLE] = 503, [ERROR_MEMORY] = 503,
    [ERROR_INTERNAL] = 500,  [ERROR_UNSUPPORTED] = 415,
};

int problem_status(enum error_code code)
{
    return status_of[code];
}

static const struct status_row *row_of(int status)
{
    static const struct status_row internal = {500, "problem.internal", "problem-internal"};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        if (statuses[i].status == status)
            return &statuses[i];
    }
    return &internal;
}

void problems_join(struct error *total, const struct error *more)
{
    for (size_t i = 0; i < more->problem_count; i++) {
        const struct problem *problem = &more->problems[i];
        (void)error_add(
            total, more->code, problem->code, problem->pointer,
            ERROR_ARGUMENTS(problem->argument[0], problem->argument[1], problem->argument[2]));
    }
    total->more = total->more || more->more;
}

/* Whether the sentence names near words, and there are none: there is a sentence without them then. */
static const char *code_without_near(const struct problem_document *document,
                                     const struct problem *problem, char alone[64])
{
    if (problem->argument[0][0] == '\0' || problem->argument[1][0] != '\0')
        return problem->code;
    (void)snprintf(alone, 64, "%s.alone", problem->code);
    struct str found = texts_find(&document->knowledge->texts, document->language, alone);
    return str_present(found) ? alone : problem->code;
}

/* The sentence of a problem as the member "detail"; the code itself where it does not fit. */
static void write_detail(const struct problem_document *document, const struct problem *problem,
                         struct arena *arena, struct builder *out)
{
    char alone[64];
    struct str arguments[PROBLEM_ARGUMENTS];
    for (int i = 0; i < PROBLEM_ARGUMENTS; i++)
        arguments[i] = str_from(problem->argument[i]);
    struct builder sentence;
    builder_init(&sentence, arena, SENTENCE_MAXIMUM);
    texts_append(&document->knowledge->texts, document->language,
                 code_without_near(document, problem, alone), arguments, &sentence);
    write_text(out, "detail",
               builder_failed(&sentence) ? str_from(problem->code) : builder_view(&sentence));
}

static void write_problems(const struct problem_document *document, struct arena *arena,
                           struct builder *out)
{
    write_array(out, "problems");
    for (size_t i = 0; i < document->err->problem_count; i++) {
        const struct problem *problem = &document->err->problems[i];
        write_object(out, NULL);
        write_text_z(out, "code", problem->code);
        write_detail(document, problem, arena, out);
        if (document->part == PART_PARAMETERS)
            write_text_z(out, "parameter", problem->pointer);
        else if (document->status == 422)
            write_text(out, "pointer", str_from(problem->pointer));
        write_object_end(out);
    }
    write_array_end(out);
    if (document->err->more)
        write_flag(out, "more", true);
}

void problem_write(const struct problem_document *document, struct arena *arena,
                   struct builder *out)
{
    const struct status_row *row = row_of(document->status);
    write_object(out, NULL);
    builder_printf(out, "\"type\":\"/docs#%s\"", row->anchor);
    write_text(out, "title",
               texts_find(&document->knowledge->texts, document->language, row->title));
    write_int(out, "status", document->status);
    write_text_z(out, "request_id", document->request_id);
    write_problems(document, arena, out);
    if (document->helpful)
        contact_write_help(document->knowledge, document->language, arena, out);
    write_object_end(out);
}

void problem_answer(struct exchange *x, const struct error *err)
{
    struct http_response *response = x->response;
    struct problem_document document = {
        .status = problem_status(err->code),
        .err = err,
        .part = x->part,
        .request_id = x->request->id,
        .knowledge = x->knowledge,
        .language = x->language,
    };
    /* Whoever mistyped a place still needs somebody to call. */
    document.helpful =
        (document.status >= 500 || document.status == 422) && x->operation->handler->helpful;
    struct builder out;
    builder_init(&out, x->arena, PROBLEM_MAXIMUM);
    problem_write(&document, x->arena, &out);
    http_response_clear(response);
    if (builder_failed(&out))
        document.status = 503;
    http_response_set(response, document.status, STR("application/problem+json"),
                      builder_failed(&out) ? edition_unavailable(x->edition, x->language)
                                           : builder_view(&out));
    answer_language(x);
    http_response_header(response, "Cache-Control", STR("no-store"));
    if (document.status == 503)
        http_response_header(response, "Retry-After", STR("5"));
}
