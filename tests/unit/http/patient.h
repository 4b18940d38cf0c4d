/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A server whose handler takes its time, and clients that ask it all the while.
 */
#ifndef TESTS_HTTP_PATIENT_H
#define TESTS_HTTP_PATIENT_H

#include <stdatomic.h>

#include "wire.h"

enum { HUGE_PIECE = 1 << 20, HUGE_PIECES = 16 };

static atomic_bool held; /* as long as it is set, "/held" does not return */

static inline void answer_huge(struct http_response *response)
{
    char *piece = arena_alloc(response->arena, HUGE_PIECE);
    response->status = 200;
    response->content_type = STR("text/plain");
    for (int i = 0; i < HUGE_PIECES; i++)
        http_response_append(response, (struct str){piece, HUGE_PIECE});
}

static inline void handle(void *context, const struct http_request *request,
                          struct http_response *response)
{
    (void)context;
    const char *what = request->route_data;
    if (strcmp(what, "huge") == 0) {
        answer_huge(response);
        return;
    }
    while (strcmp(what, "held") == 0 && atomic_load(&held))
        wire_pause(5);
    http_response_set(response, 200, STR("text/plain"), STR("ok"));
}

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path_template = "/quick", .data = "quick"},
    {.method = HTTP_POST, .path_template = "/quick", .data = "quick"},
    {.method = HTTP_POST, .path_template = "/patient", .data = "quick", .request_ms = 60000},
    {.method = HTTP_GET, .path_template = "/held", .data = "held"},
    {.method = HTTP_GET, .path_template = "/huge", .data = "huge"},
};

enum { ROUTES = sizeof routes / sizeof routes[0] };

static struct http_server *server;
static int port;

static inline void start(const struct http_options *options)
{
    atomic_store(&held, false);
    server = wire_start(options, routes, ROUTES);
    port = http_server_port(server, 0);
}

#define HOST  "Host: x\r\n"
#define QUICK "GET /quick HTTP/1.1\r\n" HOST "\r\n"

struct client {
    pthread_t thread;
    unsigned answered;
    unsigned lost; /* sent, and no whole answer */
    int64_t until_ms;
    bool ends_when_refused;
};

static inline void *ask_again_and_again(void *context)
{
    struct client *client = context;
    int wire = -1;
    while (clock_monotonic_ms() < client->until_ms) {
        if (wire < 0)
            wire = wire_connect(port);
        if (wire < 0 && client->ends_when_refused)
            break;
        if (!wire_send(wire, QUICK)) {
            client->lost++;
            break;
        }
        struct wire_answer answer = wire_receive(wire);
        client->lost += answer.status == 200 ? 0 : 1;
        client->answered += answer.status == 200 ? 1 : 0;
        if (answer.status != 200 || wire_has_header(&answer, "Connection", "close")) {
            close(wire);
            wire = -1;
        }
        wire_done(&answer);
    }
    if (wire >= 0)
        close(wire);
    return NULL;
}

enum { CLIENTS = 6 };

static inline void start_clients(struct client *clients, int64_t ms, bool ends_when_refused)
{
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.until_ms = clock_monotonic_ms() + ms,
                                     .ends_when_refused = ends_when_refused};
        ck_assert_int_eq(pthread_create(&clients[i].thread, NULL, ask_again_and_again, &clients[i]),
                         0);
    }
}

#endif
