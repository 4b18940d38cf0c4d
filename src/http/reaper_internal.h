/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The thread that ends what is overdue: bodies that drip, answers nobody takes, idle connections
 * when threads are short. It also lets the limiter forget. It measures by the monotonic clock.
 */
#ifndef SOCIOPOINT_HTTP_REAPER_INTERNAL_H
#define SOCIOPOINT_HTTP_REAPER_INTERNAL_H

#include "server_internal.h"
#include "sockets_internal.h"

struct reaper;

/* Starts the thread; NULL when it cannot. `server` and `sockets` must outlive it. */
struct reaper *reaper_start(struct http_server *server);
/* Ends the thread. NULL is fine. */
void reaper_stop(struct reaper *reaper);

#endif
