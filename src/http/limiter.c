/* SPDX-License-Identifier: EUPL-1.2 */
#include "limiter_internal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "siphash_internal.h"

enum {
    WAYS = 8, /* buckets among which one client finds its own */
    SETS_OF_PART = 128,
    SECOND_US = 1000000,
    WINDOW_US = LIMITER_WINDOW_S * SECOND_US
};

/*
 * When the bucket will be full again says all: how much is in it, and whether it still matters
 * (that it is in the past means full, which is the same as never seen).
 */
struct bucket {
    uint64_t client;
    int64_t full_at_us;
};

struct part {
    pthread_mutex_t mutex;
    struct bucket buckets[SETS_OF_PART][WAYS]; /* guarded by mutex */
};

struct limiter {
    unsigned char key[SIPHASH_KEY_SIZE];
    unsigned per_minute[LIMIT_CLASSES];
    unsigned next_forgotten; /* of the one thread that forgets */
    struct part parts[LIMITER_PARTS];
};

struct limiter *limiter_new(const unsigned per_minute[LIMIT_CLASSES], struct error *err)
{
    struct limiter *limiter = calloc(1, sizeof *limiter);
    if (limiter == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out-of-memory", "");
        return NULL;
    }
    memcpy(limiter->per_minute, per_minute, sizeof limiter->per_minute);
    for (size_t i = 0; i < LIMITER_PARTS; i++)
        (void)pthread_mutex_init(&limiter->parts[i].mutex, NULL);
    if (getrandom(limiter->key, sizeof limiter->key, 0) == sizeof limiter->key)
        return limiter;
    limiter_free(limiter);
    (void)error_set(err, ERROR_UNAVAILABLE, "entropy-unavailable", "");
    return NULL;
}

void limiter_free(struct limiter *limiter)
{
    if (limiter == NULL)
        return;
    for (size_t i = 0; i < LIMITER_PARTS; i++)
        (void)pthread_mutex_destroy(&limiter->parts[i].mutex);
    free(limiter);
}

/* One IPv4 address, or one /64: that is what one subscriber has of IPv6. */
static uint64_t hash_client(const struct limiter *limiter, enum limit_class limit,
                            const struct address *client)
{
    enum { IPV6_PREFIX = 8 };
    unsigned char bytes[1 + sizeof client->bytes] = {(unsigned char)limit};
    size_t known = address_is_ipv4(client) ? sizeof client->bytes : IPV6_PREFIX;
    memcpy(bytes + 1, client->bytes, known);
    return siphash(limiter->key, bytes, sizeof bytes);
}

/* The bucket of the client in its set: the one it has, else a full one, else the fullest. */
static struct bucket *find(struct bucket set[WAYS], uint64_t client, int64_t now_us)
{
    struct bucket *fullest = &set[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].client == client && set[i].full_at_us > now_us)
            return &set[i];
        if (set[i].full_at_us < fullest->full_at_us)
            fullest = &set[i];
    }
    *fullest = (struct bucket){client, now_us};
    return fullest;
}

static unsigned seconds_up(int64_t us)
{
    return us <= SECOND_US ? 1 : (unsigned)((us + SECOND_US - 1) / SECOND_US);
}

static struct bucket *find_locked(struct part *part, uint64_t client, int64_t now_us)
{
    return find(part->buckets[client / LIMITER_PARTS % SETS_OF_PART], client, now_us);
}

static struct limit_verdict take(struct limiter *limiter, enum limit_class limit, uint64_t client,
                                 int64_t now_us)
{
    unsigned per_minute = limiter->per_minute[limit];
    int64_t one_us = WINDOW_US / per_minute;
    struct part *part = &limiter->parts[client % LIMITER_PARTS];
    struct limit_verdict verdict = {.limited = true, .limit = limit};
    (void)pthread_mutex_lock(&part->mutex);
    struct bucket *bucket = find_locked(part, client, now_us);
    int64_t room_us = one_us * per_minute - (bucket->full_at_us - now_us);
    verdict.allowed = room_us >= one_us;
    if (verdict.allowed) {
        bucket->full_at_us += one_us;
        room_us -= one_us;
    }
    (void)pthread_mutex_unlock(&part->mutex);
    verdict.left = (unsigned)(room_us / one_us);
    verdict.wait_s = seconds_up(one_us - room_us % one_us);
    return verdict;
}

struct limit_verdict limiter_take(struct limiter *limiter, enum limit_class limit,
                                  const struct address *client, int64_t now_us)
{
    if (limiter->per_minute[limit] == 0)
        return (struct limit_verdict){.allowed = true};
    return take(limiter, limit, hash_client(limiter, limit, client), now_us);
}

struct limit_verdict limiter_take_key(struct limiter *limiter, uint64_t holder, int64_t now_us)
{
    unsigned char bytes[1 + sizeof holder] = {LIMIT_KEY};
    if (limiter->per_minute[LIMIT_KEY] == 0)
        return (struct limit_verdict){.allowed = true};
    memcpy(bytes + 1, &holder, sizeof holder);
    return take(limiter, LIMIT_KEY, siphash(limiter->key, bytes, sizeof bytes), now_us);
}

void limiter_give_back(struct limiter *limiter, enum limit_class limit,
                       const struct address *client, int64_t now_us)
{
    if (limiter->per_minute[limit] == 0)
        return;
    uint64_t hash = hash_client(limiter, limit, client);
    struct part *part = &limiter->parts[hash % LIMITER_PARTS];
    (void)pthread_mutex_lock(&part->mutex);
    struct bucket *bucket = find_locked(part, hash, now_us);
    bucket->full_at_us -= WINDOW_US / limiter->per_minute[limit];
    (void)pthread_mutex_unlock(&part->mutex);
}

void limiter_forget(struct limiter *limiter, int64_t now_us)
{
    struct part *part = &limiter->parts[limiter->next_forgotten++ % LIMITER_PARTS];
    (void)pthread_mutex_lock(&part->mutex);
    for (size_t i = 0; i < SETS_OF_PART; i++) {
        for (size_t k = 0; k < WAYS; k++) {
            if (part->buckets[i][k].full_at_us <= now_us)
                part->buckets[i][k] = (struct bucket){0};
        }
    }
    (void)pthread_mutex_unlock(&part->mutex);
}

size_t limiter_clients(struct limiter *limiter)
{
    size_t count = 0;
    for (size_t p = 0; p < LIMITER_PARTS; p++) {
        struct part *part = &limiter->parts[p];
        (void)pthread_mutex_lock(&part->mutex);
        for (size_t i = 0; i < SETS_OF_PART * WAYS; i++)
            count += part->buckets[i / WAYS][i % WAYS].full_at_us != 0 ? 1 : 0;
        (void)pthread_mutex_unlock(&part->mutex);
    }
    return count;
}

void limiter_describe(const struct limiter *limiter, const struct limit_verdict *verdict,
                      char policy[LIMITER_HEADER_SIZE], char current[LIMITER_HEADER_SIZE])
{
    static const char *const names[LIMIT_CLASSES] = {[LIMIT_PUBLIC] = "public",
                                                     [LIMIT_OFFICE] = "office",
                                                     [LIMIT_KEY] = "key",
                                                     [LIMIT_STRANGER] = "unknown-keys"};
    (void)snprintf(policy, LIMITER_HEADER_SIZE, "\"%s\";q=%u;w=%d", names[verdict->limit],
                   limiter->per_minute[verdict->limit], LIMITER_WINDOW_S);
    (void)snprintf(current, LIMITER_HEADER_SIZE, "\"%s\";r=%u;t=%u", names[verdict->limit],
                   verdict->left, verdict->wait_s);
}
