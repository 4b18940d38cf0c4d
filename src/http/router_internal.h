/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a path to the resource it names: exact, case-sensitive, segment by segment (http/route.h).
 *
 * Immutable after router_new, so any thread may ask it.
 */
#ifndef SOCIOPOINT_HTTP_ROUTER_INTERNAL_H
#define SOCIOPOINT_HTTP_ROUTER_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/error.h"
#include "sociopoint/http/request.h"
#include "sociopoint/http/route.h"

enum { ROUTER_METHODS_SIZE = 64 };

struct router;

/* All routes of one template. */
struct resource {
    const char *path_template;
    const struct http_route *routes[HTTP_METHOD_COUNT]; /* by method; HEAD is the route of GET */
    size_t ids[HTTP_METHOD_COUNT];                      /* positions in the table of routes */
    bool is_public;                                     /* one of them is */
    char allow[ROUTER_METHODS_SIZE];                    /* "GET, HEAD, OPTIONS" */
    char public_methods[ROUTER_METHODS_SIZE];           /* those any origin may use */
};

struct route_match {
    const struct resource *resource;
    struct http_field parameters[HTTP_PATH_PARAMETERS_MAXIMUM];
    size_t parameter_count;
};

/*
 * The routes must outlive the router. Problems: route-malformed, route-twice (pointer: the
 * template).
 */
MUST_USE struct router *router_new(const struct http_route *routes, size_t count,
                                   struct error *err);
void router_free(struct router *router);
/* Every method of any resource, for an Allow where no path is recognised. */
const char *router_allow(const struct router *router);

/*
 * Fills *match and returns NULL, or the code of a refusal: path-malformed, path-unknown, overloaded
 * (no memory).
 */
const char *router_find(const struct router *router, struct str path, struct arena *arena,
                        struct route_match *match);

#endif
