/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange_internal.h"

#include <civetweb.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <time.h>

#include "authorization_internal.h"
#include "forwarded_internal.h"
#include "framing_internal.h"
#include "query_internal.h"
#include "receive_internal.h"
#include "refusal_internal.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/base/digits.h"
#include "sociopoint/base/log.h"
#include "target_internal.h"

enum {
    ID_SIZE = 17,
    RETRY_AFTER_SIZE = 12,
    LINGER_BYTES = 64 * 1024,
    LINGER_MS = 500,
    FAIR_SHARE_MS = 1000 /* how long a connection may be kept while others wait for a thread */
};

struct exchange {
    struct http_server *server;
    struct worker *worker;
    struct mg_connection *conn;
    struct target target;
    struct http_request request;
    struct http_response response;
    struct framing framing;
    struct route_match match; /* without a resource until the path is known */
    const struct http_route *route;
    size_t counter; /* which of the server's */
    struct client client;
    struct limit_verdict verdict;
    char limit_policy[LIMITER_HEADER_SIZE];
    char limit_now[LIMITER_HEADER_SIZE];
    char retry_after[RETRY_AFTER_SIZE];
    struct query query;
    uint64_t unread; /* bytes of the body that are still to come */
    bool closes;
    bool preflight;
    bool without_body;
    uint64_t body_bytes;
    int64_t start_us;
    char id[ID_SIZE];
    struct str last_resort; /* the one piece of a refusal when the arena is full */
};

static int64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/*
 * Distinct within the process and, with a random seed, most likely elsewhere (the mixer of
 * splitmix64).
 */
static void make_id(struct http_server *server, char id[ID_SIZE])
{
    uint64_t mixed = server->id_seed + atomic_fetch_add(&server->id_next, 1) * 0x9E3779B97F4A7C15U;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBU;
    mixed ^= mixed >> 31;
    *digits_put_hex(id, mixed, ID_SIZE - 1) = '\0';
}

static const char *current_date(struct worker *worker)
{
    int64_t wall_ms = clock_wall_ms();
    if (worker->date_s != wall_ms / 1000) {
        answer_date(wall_ms, worker->date);
        worker->date_s = wall_ms / 1000;
    }
    return worker->date;
}

static void begin(struct exchange *x)
{
    const struct mg_request_info *info = mg_get_request_info(x->conn);
    struct endpoints endpoints = receive_endpoints(info);
    x->start_us = now_us();
    x->counter = x->server->route_count;
    make_id(x->server, x->id);
    int64_t start_ms = x->start_us / 1000;
    x->request = (struct http_request){.id = x->id,
                                       .arena = x->worker->arena,
                                       .start_ms = start_ms,
                                       .deadline_ms = start_ms + x->server->options.request_ms};
    http_response_init(&x->response, x->worker->arena);
    worker_begin(x->worker, WORKER_READING, &endpoints, start_ms, x->request.deadline_ms);
    atomic_fetch_add(&x->server->in_flight, 1);
}

static void log_exchange(const struct exchange *x, const char *method, int64_t duration_us)
{
    if (x->server->options.without_access_log)
        return;
    const char *path = x->match.resource == NULL ? "-" : x->match.resource->path_template;
    char text[LOG_PAIRS_SIZE];
    struct builder pairs;
    builder_init_fixed(&pairs, text, sizeof text);
    builder_append(&pairs, STR("id="));
    builder_append_z(&pairs, x->id);
    builder_append(&pairs, STR(" method="));
    builder_append_z(&pairs, method);
    builder_append(&pairs, STR(" route="));
    builder_append_z(&pairs, path);
    builder_append(&pairs, STR(" status="));
    builder_append_int(&pairs, x->response.status);
    builder_append(&pairs, STR(" ms="));
    builder_append_int(&pairs, duration_us / 1000);
    builder_append(&pairs, STR(" bytes="));
    builder_append_int(&pairs, (int64_t)x->body_bytes);
    log_pairs(LOG_INFO, "request", builder_view(&pairs));
}

static void end(struct exchange *x, const char *method)
{
    int64_t duration_us = now_us() - x->start_us;
    struct route_counter *counter = &x->server->counters[x->counter];
    atomic_fetch_add_explicit(&counter->answers[x->response.status / 100], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&counter->duration_us, (uint64_t)duration_us, memory_order_relaxed);
    log_exchange(x, method, duration_us);
    arena_reset(x->worker->arena);
    worker_enter(x->worker, WORKER_IDLE, clock_monotonic_ms(), 0);
    atomic_fetch_sub(&x->server->in_flight, 1);
}

static bool sink_write(void *context, const char *bytes, size_t length)
{
    while (length > 0) {
        int step = length > INT_MAX ? INT_MAX : (int)length;
        if (mg_write(context, bytes, (size_t)step) != step)
            return false;
        bytes += step;
        length -= (size_t)step;
    }
    return true;
}

/*
 * When all threads are taken, a connection gives its thread back now and then, so that the next one
 * is served.
 */
static bool must_share(const struct exchange *x)
{
    return atomic_load(&x->server->busy) >= x->server->worker_count &&
           x->start_us / 1000 - x->worker->connected_ms > FAIR_SHARE_MS;
}

static bool closes(const struct exchange *x)
{
    return x->closes || x->framing.client_closes || !x->server->keeps_alive ||
           atomic_load(&x->server->draining) || must_share(x);
}

static bool any_origin(const struct exchange *x)
{
    if (x->route != NULL)
        return x->route->is_public;
    return x->match.resource != NULL && x->match.resource->is_public;
}

/*
 * A refused body is read a little further, or the reset of the connection could overtake the
 * answer.
 */
static void linger(struct exchange *x)
{
    char *buffer = x->worker->scratch;
    int64_t now_ms = clock_monotonic_ms();
    worker_enter(x->worker, WORKER_LINGERING, now_ms, now_ms + LINGER_MS);
    size_t left = LINGER_BYTES;
    while (left > 0) {
        size_t step = left < ANSWER_SCRATCH_SIZE ? left : ANSWER_SCRATCH_SIZE;
        int count = mg_read(x->conn, buffer, step);
        if (count <= 0)
            return;
        left -= (size_t)count;
    }
}

static void send_answer(struct exchange *x)
{
    bool close_after = closes(x);
    struct answer answer = {.response = &x->response,
                            .request_id = x->id,
                            .date = current_date(x->worker),
                            .without_body = x->without_body,
                            .keeps_connection = !close_after,
                            .any_origin = any_origin(x)};
    if (x->verdict.limited) {
        answer.limit_policy = str_from(x->limit_policy);
        answer.limit_now = str_from(x->limit_now);
    }
    const struct answer_sink sink = {sink_write, x->conn};
    int64_t now_ms = clock_monotonic_ms();
    x->worker->said_close = close_after;
    if (close_after)
        mg_disable_keep_alive(x->conn);
    worker_enter(x->worker, WORKER_WRITING, now_ms, now_ms + x->server->options.write_ms);
    bool sent = answer_write(&answer, x->worker->arena, x->worker->scratch, &sink, &x->body_bytes);
    http_response_release(&x->response);
    if (!sent)
        mg_disable_keep_alive(x->conn);
    else if (x->unread > 0 && !x->framing.expects_continue) /* who expects has not begun to send */
        linger(x);
}

static void fill_refusal(struct exchange *x, const struct http_refusal_kind *kind,
                         struct http_refusal *refusal)
{
    *refusal = (struct http_refusal){
        .status = kind->status,
        .code = kind->code,
        .accept_language = http_request_header(&x->request, "Accept-Language"),
        .request_id = x->id,
        .parameter_count = x->query.malformed_count,
    };
    memcpy(refusal->parameters, x->query.malformed, sizeof refusal->parameters);
}

static void set_last_resort(struct exchange *x, const struct http_refusal_kind *kind)
{
    http_response_clear(&x->response);
    x->last_resort = refusal_minimal_document(kind);
    x->response.status = kind->status;
    x->response.content_type = STR("application/problem+json");
    x->response.pieces = &x->last_resort;
    x->response.piece_count = 1;
    x->response.piece_capacity = 1;
}

static void add_refusal_headers(struct exchange *x, int status)
{
    if (status == 405) {
        const char *allow =
            x->match.resource == NULL ? router_allow(x->server->router) : x->match.resource->allow;
        http_response_header(&x->response, "Allow", str_from(allow));
    }
    if (status == 401)
        http_response_header(&x->response, "WWW-Authenticate",
                             STR("Bearer realm=\"sociopoint\", error=\"invalid_token\""));
    if (status == 503)
        http_response_header(&x->response, "Retry-After", STR("1"));
    if (status == 429) {
        (void)snprintf(x->retry_after, sizeof x->retry_after, "%u", x->verdict.wait_s);
        http_response_header(&x->response, "Retry-After", str_from(x->retry_after));
    }
}

/* Replaces whatever the answer was by the refusal, and sends it. */
static void refuse(struct exchange *x, const char *code)
{
    const struct http_refusal_kind *kind = refusal_kind(code);
    const struct http_options *options = &x->server->options;
    http_response_release(&x->response);
    http_response_init(&x->response, x->worker->arena);
    x->response.status = kind->status;
    if (options->refuse != NULL) {
        struct http_refusal refusal;
        fill_refusal(x, kind, &refusal);
        options->refuse(options->context, &refusal, &x->response);
    }
    if (x->response.piece_count == 0 || x->response.failed)
        set_last_resort(x, kind);
    x->response.status = kind->status;
    add_refusal_headers(x, kind->status);
    x->closes = x->closes || x->unread > 0;
    send_answer(x);
}

/* Head and framing. A refusal here closes the connection: what follows on it cannot be trusted. */
static const char *receive(struct exchange *x)
{
    const struct mg_request_info *info = mg_get_request_info(x->conn);
    struct head head;
    x->closes = true;
    x->without_body = strcmp(info->request_method, "HEAD") == 0;
    const char *refusal = receive_head(info, x->worker, &head);
    if (refusal != NULL)
        return refusal;
    x->request.headers = head.headers;
    x->request.header_count = head.header_count;
    x->target = target_of(info->request_uri, info->query_string);
    x->request.path = x->target.path;
    x->client = forwarded_client(x->server->proxies, str_from(info->remote_addr), head.headers,
                                 head.header_count);
    x->request.remote_address = x->client.text;
    refusal = framing_check(&head, &x->framing);
    x->unread = x->framing.body_length;
    if (refusal == NULL)
        x->closes = info->request_uri[0] != '/'; /* civetweb closes after any other target */
    return refusal;
}

static void answer_options(struct exchange *x)
{
    const struct resource *resource = x->match.resource;
    const char *allow = resource == NULL ? router_allow(x->server->router) : resource->allow;
    x->response.status = 204;
    http_response_header(&x->response, "Allow", str_from(allow));
    if (resource == NULL || !resource->is_public || !x->preflight)
        return;
    http_response_header(&x->response, "Access-Control-Allow-Methods",
                         str_from(resource->public_methods));
    http_response_header(&x->response, "Access-Control-Allow-Headers",
                         STR("Content-Type, Accept-Language, If-None-Match, If-Modified-Since"));
    http_response_header(&x->response, "Access-Control-Max-Age", STR("86400"));
}

/* Which route; for OPTIONS there is none, and x->route stays NULL. */
static const char *route(struct exchange *x, struct str method)
{
    if (str_equal_z(method, "OPTIONS") && str_equal_z(x->request.path, "*"))
        return NULL; /* about the server as a whole */
    const char *refusal =
        router_find(x->server->router, x->request.path, x->worker->arena, &x->match);
    enum http_method known;
    if (!http_method_from_text(method, &known))
        return "method-not-allowed";
    if (refusal != NULL)
        return refusal;
    x->request.method = known;
    x->request.route_template = x->match.resource->path_template;
    if (known == HTTP_OPTIONS) {
        x->preflight =
            str_present(http_request_header(&x->request, "Origin")) &&
            str_present(http_request_header(&x->request, "Access-Control-Request-Method"));
        return NULL;
    }
    x->route = x->match.resource->routes[known];
    if (x->route == NULL)
        return "method-not-allowed";
    x->counter = x->match.resource->ids[known];
    x->request.route_data = x->route->data;
    x->request.path_parameters = x->match.parameters;
    x->request.path_parameter_count = x->match.parameter_count;
    if (x->route->request_ms > 0)
        x->request.deadline_ms = x->request.start_ms + x->route->request_ms;
    return NULL;
}

/* Whether a bucket lets the request through; what it said last is what the answer says. */
static bool within(struct exchange *x, struct limit_verdict verdict)
{
    x->verdict = verdict;
    if (!verdict.allowed)
        atomic_fetch_add_explicit(&x->server->limited, 1, memory_order_relaxed);
    return verdict.allowed;
}

/* Takes one from what the client's address may ask. Proxies themselves are free. */
static const char *count_address(struct exchange *x)
{
    struct http_server *server = x->server;
    if (x->client.is_proxy)
        return NULL;
    enum limit_class limit =
        networks_have(server->offices, &x->client.address) ? LIMIT_OFFICE : LIMIT_PUBLIC;
    struct limit_verdict verdict =
        limiter_take(server->limiter, limit, &x->client.address, x->start_us);
    return within(x, verdict) ? NULL : "rate-limited";
}

/* Takes one from what the key may ask, or from what the address may when there is no telling. */
static const char *count_key(struct exchange *x, enum http_key_state state, uint64_t holder)
{
    if (state == HTTP_KEY_REFUSED)
        return "key-refused";
    x->request.with_key = true;
    if (state == HTTP_KEY_UNKNOWN)
        return count_address(x);
    struct limit_verdict verdict = limiter_take_key(x->server->limiter, holder, x->start_us);
    return within(x, verdict) ? NULL : "rate-limited";
}

/*
 * A key that is not known to be good costs its address one of few attempts, so that nobody tries
 * out keys or keeps others busy with looking them up; one that turns out not to be bad is given
 * back.
 */
static const char *count_stranger(struct exchange *x, struct str key, enum http_key_state state)
{
    struct http_server *server = x->server;
    const struct http_options *options = &server->options;
    const struct address *address = &x->client.address;
    uint64_t holder = 0;
    if (!within(x, limiter_take(server->limiter, LIMIT_STRANGER, address, x->start_us)))
        return "rate-limited";
    if (state == HTTP_KEY_UNKNOWN)
        state = options->check_key(options->key_context, key, true, &holder);
    if (state != HTTP_KEY_REFUSED)
        limiter_give_back(server->limiter, LIMIT_STRANGER, address, x->start_us);
    return count_key(x, state, holder);
}

static const char *count_authorized(struct exchange *x)
{
    const struct http_options *options = &x->server->options;
    struct str key;
    uint64_t holder = 0;
    enum http_key_state state = HTTP_KEY_REFUSED;
    if (authorization_bearer(x->request.headers, x->request.header_count, &key))
        state = options->check_key(options->key_context, key, false, &holder);
    return state == HTTP_KEY_GOOD ? count_key(x, state, holder) : count_stranger(x, key, state);
}

/* Counts the request against whoever sends it. Routes that are not counted ask for no key either. */
static const char *count(struct exchange *x)
{
    if (x->route != NULL && x->route->is_uncounted)
        return NULL;
    bool authorized = x->server->options.check_key != NULL &&
                      str_present(http_request_header(&x->request, "Authorization"));
    const char *refusal = authorized ? count_authorized(x) : count_address(x);
    if (x->verdict.limited)
        limiter_describe(x->server->limiter, &x->verdict, x->limit_policy, x->limit_now);
    return refusal;
}

static const char *read_fully(struct exchange *x, char *bytes)
{
    size_t length = (size_t)x->framing.body_length;
    size_t have = 0;
    while (have < length) {
        int count = mg_read(x->conn, bytes + have, length - have);
        if (count > 0)
            have += (size_t)count;
        else if (worker_was_cut(x->worker) || clock_monotonic_ms() >= x->request.deadline_ms)
            return "request-timeout";
        else if (count < 0 || atomic_load(&x->server->stopping))
            return "body-incomplete";
        /* Else civetweb's patience has ended, and ours has not. */
    }
    return NULL;
}

static const char *read_body(struct exchange *x)
{
    size_t maximum =
        x->route->body_maximum > 0 ? x->route->body_maximum : x->server->options.body_maximum;
    if (x->framing.body_length > maximum)
        return "body-too-large";
    x->request.body = STR("");
    if (x->framing.body_length == 0)
        return NULL;
    char *bytes = arena_buffer(x->worker->arena, (size_t)x->framing.body_length);
    if (bytes == NULL)
        return "overloaded";
    worker_enter(x->worker, WORKER_READING, clock_monotonic_ms(), x->request.deadline_ms);
    if (x->framing.expects_continue)
        (void)sink_write(x->conn, "HTTP/1.1 100 Continue\r\n\r\n",
                         sizeof "HTTP/1.1 100 Continue\r\n\r\n" -
                             1); /* a failure shows in reading */
    const char *refusal = read_fully(x, bytes);
    x->unread = 0;
    if (refusal != NULL) {
        x->closes = true;
        return refusal;
    }
    x->request.body = (struct str){bytes, (size_t)x->framing.body_length};
    return NULL;
}

static const char *read_query(struct exchange *x)
{
    const char *refusal = query_parse(x->target.query, x->worker->arena, &x->query);
    x->request.query = x->query.fields;
    x->request.query_count = x->query.count;
    return refusal;
}

/* Head, route, key and limit. What has no route counts too. */
static const char *admit(struct exchange *x)
{
    const char *refusal = receive(x);
    if (refusal != NULL)
        return refusal;
    refusal = route(x, str_from(mg_get_request_info(x->conn)->request_method));
    const char *counted = count(x);
    return counted == NULL ? refusal : counted;
}

/*
 * Calls the handler, unless so many are in it already that everybody would wait too long. What must
 * be answered however busy we are, such as whether we are alive, does not count.
 */
static const char *call_handler(struct exchange *x)
{
    struct http_server *server = x->server;
    const struct http_options *options = &server->options;
    bool counted = !x->route->is_uncounted;
    if (counted && atomic_fetch_add(&server->handling, 1) >= options->at_once) {
        atomic_fetch_sub(&server->handling, 1);
        return "overloaded";
    }
    worker_enter(x->worker, WORKER_HANDLING, clock_monotonic_ms(), x->request.deadline_ms);
    options->handle(options->context, &x->request, &x->response);
    if (counted)
        atomic_fetch_sub(&server->handling, 1);
    bool usable = !x->response.failed && x->response.status >= 200 && x->response.status <= 599;
    return usable ? NULL : "internal";
}

/* Everything up to the answer; NULL when it is in x->response, else the code of a refusal. */
static const char *handle(struct exchange *x)
{
    const char *refusal = admit(x);
    if (refusal == NULL && x->route == NULL) {
        answer_options(x);
        return NULL;
    }
    if (refusal == NULL)
        refusal = read_query(x);
    if (refusal == NULL)
        refusal = read_body(x);
    return refusal == NULL ? call_handler(x) : refusal;
}

int exchange_serve(struct http_server *server, struct worker *worker, struct mg_connection *conn)
{
    struct exchange x = {.server = server, .worker = worker, .conn = conn};
    begin(&x);
    const char *refusal = handle(&x);
    if (refusal == NULL)
        send_answer(&x);
    else
        refuse(&x, refusal);
    /* The method may be any word; the log names only those we know. */
    enum http_method method;
    bool known =
        http_method_from_text(str_from(mg_get_request_info(conn)->request_method), &method);
    int status = x.response.status;
    end(&x, known ? http_method_name(method) : "-");
    return status;
}

bool exchange_is_owed(const struct worker *worker, const struct mg_connection *conn)
{
    const struct mg_request_info *info = mg_get_request_info(conn);
    return !worker->said_close && info != NULL && info->request_method != NULL &&
           info->http_version != NULL && info->request_uri != NULL && info->request_uri[0] != '/';
}

/* civetweb does not say why; what it has parsed so far does. */
static const char *classify(struct exchange *x, const struct mg_request_info *info, int status,
                            int64_t waited_ms)
{
    if (status == 505)
        return "version-unsupported";
    if (info->request_method == NULL || info->request_uri == NULL || info->http_version == NULL)
        return waited_ms >= x->server->options.request_ms ? "request-timeout" : "request-malformed";
    enum http_method known;
    if (strncmp(info->http_version, "1.", 2) != 0)
        return "request-malformed";
    if (!http_method_from_text(str_from(info->request_method), &known)) {
        x->request.path = target_of(info->request_uri, NULL).path;
        return route(x, str_from(info->request_method));
    }
    struct head head;
    const char *refusal = receive_head(info, x->worker, &head);
    if (refusal == NULL)
        refusal = framing_check(&head, &x->framing);
    return refusal == NULL ? "request-malformed" : refusal;
}

void exchange_refuse_unparsed(struct http_server *server, struct worker *worker,
                              struct mg_connection *conn, int status)
{
    const struct mg_request_info *info = mg_get_request_info(conn);
    struct exchange x = {.server = server, .worker = worker, .conn = conn, .closes = true};
    if (info == NULL)
        return;
    int64_t waited_ms = clock_monotonic_ms() - worker->since_ms;
    begin(&x);
    x.without_body = info->request_method != NULL && strcmp(info->request_method, "HEAD") == 0;
    refuse(&x, classify(&x, info, status, waited_ms));
    end(&x, "-");
}
