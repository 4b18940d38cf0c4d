/* SPDX-License-Identifier: EUPL-1.2 */
#include "rest_internal.h"

#include <stdlib.h>
#include <string.h>

#include "contract_internal.h"
#include "edition_internal.h"
#include "exchange_internal.h"
#include "input_internal.h"
#include "language_internal.h"
#include "problem_internal.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/holder.h"
#include "sociopoint/config/settings.h"
#include "sociopoint/http/refusal.h"

enum { REST_BYTES = 4 * 1024 * 1024, URL_MAXIMUM = 2048 };

/* What an answer keeps until it has been written. */
struct hold {
    struct rest *rest;
    struct edition *edition;
    const struct generation *generation;
};

static struct edition *edition_acquire(struct rest *rest)
{
    (void)pthread_mutex_lock(&rest->lock);
    struct edition *edition = rest->edition;
    edition->references++;
    (void)pthread_mutex_unlock(&rest->lock);
    return edition;
}

static void edition_release(struct edition *edition)
{
    struct rest *rest = edition->rest;
    (void)pthread_mutex_lock(&rest->lock);
    bool last = --edition->references == 0;
    (void)pthread_mutex_unlock(&rest->lock);
    if (last)
        edition_free(edition);
}

bool rest_set_knowledge(struct rest *rest, const struct knowledge *knowledge, struct error *err)
{
    struct edition *fresh = edition_new(rest, knowledge, err);
    if (fresh == NULL)
        return false;
    (void)pthread_mutex_lock(&rest->lock);
    struct edition *old = rest->edition;
    rest->edition = fresh;
    (void)pthread_mutex_unlock(&rest->lock);
    if (old != NULL)
        edition_release(old);
    return true;
}

/* What watches over a node asks in a fixed rhythm, and must not be told to wait. */
static bool is_for_supervision(const struct operation *operation)
{
    static const char *const ids[] = {"getLiveness", "getReadiness", "getMetrics"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        if (strcmp(operation->id, ids[i]) == 0)
            return true;
    }
    return false;
}

/* Routes: one for each operation, and the root of the API also with a slash at its end. */
static bool make_routes(struct rest *rest, struct error *err)
{
    const struct contract *contract = rest->contract;
    rest->routes = arena_array(rest->arena, contract->count + 1, sizeof *rest->routes);
    if (rest->routes == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    for (size_t i = 0; i < contract->count; i++) {
        struct operation *operation = &contract->operations[i];
        struct http_route route = {
            .method = operation->method,
            .path_template = operation->path_template,
            .data = operation,
            .is_public = operation->handler->is_public,
            .is_uncounted = is_for_supervision(operation),
        };
        rest->routes[rest->route_count++] = route;
        if (strcmp(operation->id, "getApiRoot") != 0)
            continue;
        route.path_template = "/v1/";
        rest->routes[rest->route_count++] = route;
    }
    return true;
}

static bool make_public_url(struct rest *rest, struct error *err)
{
    struct builder url;
    const struct settings *settings = rest->options.settings;
    const char *given = rest->options.public_url;
    builder_init(&url, rest->arena, URL_MAXIMUM);
    if (given != NULL && given[0] != '\0') {
        builder_append_z(&url, given);
    } else {
        builder_append_z(&url, "http://");
        builder_append_z(&url, settings->listen_count > 0 ? settings->listen[0] : "localhost");
    }
    rest->public_url = builder_view(&url);
    return !builder_failed(&url) || error_set(err, ERROR_MEMORY, "memory-exhausted", "");
}

struct rest *rest_new(const struct rest_options *options, struct error *err)
{
    struct rest *rest = calloc(1, sizeof *rest);
    if (rest == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    rest->options = *options;
    (void)pthread_mutex_init(&rest->lock, NULL);
    rest->arena = arena_new(REST_BYTES);
    rest->contract = contract_compile(embedded_contract(), rest_handlers, rest_handler_count, err);
    if (rest->contract != NULL && rest->arena == NULL)
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    if (rest->contract != NULL && rest->arena != NULL && make_routes(rest, err) &&
        make_public_url(rest, err) && fixed_prepare(rest, err) &&
        rest_set_knowledge(rest, options->knowledge, err))
        return rest;
    rest_free(rest);
    return NULL;
}

void rest_free(struct rest *rest)
{
    if (rest == NULL)
        return;
    edition_free(rest->edition);
    contract_free(rest->contract);
    arena_free(rest->arena);
    (void)pthread_mutex_destroy(&rest->lock);
    free(rest);
}

void rest_freep(struct rest **rest)
{
    rest_free(*rest);
}

const struct http_route *rest_routes(const struct rest *rest, size_t *count)
{
    *count = rest->route_count;
    return rest->routes;
}

static void release_hold(void *context)
{
    struct hold *hold = context;
    generation_release(hold->rest->options.holder, hold->generation);
    edition_release(hold->edition);
}

/* Takes what the answer will look at, and has it given back after the answer has been written. */
static struct hold *take_hold(struct rest *rest, const struct http_request *request,
                              struct http_response *response)
{
    struct hold *hold = arena_alloc(request->arena, sizeof *hold);
    if (hold == NULL)
        return NULL;
    hold->rest = rest;
    hold->edition = edition_acquire(rest);
    hold->generation = generation_acquire(rest->options.holder);
    response->release = release_hold;
    response->release_context = hold;
    return hold;
}

static bool answer(struct exchange *x, struct error *err)
{
    const struct handler *handler = x->operation->handler;
    if (!input_parameters(x, err) || !input_body(x, err))
        return false;
    x->part = x->body == NULL ? PART_PARAMETERS : PART_BODY;
    if (handler->needs_directory && x->generation == NULL)
        return error_set(err, ERROR_UNAVAILABLE, "directory-unavailable", "");
    return handler->answer(x, err);
}

void rest_handle(void *context, const struct http_request *request, struct http_response *response)
{
    struct rest *rest = context;
    struct hold *hold = take_hold(rest, request, response);
    if (hold == NULL)
        return;
    struct exchange x = {
        .rest = rest,
        .operation = request->route_data,
        .request = request,
        .response = response,
        .arena = request->arena,
        .edition = hold->edition,
        .generation = hold->generation,
        .knowledge = hold->generation == NULL ? hold->edition->knowledge
                                              : generation_knowledge(hold->generation),
        .language = language_negotiate(http_request_header(request, "Accept-Language")),
    };
    struct error err;
    error_clear(&err);
    if (!answer(&x, &err))
        problem_answer(&x, &err);
    if (arena_exhausted(x.arena) && response->status < 500) {
        (void)answer_no_memory(&err); /* something is missing in what was written */
        problem_answer(&x, &err);
    }
    json_decref(x.parameters);
    json_decref(x.body);
}

static void release_edition(void *context)
{
    edition_release(context);
}

/* The one refusal that names things: parameters that cannot be decoded. */
static struct str parameters_document(const struct edition *edition,
                                      const struct http_refusal *refusal, enum language language,
                                      struct arena *arena)
{
    struct error err = {0};
    for (size_t i = 0; i < refusal->parameter_count; i++) {
        char name[PROBLEM_POINTER_SIZE];
        (void)str_copy_z(refusal->parameters[i], name, sizeof name);
        (void)error_add(&err, ERROR_MALFORMED, refusal->code, name, ERROR_ARGUMENTS(NULL));
    }
    struct problem_document document = {
        .status = refusal->status,
        .err = &err,
        .request_id = refusal->request_id,
        .knowledge = edition->knowledge,
        .language = language,
    };
    struct builder out;
    builder_init(&out, arena, ANSWER_MAXIMUM);
    problem_write(&document, arena, &out);
    return builder_failed(&out) ? (struct str){NULL, 0} : builder_view(&out);
}

void rest_refuse(void *context, const struct http_refusal *refusal, struct http_response *response)
{
    struct rest *rest = context;
    struct edition *edition = edition_acquire(rest);
    enum language language = language_negotiate(refusal->accept_language);
    struct str document = {NULL, 0};
    response->release = release_edition;
    response->release_context = edition;
    if (refusal->parameter_count > 0)
        document = parameters_document(edition, refusal, language, response->arena);
    if (!str_present(document))
        document = edition_document(edition, refusal, language);
    if (!str_present(document))
        return;
    response->content_type = STR("application/problem+json");
    http_response_append(response, document);
    http_response_header(response, "Content-Language", str_from(language_tag(language)));
    http_response_header(response, "Cache-Control", STR("no-store"));
}
