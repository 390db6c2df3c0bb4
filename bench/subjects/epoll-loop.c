/*
 * The limit to compare with: a bare epoll loop that accepts WebSocket connections without checking anything and sends each
 * frame that one member sends to all members with one send() each. No storage, no permissions, no encoding.
 *
 * Usage: epoll-loop PORT [coalescing]. A connection whose path is /publish is read for frames, the others only receive.
 * Every masked text frame of the publisher is unmasked once and sent to everybody as it is; coalescing, what one read
 * brought goes out with one send() a member.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MEMBERS_MAX = 120000, BUFFER = 1 << 20 };

/* SHA-1 (FIPS 180-4) and base64, for the handshake (RFC 6455, 4.2.2). */
static uint32_t rol(uint32_t x, int n) { return (x << n) | (x >> (32 - n)); }

static void sha1(const unsigned char *text, size_t length, unsigned char out[20]) {
  uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  unsigned char block[128] = {0};
  memcpy(block, text, length);
  block[length] = 0x80;
  size_t total = length + 9 > 64 ? 128 : 64;
  uint64_t bits = (uint64_t)length * 8;
  for (int i = 0; i < 8; i++) block[total - 1 - i] = (unsigned char)(bits >> (8 * i));
  for (size_t at = 0; at < total; at += 64) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++)
      w[i] = (uint32_t)block[at + 4 * i] << 24 | block[at + 4 * i + 1] << 16 | block[at + 4 * i + 2] << 8 | block[at + 4 * i + 3];
    for (int i = 16; i < 80; i++) w[i] = rol(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
      uint32_t f, k;
      if (i < 20) f = (b & c) | (~b & d), k = 0x5A827999;
      else if (i < 40) f = b ^ c ^ d, k = 0x6ED9EBA1;
      else if (i < 60) f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDC;
      else f = b ^ c ^ d, k = 0xCA62C1D6;
      uint32_t t = rol(a, 5) + f + e + k + w[i];
      e = d, d = c, c = rol(b, 30), b = a, a = t;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
  for (int i = 0; i < 20; i++) out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

static void base64(const unsigned char in[20], char out[29]) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  int at = 0;
  for (int i = 0; i < 21; i += 3) {
    uint32_t v = (uint32_t)in[i] << 16 | (i + 1 < 20 ? in[i + 1] << 8 : 0) | (i + 2 < 20 ? in[i + 2] : 0);
    for (int j = 0; j < 4; j++) out[at++] = digits[(v >> (18 - 6 * j)) & 63];
  }
  out[27] = '=';
  out[28] = 0;
}

struct member { int fd; int publisher; int greeted; size_t held; unsigned char *data; };

static struct member members[MEMBERS_MAX];
static int count;

static void greet(struct member *m) {
  m->data[m->held] = 0;
  char *key = strcasestr((char *)m->data, "sec-websocket-key: ");
  if (!key || !strstr((char *)m->data, "\r\n\r\n")) return;
  char text[128], accept[29], answer[256];
  unsigned char hash[20];
  snprintf(text, sizeof text, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key + 19);
  sha1((unsigned char *)text, strlen(text), hash);
  base64(hash, accept);
  int n = snprintf(answer, sizeof answer,
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);
  m->publisher = strncmp((char *)m->data, "GET /publish", 12) == 0;
  m->greeted = 1;
  m->held = 0;
  if (write(m->fd, answer, n) != n) perror("write");
}

static unsigned char pending[2 * BUFFER];
static size_t pending_length;
static int coalescing;

/* A member that reads too slowly is waited for: nothing is left out, and the publisher's window stands still with it. */
static void send_whole(int fd, const unsigned char *bytes, size_t length) {
  while (length > 0) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent > 0) bytes += sent, length -= (size_t)sent;
    else if (errno == EAGAIN) poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
    else if (errno != EINTR) return;
  }
}

static void flush_pending(void) {
  if (pending_length == 0) return;
  for (int i = 0; i < count; i++)
    if (members[i].greeted && members[i].fd >= 0 && !members[i].publisher) send_whole(members[i].fd, pending, pending_length);
  pending_length = 0;
}

static void broadcast(const unsigned char *payload, size_t length) {
  unsigned char *frame = pending + pending_length;
  size_t header = 2;
  frame[0] = 0x81;
  if (length < 126) frame[1] = (unsigned char)length;
  else frame[1] = 126, frame[2] = (unsigned char)(length >> 8), frame[3] = (unsigned char)length, header = 4;
  memcpy(frame + header, payload, length);
  pending_length += header + length;
  if (!coalescing) flush_pending();
}

/* Takes whole masked frames from what was read; the rest waits. */
static void listen_to(struct member *m) {
  size_t at = 0;
  while (m->held - at >= 6) {
    unsigned char *f = m->data + at;
    size_t length = f[1] & 127, header = 2;
    if (length == 126) length = (size_t)f[2] << 8 | f[3], header = 4;
    if (m->held - at < header + 4 + length) break;
    unsigned char *mask = f + header, *payload = mask + 4;
    for (size_t i = 0; i < length; i++) payload[i] ^= mask[i & 3];
    if ((f[0] & 15) == 1) broadcast(payload, length);
    at += header + 4 + length;
  }
  memmove(m->data, m->data + at, m->held - at);
  m->held -= at;
  flush_pending();
}

int main(int argc, char **argv) {
  int port = argc > 1 ? atoi(argv[1]) : 0, yes = 1;
  coalescing = argc > 2 && strcmp(argv[2], "coalescing") == 0;
  int listener = socket(AF_INET, SOCK_STREAM, 0), ready_list = epoll_create1(0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) return perror("listen"), 1;
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
  epoll_ctl(ready_list, EPOLL_CTL_ADD, listener, &event);
  puts("ready");
  fflush(stdout);
  for (;;) {
    struct epoll_event ready[512];
    int n = epoll_wait(ready_list, ready, 512, -1);
    for (int i = 0; i < n; i++) {
      if (ready[i].data.u32 == UINT32_MAX) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0 || count == MEMBERS_MAX) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        members[count] = (struct member){.fd = fd, .data = malloc(8192)};
        struct epoll_event in = {.events = EPOLLIN, .data.u32 = (uint32_t)count++};
        epoll_ctl(ready_list, EPOLL_CTL_ADD, fd, &in);
        continue;
      }
      struct member *m = &members[ready[i].data.u32];
      if (m->publisher && m->held == 0) m->data = realloc(m->data, BUFFER);
      ssize_t got = read(m->fd, m->data + m->held, (m->publisher ? BUFFER : 8192) - m->held - 1);
      if (got <= 0) {
        if (got < 0 && errno == EAGAIN) continue;
        close(m->fd);
        m->fd = -1;
        continue;
      }
      m->held += (size_t)got;
      if (!m->greeted) greet(m);
      else if (m->publisher) listen_to(m);
      else m->held = 0;
    }
  }
}
