/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The process's own descriptors, found from outside the server that owns them.
 *
 * civetweb gives nobody its descriptors, so a connection is recognised by its two ends and a
 * listener by its port.
 */
#ifndef SOCIOPOINT_HTTP_SOCKETS_INTERNAL_H
#define SOCIOPOINT_HTTP_SOCKETS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "listen_internal.h"
#include "worker_internal.h"

struct sockets;

/*
 * Opens /proc/self/fd once, so that a look at it needs no new descriptor later; NULL when it
 * cannot.
 */
struct sockets *sockets_open(void);
void sockets_close(struct sockets *sockets);

/* Calls `visit` for each descriptor. One thread at a time. */
void sockets_visit(struct sockets *sockets, void (*visit)(void *context, int descriptor),
                   void *context);
/* False when the descriptor is no IPv4 connection. */
bool sockets_endpoints(int descriptor, struct endpoints *endpoints);
/* Whether bytes wait to be read. */
bool sockets_has_input(int descriptor);

/* New connections are no longer begun; those that have been begun are still accepted. */
void sockets_refuse_new(struct sockets *sockets, const uint16_t *ports, size_t count);
/*
 * Ends listening on these ports: whoever connects is refused from now on. The descriptors become
 * copies of `silent` (an eventfd), so that the server that polls them neither spins nor meets a
 * foreign one; firing it wakes the server.
 */
void sockets_end_listening(struct sockets *sockets, const uint16_t *ports, size_t count,
                           int silent);
/* Connections that the kernel has accepted for these ports and the server has not. */
size_t sockets_backlog(struct sockets *sockets, const uint16_t *ports, size_t count);

#endif
