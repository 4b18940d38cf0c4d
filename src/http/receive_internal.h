/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From civetweb's idea of a request to ours, with what civetweb passes over in silence.
 *
 * civetweb ends the header at the first line it does not understand (a folded or nameless one),
 * takes a space before the colon and bare line feeds, and after leading line ends takes header
 * bytes for a body. Each of these can hide a second request. It cuts the request into strings
 * within one buffer, so what it skipped shows as a gap between two of them: a head without gaps is
 * exactly what was sent.
 */
#ifndef SOCIOPOINT_HTTP_RECEIVE_INTERNAL_H
#define SOCIOPOINT_HTTP_RECEIVE_INTERNAL_H

#include "framing_internal.h"
#include "sociopoint/base/arena.h"
#include "worker_internal.h"

struct mg_request_info;

/*
 * Fills *head and returns NULL, or the code of a refusal: request-malformed, headers-too-many,
 * overloaded.
 */
const char *receive_head(const struct mg_request_info *info, struct worker *worker,
                         struct head *head);
/* The ends of the connection that a request came over. */
struct endpoints receive_endpoints(const struct mg_request_info *info);

#endif
