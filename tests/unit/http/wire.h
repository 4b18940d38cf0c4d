/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A client that says exactly what it is told, byte by byte, and a small server to say it to.
 *
 * Every wait has a deadline; none is a fixed pause that a slow machine could outrun.
 */
#ifndef TESTS_HTTP_WIRE_H
#define TESTS_HTTP_WIRE_H

#include <arpa/inet.h>
#include <check.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/base/log.h"
#include "sociopoint/http/server.h"

enum { WIRE_PATIENCE_MS = 8000, WIRE_ANSWER_SIZE = 512 * 1024 };

struct wire_answer {
    int status; /* 0: the connection ended without an answer */
    char head[8192];
    char *body; /* with a closing NUL */
    size_t body_length;
};

static inline void wire_pause(long ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    nanosleep(&pause, NULL);
}

static inline int wire_connect(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    int wire = socket(AF_INET, SOCK_STREAM, 0);
    if (wire < 0 || connect(wire, (struct sockaddr *)&address, sizeof address) != 0) {
        if (wire >= 0)
            close(wire);
        return -1;
    }
    return wire;
}

static inline bool wire_send_bytes(int wire, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = send(wire, bytes, length, MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes += count;
        length -= (size_t)count;
    }
    return true;
}

static inline bool wire_send(int wire, const char *text)
{
    return wire_send_bytes(wire, text, strlen(text));
}

/*
 * The number of bytes, 0 at the end of the connection, -1 when nothing came in time or it was
 * reset.
 */
static inline ssize_t wire_read(int wire, char *buffer, size_t size, int64_t until_ms)
{
    int64_t left = until_ms - clock_monotonic_ms();
    struct pollfd poller = {.fd = wire, .events = POLLIN};
    if (left <= 0 || poll(&poller, 1, (int)left) <= 0)
        return -1;
    return recv(wire, buffer, size, 0);
}

/* Whether the server ends the connection within `ms`; bytes that come before count as not ended. */
static inline bool wire_is_closed(int wire, int64_t ms)
{
    char byte;
    int64_t start = clock_monotonic_ms();
    ssize_t count = wire_read(wire, &byte, 1, start + ms);
    return count == 0 || (count < 0 && clock_monotonic_ms() - start < ms);
}

static inline const char *wire_header(const struct wire_answer *answer, const char *name,
                                      char *value, size_t size)
{
    size_t length = strlen(name);
    const char *line = answer->head;
    while ((line = strstr(line, "\r\n")) != NULL) {
        line += 2;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            const char *start = line + length + 2;
            size_t count = strcspn(start, "\r");
            str_copy_z((struct str){start, count}, value, size);
            return value;
        }
    }
    return NULL;
}

static inline bool wire_has_header(const struct wire_answer *answer, const char *name,
                                   const char *expected)
{
    char value[1024];
    const char *found = wire_header(answer, name, value, sizeof value);
    return found == NULL ? expected == NULL : expected != NULL && strcmp(found, expected) == 0;
}

/* Reads one answer; a body is expected unless `head_only` or the status has none. */
static inline struct wire_answer wire_receive_as(int wire, bool head_only)
{
    struct wire_answer answer = {.body = calloc(1, WIRE_ANSWER_SIZE)};
    int64_t until = clock_monotonic_ms() + WIRE_PATIENCE_MS;
    size_t have = 0;
    while (have < 4 || memcmp(answer.head + have - 4, "\r\n\r\n", 4) != 0) {
        /* Byte by byte, so that what follows stays for the next answer. */
        if (have + 1 >= sizeof answer.head || wire_read(wire, answer.head + have, 1, until) != 1)
            return answer;
        have++;
    }
    int status = 0;
    if (sscanf(answer.head, "HTTP/1.1 %3d ", &status) != 1)
        return answer;
    char text[32];
    const char *length = wire_header(&answer, "Content-Length", text, sizeof text);
    answer.body_length = length == NULL ? 0 : strtoul(length, NULL, 10);
    bool has_body = !head_only && status >= 200 && status != 204 && status != 304;
    ck_assert_uint_lt(answer.body_length, WIRE_ANSWER_SIZE);
    for (size_t got = 0; has_body && got < answer.body_length;) {
        ssize_t count = wire_read(wire, answer.body + got, answer.body_length - got, until);
        if (count <= 0)
            return answer; /* torn: the status stays 0 */
        got += (size_t)count;
    }
    answer.status = status;
    return answer;
}

static inline struct wire_answer wire_receive(int wire)
{
    return wire_receive_as(wire, false);
}

/* One request over one connection; the answer must be freed by wire_done. */
static inline struct wire_answer wire_ask(int port, const char *request)
{
    int wire = wire_connect(port);
    ck_assert_int_ge(wire, 0);
    ck_assert(wire_send(wire, request));
    struct wire_answer answer = wire_receive_as(wire, strncmp(request, "HEAD ", 5) == 0);
    close(wire);
    return answer;
}

static inline void wire_done(struct wire_answer *answer)
{
    free(answer->body);
    answer->body = NULL;
}

static inline int wire_status(int port, const char *request)
{
    struct wire_answer answer = wire_ask(port, request);
    wire_done(&answer);
    return answer.status;
}

/* Waits until `condition` holds. */
#define WIRE_EVENTUALLY(condition)                                                                 \
    do {                                                                                           \
        int64_t wire_until = clock_monotonic_ms() + WIRE_PATIENCE_MS;                              \
        while (!(condition) && clock_monotonic_ms() < wire_until)                                  \
            wire_pause(5);                                                                         \
        ck_assert_msg((condition), "%s", #condition);                                              \
    } while (0)

/* A server of the test. `threads` is small so that sanitizers stay quick. */
static inline struct http_options wire_options(void)
{
    static const char *const addresses[] = {"127.0.0.1:0"};
    log_set_level(LOG_ERROR);
    return (struct http_options){
        .listen = addresses, .listen_count = 1, .threads = 8, .without_access_log = true};
}

static inline struct http_server *wire_start(const struct http_options *options,
                                             const struct http_route *routes, size_t count)
{
    struct error err = {0};
    struct http_server *server = http_server_start(options, routes, count, &err);
    ck_assert_msg(server != NULL, "%s %s", err.problems[0].code, err.problems[0].pointer);
    return server;
}

#endif
