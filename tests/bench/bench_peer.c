/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * bench_peer [--threads N] --constant GET_BYTES,MATCH_BYTES
 * bench_peer [--threads N] --dsn DSN --pool N --get FILE --match FILE
 *
 * What our server is measured against, in the same server library with the same settings and one
 * write for each answer: constant answers, or one SQL statement for each request (the two files).
 * The statement for GET takes the id; the one for POST /v1/match takes situation, district and age.
 * It serves a free port of 127.0.0.1, which it prints, until it is told to end (SIGTERM).
 */
#include <civetweb.h>
#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/fail.h"
#include "bench/peer_pool.h"

enum { BODY_MAXIMUM = 64 * 1024, HEAD_ROOM = 256, STATEMENT_MAXIMUM = 16 * 1024 };
enum { STATEMENT_GET, STATEMENT_MATCH, STATEMENTS };

struct peer {
    char *constant[STATEMENTS]; /* NULL: ask the pool */
    size_t constant_length[STATEMENTS];
    struct peer_pool *pool;
};

struct wishes {
    const char *threads;
    const char *constant;
    const char *dsn;
    unsigned pool;
    const char *files[STATEMENTS];
};

/* --- Answers ----------------------------------------------------------------------------------- */

/* Head and body in one write. */
static void answer(struct mg_connection *conn, int status, const char *body, size_t length)
{
    char *bytes = malloc(HEAD_ROOM + length);
    if (bytes == NULL)
        bench_fail("no memory", "an answer");
    int head = snprintf(bytes, HEAD_ROOM,
                        "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: "
                        "%zu\r\nConnection: keep-alive\r\n\r\n",
                        status, status == 200 ? "OK" : "Not Found", length);
    memcpy(bytes + head, body, length);
    (void)mg_write(conn, bytes, (size_t)head + length);
    free(bytes);
}

static void answer_text(void *context, const char *text, size_t length)
{
    if (text == NULL)
        answer(context, 404, "{}", 2);
    else
        answer(context, 200, text, length);
}

static int handle_get(struct mg_connection *conn, void *context)
{
    struct peer *peer = context;
    const char *id = strrchr(mg_get_request_info(conn)->local_uri, '/') + 1;
    if (peer->constant[STATEMENT_GET] != NULL)
        answer(conn, 200, peer->constant[STATEMENT_GET], peer->constant_length[STATEMENT_GET]);
    else
        peer_pool_ask(peer->pool, STATEMENT_GET, &id, 1, answer_text, conn);
    return 200;
}

static size_t read_body(struct mg_connection *conn, char body[BODY_MAXIMUM])
{
    size_t length = 0;
    size_t wanted = (size_t)mg_get_request_info(conn)->content_length;
    if (wanted > BODY_MAXIMUM)
        return 0;
    while (length < wanted) {
        int count = mg_read(conn, body + length, wanted - length);
        if (count <= 0)
            return 0;
        length += (size_t)count;
    }
    return length;
}

static void ask_match(struct peer *peer, struct mg_connection *conn, const json_t *question)
{
    char age[24];
    const char *values[] = {
        json_string_value(json_array_get(json_object_get(question, "situations"), 0)),
        json_string_value(json_object_get(question, "district")), age};
    (void)snprintf(age, sizeof age, "%lld",
                   (long long)json_integer_value(json_object_get(question, "age")));
    peer_pool_ask(peer->pool, STATEMENT_MATCH, values, 3, answer_text, conn);
}

static int handle_match(struct mg_connection *conn, void *context)
{
    struct peer *peer = context;
    char *body = malloc(BODY_MAXIMUM);
    if (body == NULL)
        bench_fail("no memory", "a body");
    size_t length = read_body(conn, body);
    if (peer->constant[STATEMENT_MATCH] != NULL) {
        answer(conn, 200, peer->constant[STATEMENT_MATCH], peer->constant_length[STATEMENT_MATCH]);
    } else {
        json_t *question = json_loadb(body, length, 0, NULL);
        ask_match(peer, conn, question);
        json_decref(question);
    }
    free(body);
    return 200;
}

/* --- The program ------------------------------------------------------------------------------- */

static char *statement_of(const char *path)
{
    char *text = calloc(1, STATEMENT_MAXIMUM);
    FILE *file = path == NULL ? NULL : fopen(path, "r");
    if (text == NULL || file == NULL || fread(text, 1, STATEMENT_MAXIMUM - 1, file) == 0)
        bench_fail("cannot read a statement", path == NULL ? "arguments" : path);
    (void)fclose(file);
    return text;
}

static void make_constant(struct peer *peer, int which, size_t length)
{
    static const char quoted[] = "{\"filling\":\"";
    char *text = malloc(length + sizeof quoted + 2);
    if (text == NULL || length < sizeof quoted + 2)
        bench_fail("no such length", "constant");
    memset(text, 'x', length);
    memcpy(text, quoted, sizeof quoted - 1);
    memcpy(text + length - 2, "\"}", 2);
    peer->constant[which] = text;
    peer->constant_length[which] = length;
}

static void peer_init(struct peer *peer, const struct wishes *wishes)
{
    *peer = (struct peer){0};
    if (wishes->constant != NULL) {
        char *rest;
        make_constant(peer, STATEMENT_GET, strtoul(wishes->constant, &rest, 10));
        make_constant(peer, STATEMENT_MATCH, strtoul(rest + (*rest == ','), NULL, 10));
        return;
    }
    char *statements[STATEMENTS];
    for (int i = 0; i < STATEMENTS; i++)
        statements[i] = statement_of(wishes->files[i]);
    peer->pool =
        peer_pool_new(wishes->dsn, wishes->pool, (const char *const *)statements, STATEMENTS);
    for (int i = 0; i < STATEMENTS; i++)
        free(statements[i]);
}

static void peer_done(struct peer *peer)
{
    for (int i = 0; i < STATEMENTS; i++)
        free(peer->constant[i]);
    peer_pool_free(peer->pool);
}

static struct mg_context *start(struct peer *peer, const struct wishes *wishes)
{
    static const struct mg_callbacks none;
    const char *settings[] = {"listening_ports",
                              "127.0.0.1:0",
                              "num_threads",
                              wishes->threads,
                              "enable_keep_alive",
                              "yes",
                              "keep_alive_timeout_ms",
                              "15000",
                              "tcp_nodelay",
                              "1",
                              "listen_backlog",
                              "1024",
                              "enable_directory_listing",
                              "no",
                              NULL};
    struct mg_context *server = mg_start(&none, NULL, settings);
    if (server == NULL)
        bench_fail("cannot listen", "peer");
    mg_set_request_handler(server, "/v1/services/", handle_get, peer);
    mg_set_request_handler(server, "/v1/match", handle_match, peer);
    return server;
}

static void take(struct wishes *wishes, int option)
{
    const char **const texts[] = {['t'] = &wishes->threads,
                                  ['c'] = &wishes->constant,
                                  ['d'] = &wishes->dsn,
                                  ['g'] = &wishes->files[STATEMENT_GET],
                                  ['m'] = &wishes->files[STATEMENT_MATCH]};
    if (option == 'n')
        wishes->pool = (unsigned)strtoul(optarg, NULL, 10);
    else if (option > 0 && (size_t)option < sizeof texts / sizeof texts[0] && texts[option] != NULL)
        *texts[option] = optarg;
    else
        bench_fail("see the head of the source", "arguments");
}

static void read_wishes(struct wishes *wishes, int argc, char **argv)
{
    static const struct option known[] = {
        {"threads", required_argument, NULL, 't'},
        {"constant", required_argument, NULL, 'c'},
        {"dsn", required_argument, NULL, 'd'},
        {"pool", required_argument, NULL, 'n'},
        {"get", required_argument, NULL, 'g'},
        {"match", required_argument, NULL, 'm'},
        {NULL, 0, NULL, 0},
    };
    *wishes = (struct wishes){.threads = "64", .pool = 8};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;)
        take(wishes, option);
    if ((wishes->constant == NULL) == (wishes->dsn == NULL))
        bench_fail("see the head of the source", "arguments");
}

int main(int argc, char **argv)
{
    struct wishes wishes;
    struct peer peer;
    sigset_t ends;
    int signal_number;
    read_wishes(&wishes, argc, argv);
    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGTERM);
    (void)sigaddset(&ends, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, &ends, NULL);
    peer_init(&peer, &wishes);
    struct mg_context *server = start(&peer, &wishes);
    struct mg_server_port port;
    (void)mg_get_server_ports(server, 1, &port);
    (void)printf("port %d\n", port.port);
    (void)fflush(stdout);
    (void)sigwait(&ends, &signal_number);
    mg_stop(server);
    peer_done(&peer);
    return 0;
}
