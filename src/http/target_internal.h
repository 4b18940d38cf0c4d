/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a request line asks for: a path with or without its server (RFC 9112, section 3.2).
 */
#ifndef SOCIOPOINT_HTTP_TARGET_INTERNAL_H
#define SOCIOPOINT_HTTP_TARGET_INTERNAL_H

#include "sociopoint/base/str.h"

struct target {
    struct str path;  /* still encoded; "*" for the server as a whole */
    struct str query; /* absent when there is none */
};

/*
 * `query` is NULL or what has been cut off already. "http://host/path" is the path: there is one
 * server here, by whatever name. A target that is neither becomes the path as it is, and no route.
 */
struct target target_of(const char *uri, const char *query);

#endif
