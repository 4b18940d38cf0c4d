/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/store/feed.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "answer_internal.h"
#include "connection_internal.h"
#include "sociopoint/base/clock.h"

enum { BACKOFF_FIRST_MS = 100, BACKOFF_MAXIMUM_MS = 3000 };

struct store_feed {
    struct dsn *dsn;
    int64_t connect_timeout_ms;
    int64_t statement_timeout_ms;
    struct connection *connection; /* NULL while there is none */
    int64_t backoff_ms;            /* before the attempt after the next failure */
    int64_t next_attempt_ms;       /* monotonic */
    int wake_descriptor;
};

struct store_feed *store_feed_open(const struct store_settings *settings, struct error *err)
{
    struct store_feed *feed = calloc(1, sizeof *feed);
    if (feed == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
        return NULL;
    }
    feed->connect_timeout_ms =
        settings->connect_timeout_ms > 0 ? settings->connect_timeout_ms : 2000;
    feed->statement_timeout_ms =
        settings->statement_timeout_ms > 0 ? settings->statement_timeout_ms : 2500;
    feed->backoff_ms = BACKOFF_FIRST_MS;
    feed->wake_descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    feed->dsn = dsn_new(settings->dsn, settings->role, err);
    if (feed->dsn != NULL && feed->wake_descriptor >= 0)
        return feed;
    if (feed->dsn != NULL)
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
    store_feed_close(feed);
    return NULL;
}

void store_feed_close(struct store_feed *feed)
{
    if (feed == NULL)
        return;
    connection_free(feed->connection);
    dsn_free(feed->dsn);
    if (feed->wake_descriptor >= 0)
        (void)close(feed->wake_descriptor);
    free(feed);
}

bool store_feed_connected(const struct store_feed *feed)
{
    return feed->connection != NULL;
}

/* Between half and the whole of `ms`, so that the nodes of a city do not come back all at once. */
static int64_t with_jitter(int64_t ms)
{
    uint32_t random = 0;
    if (getrandom(&random, sizeof random, GRND_NONBLOCK) != (ssize_t)sizeof random)
        return ms;
    return ms / 2 + (int64_t)(random % (uint32_t)(ms / 2 + 1));
}

static void lose_connection(struct store_feed *feed)
{
    connection_free(feed->connection);
    feed->connection = NULL;
    feed->next_attempt_ms = clock_monotonic_ms() + with_jitter(feed->backoff_ms);
    feed->backoff_ms =
        feed->backoff_ms * 2 > BACKOFF_MAXIMUM_MS ? BACKOFF_MAXIMUM_MS : feed->backoff_ms * 2;
}

static bool connect_and_listen(struct store_feed *feed, struct error *err)
{
    feed->connection =
        connection_open(feed->dsn, feed->connect_timeout_ms, feed->statement_timeout_ms, err);
    return feed->connection != NULL &&
           connection_do(feed->connection, "LISTEN published", 0, NULL, PGRES_COMMAND_OK, err);
}

static bool read_state(struct store_feed *feed, struct store_feed_state *state, struct error *err)
{
    /* Pruning removes the newest tombstone too: pruned_seq keeps the maximum from going back. */
    static const char sql[] =
        "SELECT published.epoch(),"
        " greatest((SELECT max(seq) FROM published.document), s.pruned_seq), s.pruned_seq"
        " FROM published.state s";
    PGresult *answer CLEANUP(answer_clearp) =
        connection_query(feed->connection, sql, 0, NULL, PGRES_TUPLES_OK, err);
    if (answer == NULL)
        return false;
    (void)str_copy_z(str_from(PQgetvalue(answer, 0, 0)), state->epoch, sizeof state->epoch);
    state->maximum = strtoll(PQgetvalue(answer, 0, 1), NULL, 10);
    state->pruned = strtoll(PQgetvalue(answer, 0, 2), NULL, 10);
    return true;
}

bool store_feed_check(struct store_feed *feed, struct store_feed_state *state, struct error *err)
{
    if (feed->connection == NULL && clock_monotonic_ms() < feed->next_attempt_ms)
        return error_set(err, ERROR_UNAVAILABLE, "database-away", NULL);
    if ((feed->connection != NULL || connect_and_listen(feed, err)) &&
        read_state(feed, state, err)) {
        feed->backoff_ms = BACKOFF_FIRST_MS;
        return true;
    }
    lose_connection(feed);
    return false;
}

/* The columns of the query in store_feed_read. */
enum { ROW_SEQ, ROW_KIND, ROW_ID, ROW_MUNICIPALITY, ROW_FACTS, ROW_BODY, ROW_SHORT, ROW_DELETED };

static struct str text_at(const PGresult *answer, int column)
{
    if (PQgetisnull(answer, 0, column))
        return (struct str){0};
    return (struct str){PQgetvalue(answer, 0, column), (size_t)PQgetlength(answer, 0, column)};
}

static bool apply_row(const PGresult *answer, store_feed_apply *apply, void *context,
                      struct error *err)
{
    struct store_feed_row row = {
        .seq = strtoll(PQgetvalue(answer, 0, ROW_SEQ), NULL, 10),
        .municipality = text_at(answer, ROW_MUNICIPALITY),
        .facts = text_at(answer, ROW_FACTS),
        .body = text_at(answer, ROW_BODY),
        .short_form = text_at(answer, ROW_SHORT),
        .deleted = PQgetvalue(answer, 0, ROW_DELETED)[0] == 't',
    };
    if (!uuid_from_text(text_at(answer, ROW_ID), &row.id))
        return error_set(err, ERROR_INTERNAL, "database-error", NULL);
    if (!store_kind_from_name(text_at(answer, ROW_KIND), &row.kind))
        return true; /* of a newer program; not for this one */
    return apply(context, &row, err);
}

/* One answer of single-row mode: a row, or the empty one at the end. */
static bool apply_answer(const PGresult *answer, store_feed_apply *apply, void *context,
                         struct error *err)
{
    switch (PQresultStatus(answer)) {
    case PGRES_SINGLE_TUPLE:
        return apply_row(answer, apply, context, err);
    case PGRES_TUPLES_OK:
        return true;
    default:
        return answer_refused(answer, err);
    }
}

static bool apply_answers(struct store_feed *feed, store_feed_apply *apply, void *context,
                          struct error *err)
{
    bool end = false;
    for (;;) {
        PGresult *answer CLEANUP(answer_clearp) = connection_next(feed->connection, &end, err);
        if (answer == NULL)
            return end;
        if (!apply_answer(answer, apply, context, err))
            return false;
    }
}

bool store_feed_read(struct store_feed *feed, int64_t after, store_feed_apply *apply, void *context,
                     struct error *err)
{
    static const char sql[] = "SELECT seq, kind, id, municipality, facts, body, short,"
                              " deleted_at IS NOT NULL"
                              " FROM published.document WHERE seq > $1 ORDER BY seq";
    char text[24];
    (void)snprintf(text, sizeof text, "%lld", (long long)after);
    const char *values[] = {text};
    if (feed->connection == NULL)
        return error_set(err, ERROR_UNAVAILABLE, "database-away", NULL);
    if (connection_send(feed->connection, sql, 1, values, err) &&
        PQsetSingleRowMode(feed->connection->pg) == 1 && apply_answers(feed, apply, context, err))
        return true;
    lose_connection(feed); /* half-read: what is still under way would belong to nobody */
    return false;
}

void store_feed_wake(struct store_feed *feed)
{
    uint64_t one = 1;
    /* Fails only when the counter is full, and then the waiter wakes anyway. */
    ssize_t written = write(feed->wake_descriptor, &one, sizeof one);
    (void)written;
}

static bool take_wake(struct store_feed *feed)
{
    uint64_t count;
    return read(feed->wake_descriptor, &count, sizeof count) == (ssize_t)sizeof count;
}

static bool take_notifications(struct store_feed *feed)
{
    bool any = false;
    for (;;) {
        PGnotify *notification = PQnotifies(feed->connection->pg);
        if (notification == NULL)
            return any;
        PQfreemem(notification);
        any = true;
    }
}

/*
 * Waits for a wake-up or for bytes on the connection, whichever there is; false when neither came.
 */
static bool wait_descriptors(struct store_feed *feed, int64_t ms)
{
    struct pollfd poll_for[2] = {{.fd = feed->wake_descriptor, .events = POLLIN},
                                 {.fd = -1, .events = POLLIN}};
    if (feed->connection != NULL)
        poll_for[1].fd = PQsocket(feed->connection->pg);
    if (ms > 60000)
        ms = 60000;
    return poll(poll_for, 2, ms < 0 ? 0 : (int)ms) > 0;
}

static enum store_feed_event wait_for_attempt(struct store_feed *feed, int64_t deadline_ms)
{
    for (;;) {
        int64_t now = clock_monotonic_ms();
        if (take_wake(feed))
            return STORE_FEED_WOKEN;
        if (now >= feed->next_attempt_ms)
            return STORE_FEED_LOST;
        if (now >= deadline_ms)
            return STORE_FEED_TIMEOUT;
        int64_t until = feed->next_attempt_ms < deadline_ms ? feed->next_attempt_ms : deadline_ms;
        (void)wait_descriptors(feed, until - now);
    }
}

enum store_feed_event store_feed_wait(struct store_feed *feed, int64_t timeout_ms)
{
    int64_t deadline = clock_monotonic_ms() + timeout_ms;
    for (;;) {
        if (feed->connection == NULL)
            return wait_for_attempt(feed, deadline);
        if (take_wake(feed))
            return STORE_FEED_WOKEN;
        if (PQconsumeInput(feed->connection->pg) == 0) {
            lose_connection(feed);
            continue;
        }
        if (take_notifications(feed))
            return STORE_FEED_CHANGED;
        if (clock_monotonic_ms() >= deadline)
            return STORE_FEED_TIMEOUT;
        (void)wait_descriptors(feed, deadline - clock_monotonic_ms());
    }
}
