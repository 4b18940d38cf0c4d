/* SPDX-License-Identifier: EUPL-1.2 */
#include "forwarded_internal.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "field_internal.h"

/* IPv4 as IPv6 ("::ffff:a.b.c.d"), so that one comparison serves both. */
struct network {
    unsigned char address[16];
    unsigned bits;
};

struct proxies {
    size_t count;
    struct network networks[];
};

static bool parse_address(struct str text, unsigned char address[16], bool *is_ipv4)
{
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    char buffer[INET6_ADDRSTRLEN];
    if (text.length == 0 || text.length >= sizeof buffer)
        return false;
    str_copy_z(text, buffer, sizeof buffer);
    memcpy(address, mapped, sizeof mapped);
    *is_ipv4 = inet_pton(AF_INET, buffer, address + sizeof mapped) == 1;
    return *is_ipv4 || inet_pton(AF_INET6, buffer, address) == 1;
}

static bool parse_network(struct str text, struct network *network)
{
    struct str address = text;
    struct str length = {NULL, 0};
    bool has_length = str_cut(text, '/', &address, &length);
    bool is_ipv4 = false;
    if (!parse_address(address, network->address, &is_ipv4))
        return false;
    unsigned widest = is_ipv4 ? 32 : 128;
    uint64_t bits = widest;
    if (has_length && !str_to_uint(length, widest, &bits))
        return false;
    network->bits = (unsigned)bits + (is_ipv4 ? 96 : 0);
    return true;
}

struct proxies *proxies_new(const char *const *texts, size_t count, struct error *err)
{
    struct proxies *proxies = calloc(1, sizeof *proxies + count * sizeof proxies->networks[0]);
    if (proxies == NULL) {
        error_set(err, ERROR_MEMORY, "out-of-memory", "");
        return NULL;
    }
    proxies->count = count;
    for (size_t i = 0; i < count; i++) {
        if (parse_network(str_from(texts[i]), &proxies->networks[i]))
            continue;
        char pointer[PROBLEM_POINTER_SIZE];
        (void)snprintf(pointer, sizeof pointer, "/proxies/%zu", i);
        error_set_with(err, ERROR_INVALID, "proxy-malformed", pointer, ERROR_ARGUMENTS(texts[i]));
        proxies_free(proxies);
        return NULL;
    }
    return proxies;
}

void proxies_free(struct proxies *proxies)
{
    free(proxies);
}

static bool in_network(const unsigned char address[16], const struct network *network)
{
    size_t bytes = network->bits / 8;
    if (memcmp(address, network->address, bytes) != 0)
        return false;
    unsigned left = network->bits % 8;
    return left == 0 || ((address[bytes] ^ network->address[bytes]) >> (8 - left)) == 0;
}

static bool is_listed(const struct proxies *proxies, const unsigned char address[16])
{
    for (size_t i = 0; i < proxies->count; i++) {
        if (in_network(address, &proxies->networks[i]))
            return true;
    }
    return false;
}

/* Takes the last item off a comma-separated list; spaces around it are cut. */
static struct str take_last(struct str *list)
{
    size_t start = list->length;
    while (start > 0 && list->data[start - 1] != ',')
        start--;
    struct str item = {list->data + start, list->length - start};
    list->length = start > 0 ? start - 1 : 0;
    while (item.length > 0 && (item.data[0] == ' ' || item.data[0] == '\t'))
        item = (struct str){item.data + 1, item.length - 1};
    while (item.length > 0 &&
           (item.data[item.length - 1] == ' ' || item.data[item.length - 1] == '\t'))
        item.length--;
    return item;
}

/* Walks one header from its end; true when the client has been found. */
static bool walk(const struct proxies *proxies, struct str list, struct str *client)
{
    while (list.length > 0) {
        struct str item = take_last(&list);
        unsigned char address[16];
        bool is_ipv4;
        if (!parse_address(item, address, &is_ipv4))
            return true;
        *client = item;
        if (!is_listed(proxies, address))
            return true;
    }
    return false;
}

struct str forwarded_client(const struct proxies *proxies, struct str peer,
                            const struct http_field *headers, size_t header_count)
{
    unsigned char address[16];
    bool is_ipv4;
    struct str client = peer;
    if (proxies->count == 0 || !parse_address(peer, address, &is_ipv4) ||
        !is_listed(proxies, address))
        return client;
    for (size_t i = header_count; i > 0; i--) {
        if (field_same_name(headers[i - 1].name, "X-Forwarded-For") &&
            walk(proxies, headers[i - 1].value, &client))
            break;
    }
    return client;
}
