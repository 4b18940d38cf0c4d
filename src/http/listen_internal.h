/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Listen addresses: what is asked for, in the form the server below takes, or why it cannot be.
 */
#ifndef SOCIOPOINT_HTTP_LISTEN_INTERNAL_H
#define SOCIOPOINT_HTTP_LISTEN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/error.h"

enum { LISTEN_MAXIMUM = 8, LISTEN_TEXT_SIZE = 256 };

struct listen_address {
    uint32_t address; /* IPv4, network byte order */
    uint16_t port;
};

struct listen_plan {
    struct listen_address addresses[LISTEN_MAXIMUM];
    size_t count;
    bool all_loopback;
    char text[LISTEN_TEXT_SIZE]; /* "127.0.0.1:8080,10.0.0.1:8080" */
};

/*
 * Problems: listen-malformed, listen-tls-unsupported, listen-ipv6-unsupported (pointer
 * "/listen/0").
 */
MUST_USE bool listen_plan_make(const char *const *texts, size_t count, struct listen_plan *plan,
                               struct error *err);
/*
 * Says why the server could not listen, by trying each address; sets one of listen-address-in-use,
 * listen-not-permitted, listen-failed and returns false.
 */
bool listen_plan_explain(const struct listen_plan *plan, const char *const *texts,
                         struct error *err);

#endif
