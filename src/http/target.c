/* SPDX-License-Identifier: EUPL-1.2 */
#include "target_internal.h"

#include <string.h>
#include <strings.h>

/* The length of "http://" or "https://", else 0. */
static size_t scheme_length(struct str uri)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t length = strlen(schemes[i]);
        if (uri.length >= length && strncasecmp(uri.data, schemes[i], length) == 0)
            return length;
    }
    return 0;
}

/* Everything behind the authority; the URI itself where there is no authority. */
static struct str without_server(struct str uri)
{
    size_t start = scheme_length(uri);
    size_t end = start;
    while (start > 0 && end < uri.length && uri.data[end] != '/' && uri.data[end] != '?')
        end++;
    return end == start ? uri : (struct str){uri.data + end, uri.length - end};
}

struct target target_of(const char *uri, const char *query)
{
    struct str whole = without_server(str_from(uri));
    struct target target = {.path = whole, .query = str_from(query)};
    if (query == NULL)
        (void)str_cut(whole, '?', &target.path, &target.query);
    return target;
}
