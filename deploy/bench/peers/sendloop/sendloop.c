/* The limit: accept, answer the upgrade, and for each message one send() on
 * every socket, of a frame that was made once. Nothing else: no queue, no
 * timeout, no reading of what clients say. A socket that takes less than a whole
 * frame is closed.
 *
 *   sendloop PORT CONTROL-PORT
 *
 * Messages come on the control port, each behind its length in four bytes,
 * big-endian. The key of every handshake is that of RFC 6455's example. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FD = 1 << 20, MAX_PAYLOAD = 1 << 20, BATCH = 256 };

static const char answer[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static int ep;
static int conns[MAX_FD]; /* the open sockets */
static int place[MAX_FD]; /* of a socket in conns, plus one */
static int count;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 4096)) die("listen");
    return fd;
}

static void watch(int fd) {
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e)) die("epoll_ctl");
}

static void forget(int fd) {
    if (place[fd]) {
        int last = conns[--count];
        conns[place[fd] - 1] = last;
        place[last] = place[fd];
        place[fd] = 0;
    }
    close(fd);
}

static void accept_all(int l) {
    for (int fd; (fd = accept4(l, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (fd >= MAX_FD) close(fd);
        else watch(fd);
    }
}

/* The upgrade fits into one segment, and the client waits for the answer. */
static void from_client(int fd) {
    static char trash[64 << 10];
    ssize_t n = recv(fd, trash, sizeof trash, 0);
    if (n <= 0) {
        if (n == 0 || errno != EAGAIN) forget(fd);
        return;
    }
    if (place[fd]) return;
    if (send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL) != sizeof answer - 1) {
        forget(fd);
        return;
    }
    conns[count++] = fd;
    place[fd] = count;
}

static size_t make_frame(unsigned char *to, const unsigned char *payload, uint32_t n) {
    size_t head = 2;
    to[0] = 0x81;
    if (n < 126) to[1] = n;
    else if (n < 1 << 16) {
        to[1] = 126, to[2] = n >> 8, to[3] = n;
        head = 4;
    } else {
        to[1] = 127;
        for (int i = 0; i < 8; i++) to[2 + i] = (uint64_t)n >> (56 - 8 * i);
        head = 10;
    }
    memcpy(to + head, payload, n);
    return head + n;
}

static void publish(const unsigned char *payload, uint32_t n) {
    static unsigned char frame[MAX_PAYLOAD + 10];
    size_t size = make_frame(frame, payload, n);
    for (int i = count - 1; i >= 0; i--) {
        int fd = conns[i];
        if (send(fd, frame, size, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)size) forget(fd);
    }
}

static void from_control(int fd) {
    static unsigned char in[2 * MAX_PAYLOAD];
    static size_t have;
    ssize_t n = recv(fd, in + have, sizeof in - have, 0);
    if (n <= 0) {
        close(fd);
        have = 0;
        return;
    }
    have += n;
    size_t at = 0;
    while (have - at >= 4) {
        uint32_t size = (uint32_t)in[at] << 24 | in[at + 1] << 16 | in[at + 2] << 8 | in[at + 3];
        if (size > MAX_PAYLOAD) die("message too large");
        if (have - at - 4 < size) break;
        publish(in + at + 4, size);
        at += 4 + size;
    }
    memmove(in, in + at, have -= at);
}

int main(int argc, char **argv) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (argc != 3 || (ep = epoll_create1(0)) < 0) die("usage: sendloop PORT CONTROL-PORT");
    int l = listen_on(atoi(argv[1])), control = listen_on(atoi(argv[2])), master = -1;
    watch(l);
    watch(control);
    for (;;) {
        struct epoll_event events[BATCH];
        int n = epoll_wait(ep, events, BATCH, -1);
        if (n < 0 && errno != EINTR) die("epoll_wait");
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == l) accept_all(l);
            else if (fd == control) {
                if ((master = accept4(control, NULL, NULL, SOCK_NONBLOCK)) >= 0) watch(master);
            } else if (fd == master) from_control(fd);
            else from_client(fd);
        }
    }
}
