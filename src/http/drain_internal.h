/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Letting a server run dry before it is stopped, because civetweb throws away what is in flight.
 */
#ifndef SOCIOPOINT_HTTP_DRAIN_INTERNAL_H
#define SOCIOPOINT_HTTP_DRAIN_INTERNAL_H

#include "server_internal.h"

/*
 * Ends listening and waits until every answer begun is written, for at most `grace_ms`. Connections
 * that have not sent a whole header are given three seconds. True when no request was left. *silent
 * becomes a descriptor that drain_wake takes and the caller closes, or -1.
 */
bool drain(struct http_server *server, int64_t grace_ms, int *silent);
/* Makes the thread that waits for connections look up, so that stopping takes no seconds. */
void drain_wake(int silent);

#endif
