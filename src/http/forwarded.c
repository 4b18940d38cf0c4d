/* SPDX-License-Identifier: EUPL-1.2 */
#include "forwarded_internal.h"

#include "field_internal.h"

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
static bool walk(const struct networks *proxies, struct str list, struct client *client)
{
    while (list.length > 0) {
        struct str item = take_last(&list);
        struct address address;
        if (!address_parse(item, &address))
            return true;
        client->text = item;
        client->address = address;
        client->is_proxy = networks_have(proxies, &address);
        if (!client->is_proxy)
            return true;
    }
    return false;
}

struct client forwarded_client(const struct networks *proxies, struct str peer,
                               const struct http_field *headers, size_t header_count)
{
    struct client client = {.text = peer};
    if (!address_parse(peer, &client.address))
        return (struct client){.text = peer};
    client.is_proxy = networks_have(proxies, &client.address);
    for (size_t i = header_count; client.is_proxy && i > 0; i--) {
        if (field_same_name(headers[i - 1].name, "X-Forwarded-For") &&
            walk(proxies, headers[i - 1].value, &client))
            break;
    }
    return client;
}
