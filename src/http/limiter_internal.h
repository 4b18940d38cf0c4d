/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How many requests a client may make: a bucket of tokens for each, refilled steadily.
 *
 * A client is an address or the holder of a key. A bucket holds a minute's worth of requests and is
 * full again a minute after it was empty. The
 * table has a fixed size. It knows clients only as hashes under a key that is drawn at start and
 * kept nowhere else; a bucket that is full is erased within seconds (limiter_forget), so what is
 * known of a client is gone about a minute after its last request. A client for whom there is no
 * room takes the place of the one that has used the least, so that many clients cannot make the
 * limiter forget one that has used up what it had.
 *
 * Any thread may call; a part of the table has one mutex.
 */
#ifndef SOCIOPOINT_HTTP_LIMITER_INTERNAL_H
#define SOCIOPOINT_HTTP_LIMITER_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "network_internal.h"
#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"

enum {
    LIMITER_WINDOW_S = 60,
    LIMITER_PER_MINUTE_MAXIMUM = 1000000,
    LIMITER_PARTS = 64, /* so many calls of limiter_forget go once over the table */
    LIMITER_HEADER_SIZE = 64
};

/* Whose buckets; each class has its own. */
enum limit_class {
    LIMIT_PUBLIC,   /* an address */
    LIMIT_OFFICE,   /* an address of an office */
    LIMIT_KEY,      /* a key, wherever it comes from */
    LIMIT_STRANGER, /* keys that are not known, of one address */
    LIMIT_CLASSES
};

struct limit_verdict {
    bool limited; /* there is a limit for this class */
    bool allowed;
    enum limit_class limit;
    unsigned left;   /* requests that may follow at once */
    unsigned wait_s; /* until there is one more; at least 1 */
};

struct limiter;

/* `per_minute`: requests of one client by class; 0: no limit. NULL with out-of-memory or
 * entropy-unavailable. */
MUST_USE struct limiter *limiter_new(const unsigned per_minute[LIMIT_CLASSES], struct error *err);
void limiter_free(struct limiter *limiter);

/* Takes a token if there is one. `now_us` is monotonic. */
struct limit_verdict limiter_take(struct limiter *limiter, enum limit_class limit,
                                  const struct address *client, int64_t now_us);
/* The same for whoever sends a key (LIMIT_KEY). */
struct limit_verdict limiter_take_key(struct limiter *limiter, uint64_t holder, int64_t now_us);
/* Gives a token back that limiter_take has let through. */
void limiter_give_back(struct limiter *limiter, enum limit_class limit,
                       const struct address *client, int64_t now_us);
/* Erases what is full again in the next part of the table; called every 100 ms by one thread. */
void limiter_forget(struct limiter *limiter, int64_t now_us);
/* The clients that are known of now. */
size_t limiter_clients(struct limiter *limiter);

/* The values of RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11). */
void limiter_describe(const struct limiter *limiter, const struct limit_verdict *verdict,
                      char policy[LIMITER_HEADER_SIZE], char current[LIMITER_HEADER_SIZE]);

#endif
