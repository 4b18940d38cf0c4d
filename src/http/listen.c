/* SPDX-License-Identifier: EUPL-1.2 */
#include "listen_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sociopoint/base/str.h"

static bool refuse(struct error *err, const char *problem, size_t index, const char *text)
{
    char pointer[PROBLEM_POINTER_SIZE];
    (void)snprintf(pointer, sizeof pointer, "/listen/%zu", index);
    return error_set_with(err, ERROR_INVALID, problem, pointer, ERROR_ARGUMENTS(text));
}

/* The letters civetweb takes after a port: a TLS port, or one that redirects to it. */
static bool asks_for_tls(struct str port)
{
    return port.length > 1 &&
           (port.data[port.length - 1] == 's' || port.data[port.length - 1] == 'r') &&
           port.data[0] >= '0' && port.data[0] <= '9';
}

/* NULL, or the problem. */
static const char *parse(struct str text, struct listen_address *place)
{
    char host[INET_ADDRSTRLEN] = "0.0.0.0";
    struct str address = {NULL, 0};
    struct str port = text;
    if (text.length > 0 && text.data[0] == '[')
        return "listen-ipv6-unsupported";
    if (str_cut(text, ':', &address, &port)) {
        if (port.length > 0 && memchr(port.data, ':', port.length) != NULL)
            return "listen-ipv6-unsupported";
        if (str_equal_z(address, "localhost"))
            address = STR("127.0.0.1");
        if (address.length >= sizeof host)
            return "listen-malformed";
        str_copy_z(address, host, sizeof host);
    }
    if (asks_for_tls(port))
        return "listen-tls-unsupported";
    uint64_t number = 0;
    struct in_addr parsed;
    if (!str_to_uint(port, UINT16_MAX, &number) || inet_pton(AF_INET, host, &parsed) != 1)
        return "listen-malformed";
    *place = (struct listen_address){parsed.s_addr, (uint16_t)number};
    return NULL;
}

static bool is_loopback(const struct listen_address *place)
{
    return ntohl(place->address) >> 24 == 127;
}

bool listen_plan_make(const char *const *texts, size_t count, struct listen_plan *plan,
                      struct error *err)
{
    *plan = (struct listen_plan){.all_loopback = true};
    if (count == 0 || count > LISTEN_MAXIMUM)
        return error_set(err, ERROR_INVALID, "listen-malformed", "/listen");
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        struct listen_address *place = &plan->addresses[i];
        const char *problem = parse(str_from(texts[i]), place);
        if (problem != NULL)
            return refuse(err, problem, i, texts[i]);
        plan->all_loopback = plan->all_loopback && is_loopback(place);
        char host[INET_ADDRSTRLEN];
        struct in_addr address = {place->address};
        (void)inet_ntop(AF_INET, &address, host, sizeof host); /* cannot fail: the buffer fits */
        length += (size_t)snprintf(plan->text + length, sizeof plan->text - length, "%s%s:%u",
                                   i == 0 ? "" : ",", host, place->port);
    }
    plan->count = count;
    return true;
}

/* 0, or the errno of binding there. */
static int try_to_bind(const struct listen_address *wanted)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(wanted->port), .sin_addr = {wanted->address}};
    int on = 1;
    int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return errno;
    /* As the server does it, so that a port in TIME_WAIT is no obstacle. */
    (void)setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    int failed =
        bind(probe, (struct sockaddr *)&address, sizeof address) != 0 || listen(probe, 1) != 0;
    int reason = failed ? errno : 0;
    (void)close(probe);
    return reason;
}

bool listen_plan_explain(const struct listen_plan *plan, const char *const *texts,
                         struct error *err)
{
    for (size_t i = 0; i < plan->count; i++) {
        int reason = try_to_bind(&plan->addresses[i]);
        if (reason == EADDRINUSE)
            return refuse(err, "listen-address-in-use", i, texts[i]);
        if (reason == EACCES)
            return refuse(err, "listen-not-permitted", i, texts[i]);
        if (reason != 0)
            return refuse(err, "listen-failed", i, texts[i]);
    }
    return error_set(err, ERROR_UNAVAILABLE, "listen-failed", "/listen");
}
