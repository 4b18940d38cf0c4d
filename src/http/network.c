/* SPDX-License-Identifier: EUPL-1.2 */
#include "network_internal.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

struct network {
    struct address address;
    unsigned bits;
};

struct networks {
    size_t count;
    struct network items[];
};

static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};

bool address_parse(struct str text, struct address *address)
{
    char buffer[INET6_ADDRSTRLEN];
    if (text.length == 0 || text.length >= sizeof buffer)
        return false;
    str_copy_z(text, buffer, sizeof buffer);
    memcpy(address->bytes, mapped, sizeof mapped);
    return inet_pton(AF_INET, buffer, address->bytes + sizeof mapped) == 1 ||
           inet_pton(AF_INET6, buffer, address->bytes) == 1;
}

bool address_is_ipv4(const struct address *address)
{
    return memcmp(address->bytes, mapped, sizeof mapped) == 0;
}

static bool parse_network(struct str text, struct network *network)
{
    struct str address = text;
    struct str length = {NULL, 0};
    bool has_length = str_cut(text, '/', &address, &length);
    if (!address_parse(address, &network->address))
        return false;
    bool in_ipv4 = address.data != NULL && memchr(address.data, ':', address.length) == NULL;
    unsigned widest = in_ipv4 ? 32 : 128;
    uint64_t bits = widest;
    if (has_length && !str_to_uint(length, widest, &bits))
        return false;
    network->bits = (unsigned)bits + (in_ipv4 ? 96 : 0);
    return true;
}

struct networks *networks_new(const char *list, const char *const *texts, size_t count,
                              struct error *err)
{
    struct networks *networks = calloc(1, sizeof *networks + count * sizeof networks->items[0]);
    if (networks == NULL) {
        error_set(err, ERROR_MEMORY, "out-of-memory", "");
        return NULL;
    }
    networks->count = count;
    for (size_t i = 0; i < count; i++) {
        if (parse_network(str_from(texts[i]), &networks->items[i]))
            continue;
        char pointer[PROBLEM_POINTER_SIZE];
        (void)snprintf(pointer, sizeof pointer, "/%s/%zu", list, i);
        error_set_with(err, ERROR_INVALID, "network-malformed", pointer, ERROR_ARGUMENTS(texts[i]));
        networks_free(networks);
        return NULL;
    }
    return networks;
}

void networks_free(struct networks *networks)
{
    free(networks);
}

static bool is_in(const struct address *address, const struct network *network)
{
    size_t bytes = network->bits / 8;
    if (memcmp(address->bytes, network->address.bytes, bytes) != 0)
        return false;
    unsigned left = network->bits % 8;
    return left == 0 ||
           ((address->bytes[bytes] ^ network->address.bytes[bytes]) >> (8 - left)) == 0;
}

bool networks_have(const struct networks *networks, const struct address *address)
{
    for (size_t i = 0; i < networks->count; i++) {
        if (is_in(address, &networks->items[i]))
            return true;
    }
    return false;
}
