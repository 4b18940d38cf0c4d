/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Addresses and lists of networks, IPv4 and IPv6 alike.
 */
#ifndef SOCIOPOINT_HTTP_NETWORK_INTERNAL_H
#define SOCIOPOINT_HTTP_NETWORK_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

/* IPv4 as IPv6 ("::ffff:a.b.c.d"), so that one comparison serves both. */
struct address {
    unsigned char bytes[16];
};

/* False when the text is no address; *address is then undefined. */
MUST_USE bool address_parse(struct str text, struct address *address);
bool address_is_ipv4(const struct address *address);

struct networks;

/*
 * Addresses ("127.0.0.1", "::1") and networks ("10.0.0.0/8"). `list` is the name of the option they
 * come from. Problem: network-malformed (pointer "/<list>/0").
 */
MUST_USE struct networks *networks_new(const char *list, const char *const *texts, size_t count,
                                       struct error *err);
void networks_free(struct networks *networks);
bool networks_have(const struct networks *networks, const struct address *address);

#endif
