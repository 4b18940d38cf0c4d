/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small HTTP/1.1 server: framing, limits, routing, deadlines, drain.
 *
 * It speaks plain HTTP over IPv4 only: TLS and IPv6 are the proxy's. A request reaches the handler
 * when its framing is beyond doubt, its path and method have a route, its parameters are decoded
 * and its body has been read. What is refused before that never reaches the handler; the document
 * comes from the `refuse` function given at start. Connections are kept open between requests only
 * when every listen address is loopback or `trusted_proxy` is set, because ambiguous framing can
 * otherwise hide a second request, and are closed after a target that names a server
 * ("http://host/path").
 *
 * Requests are counted by client or by key; who makes too many is answered 429. Addresses are
 * known as hashes under a key of the process, for about a minute, and nowhere else.
 *
 * Handlers run on the server's worker threads, several at a time. Threads of the server block every
 * signal.
 */
#ifndef SOCIOPOINT_HTTP_SERVER_H
#define SOCIOPOINT_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/http/refusal.h"
#include "sociopoint/http/request.h"
#include "sociopoint/http/response.h"
#include "sociopoint/http/route.h"

struct http_server;

/* What is known of a key. */
enum http_key_state {
    HTTP_KEY_REFUSED,
    HTTP_KEY_GOOD,
    HTTP_KEY_UNKNOWN /* nothing can be said of it now */
};

/* Numbers: 0 stands for the default in brackets. Texts and functions must outlive the server. */
struct http_options {
    /* "127.0.0.1:8080", or "8080" for every IPv4 address; port 0: any free one. */
    const char *const *listen;
    size_t listen_count;
    bool trusted_proxy; /* the proxy in front forwards nothing ambiguous (docker/haproxy.cfg) */
    /* Addresses or networks ("10.0.0.0/8") whose X-Forwarded-For is believed. */
    const char *const *proxies;
    size_t proxy_count;
    /*
     * Requests a minute of one client (an IPv4 address or a /64 of IPv6); 0: no limit. Who comes
     * from an office is counted by its own limit; listed proxies themselves are not counted. Who
     * sends a good key is counted by the key, wherever it is used; keys that are not known to be
     * good are counted by the client, who is then refused (401 for a bad key, 429 for too many).
     */
    unsigned public_per_minute;
    unsigned office_per_minute;
    unsigned key_per_minute;
    unsigned unknown_keys_per_minute;
    const char *const *offices; /* addresses or networks */
    size_t office_count;
    unsigned threads;     /* at most so many requests at a time [600] */
    unsigned at_once;     /* in handlers at a time; more are told at once to come back: 503 [256] */
    size_t body_maximum;  /* bytes [64 KiB] */
    size_t arena_maximum; /* bytes a request may use, its body included [16 MiB] */
    int64_t request_ms;   /* for the head; then from its end to the handler's return [10 s]; on a
                             kept connection half as much again from the last answer to the end of
                             the next head, but at most 15 s */
    int64_t write_ms;     /* until the client has taken the answer; a stall lasts no longer than
                             request_ms [30 s] */
    bool without_access_log;

    /* Fills the answer; what it leaves without a status becomes 500. */
    void (*handle)(void *context, const struct http_request *request,
                   struct http_response *response);
    /* Fills the document of a refusal; see refusal.h. NULL: minimal documents. */
    void (*refuse)(void *context, const struct http_refusal *refusal,
                   struct http_response *response);
    void *context;

    /*
     * What is known of the key of "Authorization: Bearer <key>"; NULL: nobody looks at keys. Sets
     * *holder to the same number for the same key when it is good. With `ask` it may look it up and
     * wait for that; without, an unknown key is HTTP_KEY_UNKNOWN. A request whose key is unknown
     * after all is served as one without a key.
     */
    enum http_key_state (*check_key)(void *key_context, struct str key, bool ask, uint64_t *holder);
    void *key_context;
};

/* What has been answered on one route; the last one counts what had none. */
struct http_route_count {
    enum http_method method;   /* HEAD counts as the GET it follows */
    const char *path_template; /* "" without a route: unknown paths, OPTIONS, refused methods */
    uint64_t answers[6];       /* by class of status: [2] counts 200 to 299 */
    uint64_t duration_us;      /* sum, from the parsed head to the last byte written */
};

/*
 * A running server, or NULL. Problems: listen-malformed, listen-tls-unsupported,
 * listen-ipv6-unsupported, listen-address-in-use, listen-not-permitted, listen-failed,
 * network-malformed (pointer "/listen/0", "/proxies/0"), route-malformed, route-twice (pointer:
 * the template), option-out-of-range (pointer: the option), threads-unavailable,
 * entropy-unavailable. Where the limit on descriptors does not allow as many threads as asked, it
 * uses fewer and logs so.
 */
MUST_USE struct http_server *http_server_start(const struct http_options *options,
                                               const struct http_route *routes, size_t route_count,
                                               struct error *err);
/*
 * Drains and stops: answers tell clients to close, idle connections are closed, no new ones are
 * taken, and what is in flight is answered for at most `grace_ms`; then the server is freed. True
 * when nothing was cut off. NULL is fine. To be called from a thread that is not a handler.
 */
bool http_server_stop(struct http_server *server, int64_t grace_ms);

/* The port of the `index`-th listen address; 0 when there is none. */
int http_server_port(const struct http_server *server, size_t index);
bool http_server_keeps_alive(const struct http_server *server);
/* Whether http_server_stop has begun: readiness says no then. May be called from handlers. */
bool http_server_draining(const struct http_server *server);

/* Requests answered 429 since the start. */
uint64_t http_server_limited(const struct http_server *server);
/* Requests being read, handled or written now. */
size_t http_server_in_flight(const struct http_server *server);
/* Calls `visit` for each route in the order of the table, then for requests without a route. */
void http_server_visit_counts(const struct http_server *server,
                              void (*visit)(void *context, const struct http_route_count *count),
                              void *context);

#endif
