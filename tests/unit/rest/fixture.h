/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The API without a server: the real contract and the real configuration of the city over a small
 * directory made in the test. Every answer of 200 is held against its schema in the contract.
 *
 * Learning what people say takes a second in every program, so it is left out of
 * tests/support/config;
 * where it matters, FIXTURE_CONFIG is defined before.
 */
#ifndef SOCIOPOINT_TESTS_UNIT_REST_FIXTURE_H
#define SOCIOPOINT_TESTS_UNIT_REST_FIXTURE_H

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/source.h"

#include "sociopoint/base/builder.h"
#include "sociopoint/catalogue/catalogue.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/holder.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/config/settings.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/http/refusal.h"
#include "sociopoint/http/request.h"
#include "sociopoint/http/response.h"
#include "sociopoint/http/route.h"
#include "sociopoint/http/uri.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/pointer.h"
#include "sociopoint/json/schema.h"
#include "sociopoint/json/value.h"
#include "sociopoint/match/match.h"
#include "sociopoint/rest/rest.h"

#ifndef FIXTURE_CONFIG
#define FIXTURE_CONFIG "tests/support/config"
#endif

enum { FIXTURE_FIELDS = 24, FIXTURE_ARENA = 16 * 1024 * 1024 };

struct fixture {
    struct settings settings;
    const struct knowledge *knowledge;
    struct catalogue *catalogue;
    struct generation_holder *holder;
    struct rest *rest;
    json_t *contract;
    struct rest_condition condition;

    /* Of one exchange. */
    struct arena *arena;
    struct http_field headers[FIXTURE_FIELDS];
    size_t header_count;
    struct http_request request;
    struct http_response response;
    struct str body;
    json_t *json; /* the body, where it is JSON */
};

static const char *const fixture_listen[] = {"127.0.0.1:8080"};

static inline struct rest_condition fixture_condition(void *context)
{
    const struct fixture *fixture = context;
    return fixture->condition;
}

/* --- The directory ------------------------------------------------------------------------------ */

struct fixture_document {
    enum document_kind kind;
    const char *kind_key;
    const char *key;
    const char *municipality;
    const char *facts;
    const char *members; /* of body and short form, after id */
    const char *more;    /* of the body alone */
};

#define FIXTURE_SOURCE "\"x_ostrava\":{\"source\":{\"name\":\"test\"},\"as_of\":\"2025-03\"}"
#define FIXTURE_ORGANIZATION                                                                       \
    "\"organization\":{\"id\":\"%1$s\",\"name\":\"Charita\",\"description\":\"Pomoc\"}"

static const struct fixture_document fixture_documents[] = {
    {DOCUMENT_ORGANIZATION, "organization", "charita", "ostrava", "{\"name\":\"Charita\"}",
     "\"name\":\"Charita\",\"description\":\"Pomoc\"", ""},
    {DOCUMENT_ORGANIZATION, "organization", "podane-ruce", "brno", "{\"name\":\"Podané ruce\"}",
     "\"name\":\"Podané ruce\",\"description\":\"Pomoc\"", ""},
    {DOCUMENT_SERVICE, "service", "poradna", "ostrava",
     "{\"name\":\"Dluhová poradna\",\"status\":\"active\",\"organization\":\"%1$s\","
     "\"organization_name\":\"Charita\",\"situations\":[\"debt-enforcement\"],\"kind\":\"related-"
     "activity\",\"area\":[\"municipality:ostrava\"],\"file_municipality\":\"ostrava\","
     "\"phones\":1,\"as_of\":\"2025-03\",\"modified\":\"2026-01-02T03:04:05Z\"}",
     "\"name\":\"Dluhová poradna\",\"status\":\"active\"," FIXTURE_ORGANIZATION "," FIXTURE_SOURCE,
     ",\"schedules\":[]"},
    {DOCUMENT_SERVICE, "service", "azyl", "ostrava",
     "{\"name\":\"Azylový dům\",\"status\":\"active\",\"organization\":\"%1$s\","
     "\"organization_name\":\"Charita\",\"situations\":[\"shelter-housing\",\"roofless-tonight\"],"
     "\"rules\":[\"men-only\"],\"minimum_age\":18,\"area\":[\"municipality:ostrava\"],"
     "\"file_municipality\":\"ostrava\",\"confirmed_on\":\"2026-10-01\","
     "\"modified\":\"2026-05-02T03:04:05Z\"}",
     "\"name\":\"Azylový dům\",\"status\":\"active\"," FIXTURE_ORGANIZATION "," FIXTURE_SOURCE, ""},
    {DOCUMENT_SERVICE, "service", "linka", NULL,
     "{\"name\":\"Linka\",\"status\":\"active\",\"organization\":\"%1$s\",\"area\":[\"cz\"],"
     "\"file_municipality\":\"ostrava\",\"modified\":\"2026-06-02T03:04:05Z\"}",
     "\"name\":\"Linka\",\"status\":\"active\"," FIXTURE_ORGANIZATION "," FIXTURE_SOURCE, ""},
    {DOCUMENT_SERVICE_AT_LOCATION, "service_at_location", "poradna/misto", "ostrava",
     "{\"name\":\"Dluhová poradna\",\"organization\":\"%1$s\",\"postal_code\":\"702 00\"}",
     "\"name\":\"Dluhová poradna\",\"status\":\"active\"", ""},
    {DOCUMENT_TAXONOMY, "taxonomy", "situations", NULL,
     "{\"key\":\"situations\",\"name\":\"Životní situace\"}",
     "\"name\":\"Životní situace\",\"description\":\"Životní situace\"", ""},
    {DOCUMENT_TAXONOMY, "taxonomy", "foreign", NULL, "{\"key\":\"foreign\",\"name\":\"Cizí\"}",
     "\"name\":\"Cizí\",\"description\":\"Odjinud\"", ""},
    {DOCUMENT_TAXONOMY_TERM, "term", "situations/debt-enforcement", NULL,
     "{\"key\":\"debt-enforcement\",\"name\":\"Exekuce\",\"taxonomy\":\"situations\"}",
     "\"name\":\"Exekuce\",\"description\":\"Exekuce\"", ""},
    {DOCUMENT_TAXONOMY_TERM, "term", "foreign/unheard", NULL,
     "{\"key\":\"unheard\",\"name\":\"Neslýchané\",\"taxonomy\":\"foreign\"}",
     "\"name\":\"Neslýchané\",\"description\":\"Odjinud\"", ""},
};

static inline const char *fixture_id(const char *kind, const char *key)
{
    static char texts[4][UUID_TEXT_SIZE];
    static int next;
    const struct uuid id = uuid_of_key(kind, str_from(key));
    next = (next + 1) % 4;
    return uuid_to_text(&id, texts[next]);
}

/* Copies `text` with each "%1$s" replaced by the id of the organization "charita". */
static inline void fixture_fill(struct builder *out, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        if (strncmp(at, "%1$s", 4) == 0) {
            builder_append_z(out, fixture_id("organization", "charita"));
            at += 4;
        } else {
            builder_append_char(out, *at++);
        }
    }
}

static inline struct str fixture_json(struct arena *arena, const struct fixture_document *document,
                                      bool more)
{
    struct builder out;
    builder_init(&out, arena, 16 * 1024);
    builder_printf(&out, "{\"id\":\"%s\",", fixture_id(document->kind_key, document->key));
    fixture_fill(&out, document->members);
    if (more)
        builder_append_z(&out, document->more);
    builder_append_char(&out, '}');
    return builder_view(&out);
}

/* Serves what has been applied to the catalogue. */
static inline void fixture_build(struct fixture *fixture)
{
    struct error err = {0};
    const struct generation_status status = {.loaded_at_ms = 1790000000000};
    struct generation *generation =
        catalogue_build(fixture->catalogue, fixture->knowledge, &status, &err);
    ck_assert_ptr_nonnull(generation);
    generation_publish(fixture->holder, generation);
}

/* Applies an event of "charita"; all it needs of the times in its body is the start. */
static inline void fixture_apply_event(struct fixture *fixture, const struct document_row *event,
                                       const char *key, const char *name, const char *starts_at)
{
    struct error err = {0};
    char body[1024];
    struct document_row row = *event;
    (void)snprintf(body, sizeof body,
                   "{\"id\":\"%s\",\"name\":\"%s\",\"organization\":{\"id\":\"%s\",\"name\":"
                   "\"Charita\"},\"starts_at\":\"%s\",\"time_zone\":\"Europe/Prague\"}",
                   fixture_id("event", key), name, fixture_id("organization", "charita"),
                   starts_at);
    row.kind = DOCUMENT_EVENT;
    row.id = uuid_of_key("event", str_from(key));
    row.body = str_from(body);
    row.short_form = str_from(body);
    ck_assert(catalogue_apply(fixture->catalogue, &row, &err));
}

static inline void fixture_publish(struct fixture *fixture)
{
    struct error err = {0};
    struct arena *arena = arena_new(1024 * 1024);
    ck_assert(catalogue_set_cursor(fixture->catalogue, STR("e1"), 0, &err));
    for (size_t i = 0; i < sizeof fixture_documents / sizeof fixture_documents[0]; i++) {
        const struct fixture_document *document = &fixture_documents[i];
        struct builder facts;
        builder_init(&facts, arena, 16 * 1024);
        fixture_fill(&facts, document->facts);
        const struct document_row row = {
            .seq = (int64_t)i + 1,
            .kind = document->kind,
            .id = uuid_of_key(document->kind_key, str_from(document->key)),
            .municipality = str_from(document->municipality),
            .facts = builder_view(&facts),
            .body = fixture_json(arena, document, true),
            .short_form = fixture_json(arena, document, false),
        };
        ck_assert(catalogue_apply(fixture->catalogue, &row, &err));
    }
    fixture_build(fixture);
    arena_free(arena);
}

/* --- Setting up --------------------------------------------------------------------------------- */

/* Loaded before the tests fork, so that each finds it there. */
static const struct knowledge *fixture_loaded;

__attribute__((constructor)) static inline void fixture_load(void)
{
    const struct text_table tables[] = {{rest_text_codes, rest_text_code_count},
                                        {match_text_codes, match_text_code_count},
                                        {NULL, 0}};
    struct error err = {0};
    const struct knowledge *knowledge =
        config_knowledge_load(source_path(FIXTURE_CONFIG), tables, NULL, &err);
    for (size_t i = 0; knowledge == NULL && i < err.problem_count; i++)
        fprintf(stderr, "%s %s %s\n", err.problems[i].code, err.problems[i].pointer,
                err.problems[i].argument[0]);
    fixture_loaded = knowledge;
}

__attribute__((destructor)) static inline void fixture_unload(void)
{
    knowledge_release(fixture_loaded);
}

static inline const struct knowledge *fixture_knowledge(void)
{
    ck_assert_ptr_nonnull(fixture_loaded);
    return knowledge_acquire(fixture_loaded);
}

static inline void fixture_done_exchange(struct fixture *fixture)
{
    http_response_release(&fixture->response);
    json_decref(fixture->json);
    fixture->json = NULL;
    arena_free(fixture->arena);
    fixture->arena = NULL;
}

/* Without a directory: as before the first load. */
static inline void fixture_init_empty(struct fixture *fixture)
{
    struct error err = {0};
    json_start();
    *fixture = (struct fixture){
        .settings = {.listen = fixture_listen,
                     .listen_count = 1,
                     .publisher = {"Město", "", "info@example.cz", "https://example.cz"},
                     .security_contact = "mailto:security@example.cz"},
        .knowledge = fixture_knowledge(),
        .catalogue = catalogue_new(),
        .holder = generation_holder_new(),
        .condition = {.database_up = true},
    };
    const struct rest_options options = {
        .holder = fixture->holder,
        .settings = &fixture->settings,
        .knowledge = fixture->knowledge,
        .condition = fixture_condition,
        .context = fixture,
    };
    fixture->rest = rest_new(&options, &err);
    for (size_t i = 0; fixture->rest == NULL && i < err.problem_count; i++)
        fprintf(stderr, "%s %s %s\n", err.problems[i].code, err.problems[i].pointer,
                err.problems[i].argument[0]);
    ck_assert_ptr_nonnull(fixture->rest);
}

static inline void fixture_init(struct fixture *fixture)
{
    fixture_init_empty(fixture);
    fixture_publish(fixture);
}

static inline void fixture_done(struct fixture *fixture)
{
    fixture_done_exchange(fixture);
    json_decref(fixture->contract);
    rest_free(fixture->rest);
    generation_holder_free(fixture->holder);
    catalogue_free(fixture->catalogue);
    knowledge_release(fixture->knowledge);
}

/* --- One exchange ------------------------------------------------------------------------------- */

static inline struct str fixture_decode(struct fixture *fixture, struct str text,
                                        enum http_uri_part part)
{
    struct str decoded;
    ck_assert_int_eq(http_uri_decode(text, part, fixture->arena, &decoded), HTTP_URI_DECODED);
    return decoded;
}

static inline void fixture_query(struct fixture *fixture, struct str query)
{
    struct http_field *fields =
        arena_array(fixture->arena, FIXTURE_FIELDS, sizeof(struct http_field));
    while (query.length > 0) {
        struct str pair = query;
        struct str rest = {NULL, 0};
        struct str value = STR("");
        (void)str_cut(query, '&', &pair, &rest);
        query = rest;
        struct str name = pair;
        (void)str_cut(pair, '=', &name, &value);
        ck_assert_uint_lt(fixture->request.query_count, FIXTURE_FIELDS);
        fields[fixture->request.query_count++] =
            (struct http_field){fixture_decode(fixture, name, HTTP_URI_QUERY),
                                fixture_decode(fixture, value, HTTP_URI_QUERY)};
    }
    fixture->request.query = fields;
}

/* Whether the path fits the template ("{id}" may have a suffix); its parameter becomes the
 * request's. */
static inline bool fixture_fits(struct fixture *fixture, const char *template, struct str path)
{
    const char *brace = strchr(template, '{');
    if (brace == NULL)
        return str_equal_z(path, template);
    size_t before = (size_t)(brace - template);
    const char *suffix = strchr(brace, '}') + 1;
    size_t after = strlen(suffix);
    if (path.length <= before + after || memcmp(path.data, template, before) != 0 ||
        memcmp(path.data + path.length - after, suffix, after) != 0 ||
        memchr(path.data + before, '/', path.length - before) != NULL)
        return false;
    struct http_field *field = arena_alloc(fixture->arena, sizeof *field);
    struct str value = {path.data + before, path.length - before - after};
    *field = (struct http_field){STR("id"), fixture_decode(fixture, value, HTTP_URI_SEGMENT)};
    fixture->request.path_parameters = field;
    fixture->request.path_parameter_count = 1;
    return true;
}

static inline void fixture_route(struct fixture *fixture, struct str path)
{
    size_t count;
    const struct http_route *routes = rest_routes(fixture->rest, &count);
    const struct http_route *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (routes[i].method != fixture->request.method ||
            (found != NULL && strlen(found->path_template) > strlen(routes[i].path_template)))
            continue; /* "{id}.ics" goes before "{id}" */
        if (fixture_fits(fixture, routes[i].path_template, path))
            found = &routes[i];
    }
    ck_assert_msg(found != NULL, "no route for %.*s", STR_ARGUMENTS(path));
    fixture->request.route_data = found->data;
    fixture->request.route_template = found->path_template;
}

static inline void fixture_collect(struct fixture *fixture)
{
    struct builder body;
    ck_assert(!fixture->response.failed);
    builder_init(&body, fixture->arena, FIXTURE_ARENA / 4);
    for (size_t i = 0; i < fixture->response.piece_count; i++)
        builder_append(&body, fixture->response.pieces[i]);
    ck_assert(!builder_failed(&body));
    fixture->body = builder_view(&body);
    if (fixture->body.data != NULL)
        ck_assert(str_is_utf8(fixture->body));
    if (!str_starts_with(fixture->response.content_type, STR("application/json")) &&
        !str_starts_with(fixture->response.content_type, STR("application/problem+json")))
        return;
    struct error err = {0};
    fixture->json = json_parse(fixture->body, &json_limits_file, &err);
    if (fixture->json == NULL)
        ck_abort_msg("not JSON: %.*s", STR_ARGUMENTS(fixture->body));
}

/* Begins an exchange; headers may be added before fixture_send. `target` is a literal. */
static inline void fixture_begin(struct fixture *fixture, const char *method, const char *target)
{
    fixture_done_exchange(fixture);
    fixture->arena = arena_new(FIXTURE_ARENA);
    fixture->header_count = 0;
    fixture->body = (struct str){NULL, 0};
    fixture->request = (struct http_request){
        .id = "0123456789abcdef",
        .arena = fixture->arena,
    };
    ck_assert(http_method_from_text(str_from(method), &fixture->request.method));
    struct str path = str_from(target);
    struct str query = {NULL, 0};
    (void)str_cut(str_from(target), '?', &path, &query);
    fixture->request.path = path;
    fixture_query(fixture, query);
    fixture_route(fixture, path);
}

static inline void fixture_header(struct fixture *fixture, const char *name, const char *value)
{
    fixture->headers[fixture->header_count++] =
        (struct http_field){str_from(name), str_from(value)};
}

static inline void fixture_body(struct fixture *fixture, const char *json)
{
    fixture_header(fixture, "Content-Type", "application/json");
    fixture->request.body = str_from(json);
}

static inline struct str fixture_answer_header(const struct fixture *fixture, const char *name)
{
    return http_response_get_header(&fixture->response, name);
}

/* Appends "/<name>" with the name escaped. */
static inline void fixture_below(struct builder *pointer, const char *name)
{
    json_pointer_append(pointer, str_from(name));
}

/* The schema of an answer, by the contract: follows the reference of a shared response. */
static inline void fixture_check_schema(struct fixture *fixture)
{
    char status[8];
    char type[64];
    struct error err = {0};
    struct builder pointer;
    struct str media = fixture->response.content_type;
    struct str rest;
    (void)str_cut(media, ';', &media, &rest);
    (void)snprintf(status, sizeof status, "%d", fixture->response.status);
    builder_init(&pointer, fixture->arena, 512);
    fixture_below(&pointer, "paths");
    const char *template = fixture->request.route_template;
    fixture_below(&pointer, strcmp(template, "/v1/") == 0 ? "/v1" : template);
    fixture_below(&pointer, fixture->request.method == HTTP_POST ? "post" : "get");
    fixture_below(&pointer, "responses");
    struct builder with_status = pointer;
    fixture_below(&with_status, status);
    if (json_pointer_get(fixture->contract, builder_view(&with_status)) == NULL) {
        with_status = pointer;
        fixture_below(&with_status, "default");
    }
    const json_t *response = json_pointer_get(fixture->contract, builder_view(&with_status));
    ck_assert_msg(response != NULL, "undeclared status %s of %s", status, template);
    struct str reference = json_member_str(response, "$ref");
    if (str_present(reference)) {
        builder_init(&with_status, fixture->arena, 512);
        builder_append(&with_status, (struct str){reference.data + 1, reference.length - 1});
    }
    fixture_below(&with_status, "content");
    fixture_below(&with_status, str_copy_z(media, type, sizeof type));
    ck_assert_msg(json_pointer_get(fixture->contract, builder_view(&with_status)) != NULL,
                  "undeclared type %s of %s %s", type, template, status);
    fixture_below(&with_status, "schema");
    builder_append_char(&with_status, '\0');
    struct json_schema *schema =
        json_schema_compile(fixture->contract, builder_view(&with_status).data, NULL, &err);
    ck_assert_ptr_nonnull(schema);
    bool valid = fixture->json == NULL || json_schema_validate(schema, fixture->json, "", &err);
    json_schema_free(schema);
    if (!valid)
        ck_abort_msg("%s %s: %s at %s (%s) in %.*s", template, status, err.problems[0].code,
                     err.problems[0].pointer, err.problems[0].argument[0],
                     STR_ARGUMENTS(fixture->body));
}

static inline void fixture_handle(struct fixture *fixture)
{
    fixture->request.headers = fixture->headers;
    fixture->request.header_count = fixture->header_count;
    http_response_init(&fixture->response, fixture->arena);
    rest_handle(fixture->rest, &fixture->request, &fixture->response);
    fixture_collect(fixture);
}

/* Answers, and holds the answer against the contract. */
static inline int fixture_send(struct fixture *fixture)
{
    fixture_handle(fixture);
    if (fixture->response.content_type.length > 0) {
        if (fixture->contract == NULL) {
            struct fixture other = *fixture;
            other.arena = arena_new(FIXTURE_ARENA);
            other.json = NULL;
            other.header_count = 0;
            other.request = (struct http_request){.id = "1", .arena = other.arena};
            fixture_route(&other, STR("/openapi.json"));
            fixture_handle(&other);
            fixture->contract = json_incref(other.json);
            fixture_done_exchange(&other);
        }
        fixture_check_schema(fixture);
    }
    return fixture->response.status;
}

static inline int fixture_get(struct fixture *fixture, const char *target)
{
    fixture_begin(fixture, "GET", target);
    return fixture_send(fixture);
}

static inline int fixture_post(struct fixture *fixture, const char *target, const char *json)
{
    fixture_begin(fixture, "POST", target);
    fixture_body(fixture, json);
    return fixture_send(fixture);
}

/* --- Looking at the answer ---------------------------------------------------------------------- */

/* What stands at the pointer as text: a string as it is, anything else as JSON; "-" for nothing. */
static inline const char *fixture_at(struct fixture *fixture, const char *pointer)
{
    const json_t *value = json_pointer_get(fixture->json, str_from(pointer));
    if (value == NULL)
        return "-";
    if (json_is_string(value))
        return json_string_value(value);
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    const char *copy = arena_copy(fixture->arena, str_from(text)).data;
    free(text);
    return copy;
}

static inline bool fixture_says(const struct fixture *fixture, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= fixture->body.length; i++) {
        if (memcmp(fixture->body.data + i, text, length) == 0)
            return true;
    }
    return false;
}

#endif
