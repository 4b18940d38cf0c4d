/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The inside of a server, shared by the files that start, serve, watch and stop it.
 */
#ifndef SOCIOPOINT_HTTP_SERVER_INTERNAL_H
#define SOCIOPOINT_HTTP_SERVER_INTERNAL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "limiter_internal.h"
#include "listen_internal.h"
#include "network_internal.h"
#include "router_internal.h"
#include "sociopoint/http/server.h"
#include "worker_internal.h"

struct mg_context;
struct reaper;

enum { SERVER_STATUS_CLASSES = 6 };

struct route_counter {
    atomic_uint_least64_t answers[SERVER_STATUS_CLASSES];
    atomic_uint_least64_t duration_us;
};

struct http_server {
    /* Immutable while it runs. */
    struct http_options options; /* with the defaults filled in */
    struct http_route *routes;   /* a copy */
    size_t route_count;
    struct router *router;
    struct networks *proxies;
    struct networks *offices;
    struct limiter *limiter;
    struct listen_plan plan;
    bool keeps_alive;
    struct mg_context *civetweb;
    uint16_t ports[LISTEN_MAXIMUM];
    size_t port_count;
    uint64_t id_seed;
    struct worker *workers;
    unsigned worker_count;

    struct reaper *reaper;
    struct route_counter *counters; /* one more than routes: for requests without a route */
    atomic_uint workers_taken;
    atomic_uint busy;              /* workers that have a connection */
    atomic_uint in_flight;         /* workers that have a request */
    atomic_uint handling;          /* workers that are in the handler */
    atomic_uint_least64_t limited; /* requests refused because their client had enough */
    atomic_bool draining;
    atomic_bool stopping; /* reads and writes fail from now on */
    atomic_uint_least64_t id_next;
};

enum {
    SERVER_KEEP_ALIVE_MS = 15000,
    /* an idle connection, at most */ SERVER_REQUEST_BUFFER = 24 * 1024
};

#endif
