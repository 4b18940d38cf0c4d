/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sockets to a server of this machine.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_LOAD_SOCKET_H
#define SOCIOPOINT_TESTS_BENCH_LOAD_SOCKET_H

#include <stdbool.h>

#include "sociopoint/base/str.h"

/* Connects to 127.0.0.1, without waiting where so wanted; ends the program when there is no socket
 * left or, for one that waits, nobody listens. */
int load_socket_open(int port, bool without_waiting);
/* Sends all of it, which must fit into the socket's buffer; false when the connection is gone. */
bool load_socket_send(int socket, struct str bytes);

#endif
