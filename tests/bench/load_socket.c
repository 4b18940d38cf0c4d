/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/load_socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "bench/fail.h"

int load_socket_open(int port, bool without_waiting)
{
    const int on = 1;
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)port),
                                        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int one =
        socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | (without_waiting ? SOCK_NONBLOCK : 0), 0);
    if (one < 0 || setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0)
        bench_fail(strerror(errno), "a socket");
    if (connect(one, (const struct sockaddr *)&address, sizeof address) != 0 &&
        !(without_waiting && errno == EINPROGRESS))
        bench_fail(strerror(errno), "connecting to the server");
    return one;
}

bool load_socket_send(int socket, struct str bytes)
{
    return send(socket, bytes.data, bytes.length, MSG_NOSIGNAL) == (ssize_t)bytes.length;
}
