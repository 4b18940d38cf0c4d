/* SPDX-License-Identifier: EUPL-1.2 */
#include "sockets_internal.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sociopoint/base/str.h"

struct sockets {
    DIR *directory;
};

struct sockets *sockets_open(void)
{
    struct sockets *sockets = calloc(1, sizeof *sockets);
    if (sockets == NULL)
        return NULL;
    sockets->directory = opendir("/proc/self/fd");
    if (sockets->directory == NULL) {
        free(sockets);
        return NULL;
    }
    return sockets;
}

void sockets_close(struct sockets *sockets)
{
    if (sockets == NULL)
        return;
    (void)closedir(sockets->directory);
    free(sockets);
}

void sockets_visit(struct sockets *sockets, void (*visit)(void *context, int descriptor),
                   void *context)
{
    rewinddir(sockets->directory);
    const struct dirent *entry;
    while ((entry = readdir(sockets->directory)) != NULL) {
        uint64_t descriptor;
        if (str_to_uint(str_from(entry->d_name), INT32_MAX, &descriptor))
            visit(context, (int)descriptor);
    }
}

bool sockets_endpoints(int descriptor, struct endpoints *endpoints)
{
    struct sockaddr_in peer = {0};
    struct sockaddr_in local = {0};
    socklen_t peer_size = sizeof peer;
    socklen_t local_size = sizeof local;
    if (getpeername(descriptor, (struct sockaddr *)&peer, &peer_size) != 0 ||
        peer.sin_family != AF_INET ||
        getsockname(descriptor, (struct sockaddr *)&local, &local_size) != 0)
        return false;
    *endpoints = (struct endpoints){.peer_address = peer.sin_addr.s_addr,
                                    .peer_port = ntohs(peer.sin_port),
                                    .local_port = ntohs(local.sin_port)};
    return true;
}

bool sockets_has_input(int descriptor)
{
    int waiting = 0;
    return ioctl(descriptor, FIONREAD, &waiting) == 0 && waiting > 0;
}

struct listeners {
    const uint16_t *ports;
    size_t count;
    void (*act)(int descriptor, struct listeners *listeners);
    int silent;
    size_t backlog;
};

static bool is_listener_of(int descriptor, const struct listeners *listeners)
{
    int listening = 0;
    socklen_t size = sizeof listening;
    struct sockaddr_in local = {0};
    socklen_t local_size = sizeof local;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 ||
        listening == 0 || getsockname(descriptor, (struct sockaddr *)&local, &local_size) != 0 ||
        local.sin_family != AF_INET)
        return false;
    for (size_t i = 0; i < listeners->count; i++) {
        if (listeners->ports[i] == ntohs(local.sin_port))
            return true;
    }
    return false;
}

static void visit_listener(void *context, int descriptor)
{
    struct listeners *listeners = context;
    if (is_listener_of(descriptor, listeners))
        listeners->act(descriptor, listeners);
}

/* A filter that drops what begins a connection: the client tries again, and by then is refused. */
static void drop_syn(int descriptor, struct listeners *listeners)
{
    static struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13), /* the flags of the TCP header */
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x02, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF),
    };
    const struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};
    (void)listeners;
    /*
     * Where filters are not allowed, a connection begun in the last instant is reset instead of
     * refused.
     */
    (void)setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

void sockets_refuse_new(struct sockets *sockets, const uint16_t *ports, size_t count)
{
    struct listeners listeners = {.ports = ports, .count = count, .act = drop_syn};
    sockets_visit(sockets, visit_listener, &listeners);
}

/*
 * Polling a socket that was only shut down would return at once, for ever. The system call itself,
 * because the C library declares dup3 for GNU sources only, and because ThreadSanitizer takes the
 * intended exchange under the poll of another thread for a slip.
 */
static void silence(int descriptor, struct listeners *listeners)
{
    (void)shutdown(descriptor, SHUT_RD);
    (void)syscall(SYS_dup3, listeners->silent, descriptor, O_CLOEXEC);
}

void sockets_end_listening(struct sockets *sockets, const uint16_t *ports, size_t count, int silent)
{
    struct listeners listeners = {.ports = ports, .count = count, .act = silence, .silent = silent};
    sockets_visit(sockets, visit_listener, &listeners);
}

static void add_backlog(int descriptor, struct listeners *listeners)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
        listeners->backlog += info.tcpi_unacked; /* of a listener: the length of its accept queue */
}

size_t sockets_backlog(struct sockets *sockets, const uint16_t *ports, size_t count)
{
    struct listeners listeners = {.ports = ports, .count = count, .act = add_backlog};
    sockets_visit(sockets, visit_listener, &listeners);
    return listeners.backlog;
}
