/* SPDX-License-Identifier: EUPL-1.2 */
#include <jansson.h>
#include <stdlib.h>

#include "contract_internal.h"
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "rest_internal.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/config/settings.h"
#include "write_internal.h"

enum { FIXED_MAXIMUM = 1024 * 1024, DAY_MS = 86400000, EXPIRES_DAYS = 180 };

extern const char rest_embedded_contract[];
extern const uint64_t rest_embedded_contract_size;
extern const char rest_embedded_docs[];
extern const uint64_t rest_embedded_docs_size;

struct str embedded_contract(void)
{
    return (struct str){rest_embedded_contract, (size_t)rest_embedded_contract_size};
}

struct str embedded_docs(void)
{
    return (struct str){rest_embedded_docs, (size_t)rest_embedded_docs_size};
}

/* FNV-1a, 64 bits: another tag for other bytes. */
static uint64_t hash_of(struct str bytes)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < bytes.length; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static bool fixed_set(struct rest *rest, struct fixed *fixed, struct str content_type,
                      struct str body, struct error *err)
{
    struct builder tag;
    builder_init(&tag, rest->arena, 64);
    builder_printf(&tag, "\"d%016llx\"", (unsigned long long)hash_of(body));
    if (builder_failed(&tag) || !str_present(body))
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    *fixed = (struct fixed){content_type, body, builder_view(&tag)};
    return true;
}

static void write_url(const struct rest *rest, const char *name, const char *path,
                      struct builder *out)
{
    char url[2304];
    (void)snprintf(url, sizeof url, "%.*s%s", STR_ARGUMENTS(rest->public_url), path);
    write_text(out, name, str_from(url));
}

static bool prepare_root(struct rest *rest, struct error *err)
{
    const struct settings_publisher *publisher = &rest->options.settings->publisher;
    struct builder out;
    builder_init(&out, rest->arena, FIXED_MAXIMUM);
    write_object(&out, NULL);
    write_text(&out, "version", STR("3.1"));
    write_url(rest, "profile", "/docs#hsds-profile", &out);
    write_url(rest, "openapi_url", "/openapi.json", &out);
    write_text(&out, "description",
               STR("Sociopoint: directory of social services and help in life situations"));
    write_object(&out, "publisher");
    write_text_z(&out, "name", publisher->name);
    write_text_z(&out, "identifier", publisher->identifier);
    write_text_z(&out, "email", publisher->email);
    write_text_z(&out, "website", publisher->website);
    write_object_end(&out);
    write_object_end(&out);
    if (builder_failed(&out))
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    return fixed_set(rest, &rest->root, STR("application/json"), builder_view(&out), err);
}

bool fixed_prepare(struct rest *rest, struct error *err)
{
    char *json = json_dumps(rest->contract->document, JSON_COMPACT);
    struct str copy = arena_copy(rest->arena, str_from(json));
    free(json);
    return prepare_root(rest, err) &&
           fixed_set(rest, &rest->contract_json, STR("application/json"), copy, err) &&
           fixed_set(rest, &rest->docs, STR("text/html; charset=utf-8"), embedded_docs(), err);
}

bool fixed_answer(struct exchange *x, const struct fixed *fixed)
{
    if (answer_unchanged(x, fixed->tag, NULL))
        return true;
    http_response_set(x->response, 200, fixed->content_type, fixed->body);
    answer_cacheable(x, fixed->tag, NULL);
    return true;
}

bool handle_root(struct exchange *x, struct error *err)
{
    (void)err;
    return fixed_answer(x, &x->rest->root);
}

bool handle_contract(struct exchange *x, struct error *err)
{
    (void)err;
    return fixed_answer(x, &x->rest->contract_json);
}

bool handle_docs(struct exchange *x, struct error *err)
{
    (void)err;
    http_response_header(x->response, "Content-Security-Policy",
                         STR("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                             "form-action 'none'; frame-ancestors 'none'"));
    return fixed_answer(x, &x->rest->docs);
}

bool handle_start(struct exchange *x, struct error *err)
{
    (void)err;
    x->response->status = 307;
    http_response_header(x->response, "Location", STR("/docs"));
    return true;
}

bool handle_security(struct exchange *x, struct error *err)
{
    const char *contact = x->rest->options.settings->security_contact;
    char expires[CLOCK_TEXT_SIZE];
    int64_t today = clock_wall_ms() / DAY_MS;
    struct builder out;
    if (contact == NULL || contact[0] == '\0')
        return answer_not_found(err);
    answer_begin(x, &out);
    builder_printf(&out, "Contact: %s\nExpires: %s\nPreferred-Languages: cs, en\n", contact,
                   clock_format_utc((today + EXPIRES_DAYS) * DAY_MS, expires));
    builder_printf(&out, "Canonical: %.*s/.well-known/security.txt\n",
                   STR_ARGUMENTS(x->rest->public_url));
    if (builder_failed(&out))
        return answer_no_memory(err);
    http_response_set(x->response, 200, STR("text/plain; charset=utf-8"), builder_view(&out));
    http_response_header(x->response, "Cache-Control",
                         x->request->with_key ? STR("private, max-age=3600")
                                              : STR("public, max-age=3600"));
    return true;
}
