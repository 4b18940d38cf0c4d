/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a node knows of keys while the database answers, while it does not, and at which cost.
 */
#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/failing_memory.h"

#include "sociopoint/base/log.h"
#include "sociopoint/directory/key_ring.h"
#include "sociopoint/secret/key.h"
#include "sociopoint/store/key.h"
#include "support/run.h"

enum {
    RECHECK_MS = 5000,
    GRACE_MS = 60000,
    START_MS = 1000000,
    KEYS = 2000 /* more than a shelf has room for */
};

static const int64_t wall_start_ms = 1790000000000;

/* --- A database of a few keys ------------------------------------------------------------------- */

static struct secret_key keys[KEYS];
static struct store_key stored[KEYS];
static bool known[KEYS];
static atomic_bool away;
static atomic_int look_ups;

/* A look-up that is to last: waits until the test says that it may end. */
static atomic_bool holds;
static atomic_int held;

static bool look_up(void *context, const char *id, struct store_key *key, bool *found,
                    struct error *err)
{
    ck_assert_ptr_eq(context, keys);
    atomic_fetch_add(&look_ups, 1);
    if (atomic_load(&holds)) {
        atomic_fetch_add(&held, 1);
        while (atomic_load(&holds))
            sched_yield();
    }
    if (atomic_load(&away))
        return error_set(err, ERROR_UNAVAILABLE, "database-away", NULL);
    *found = false;
    for (int i = 0; i < KEYS && !*found; i++) {
        *found = known[i] && strcmp(keys[i].id, id) == 0;
        if (*found)
            *key = stored[i];
    }
    return true;
}

static struct key_ring *ring;

static void setup(void)
{
    struct error err = {.code = ERROR_NONE};
    const struct key_ring_options options = {
        .source = {look_up, keys}, .recheck_ms = RECHECK_MS, .grace_ms = GRACE_MS};
    log_set_level(LOG_ERROR);
    for (int i = 0; i < KEYS; i++) {
        struct secret_hash hash;
        ck_assert(secret_key_make(&keys[i], &err));
        secret_hash_make(str_from(keys[i].text), &hash);
        memcpy(stored[i].hash, hash.bytes, sizeof hash.bytes);
        stored[i].expires_at_ms = wall_start_ms + 1000000;
        known[i] = true;
    }
    ring = key_ring_new(&options, &err);
    ck_assert_ptr_nonnull(ring);
}

static void teardown(void)
{
    key_ring_free(ring);
}

static uint64_t holder;

static enum key_state check_text(struct str text, bool ask, int64_t at_ms)
{
    const struct key_question question = {
        .key = text, .ask = ask, .now_ms = START_MS + at_ms, .wall_ms = wall_start_ms + at_ms};
    return key_ring_check(ring, &question, &holder);
}

/* As the server does it: first without asking, then with. */
static enum key_state check_key(int key, int64_t at_ms)
{
    enum key_state state = check_text(str_from(keys[key].text), false, at_ms);
    return state == KEY_UNKNOWN ? check_text(str_from(keys[key].text), true, at_ms) : state;
}

static int taken_look_ups(void)
{
    return atomic_exchange(&look_ups, 0);
}

/* --- With the database -------------------------------------------------------------------------- */

/* The first look-up is made when it may be; the next when the first is old. */
START_TEST(test_ring_holds_good_keys)
{
    ck_assert_int_eq(check_text(str_from(keys[0].text), false, 0), KEY_UNKNOWN);
    ck_assert_int_eq(taken_look_ups(), 0);
    ck_assert_int_eq(check_text(str_from(keys[0].text), true, 0), KEY_GOOD);
    ck_assert_int_eq(taken_look_ups(), 1);
    uint64_t first = holder;
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(check_text(str_from(keys[0].text), false, RECHECK_MS - 1), KEY_GOOD);
    ck_assert_int_eq(taken_look_ups(), 0);
    ck_assert(holder == first);
    ck_assert_int_eq(check_text(str_from(keys[0].text), false, RECHECK_MS), KEY_GOOD);
    ck_assert_int_eq(taken_look_ups(), 1);
    ck_assert(holder == first);
    ck_assert_int_eq(check_key(1, 0), KEY_GOOD);
    ck_assert(holder != first);
}
END_TEST

START_TEST(test_ring_forgets_revoked_keys)
{
    ck_assert_int_eq(check_key(0, 0), KEY_GOOD);
    stored[0].revoked = true;
    ck_assert_int_eq(check_key(0, RECHECK_MS - 1), KEY_GOOD);
    ck_assert_int_eq(check_key(0, RECHECK_MS), KEY_REFUSED);
    taken_look_ups();
    ck_assert_int_eq(check_key(0, RECHECK_MS + 1), KEY_REFUSED);
    ck_assert_int_eq(taken_look_ups(), 0);
}
END_TEST

/* Expiry follows the wall clock, whatever is held. */
START_TEST(test_ring_forgets_expired_keys)
{
    stored[0].expires_at_ms = wall_start_ms + 3000;
    ck_assert_int_eq(check_key(0, 0), KEY_GOOD);
    ck_assert_int_eq(check_key(0, 2999), KEY_GOOD);
    ck_assert_int_eq(check_key(0, 3000), KEY_REFUSED);
    stored[1].expires_at_ms = wall_start_ms;
    ck_assert_int_eq(check_key(1, 0), KEY_REFUSED);
}
END_TEST

/* A key that another one's id would open. */
START_TEST(test_ring_refuses_wrong_secrets)
{
    stored[0] = stored[1];
    ck_assert_int_eq(check_key(0, 0), KEY_REFUSED);
    known[2] = false;
    memset(stored[2].hash, 0, sizeof stored[2].hash);
    ck_assert_int_eq(check_key(2, 0), KEY_REFUSED);
    ck_assert_int_eq(check_key(1, 0), KEY_GOOD);
}
END_TEST

START_TEST(test_ring_asks_nobody_about_typos)
{
    struct secret_key key = keys[0];
    key.text[20] = key.text[20] == 'x' ? 'y' : 'x';
    ck_assert_int_eq(check_text(str_from(key.text), true, 0), KEY_REFUSED);
    ck_assert_int_eq(check_text(STR(""), true, 0), KEY_REFUSED);
    ck_assert_int_eq(check_text(STR("socio_"), true, 0), KEY_REFUSED);
    ck_assert_int_eq(taken_look_ups(), 0);
}
END_TEST

/* Bad keys are remembered for a minute, and never drive good ones out. */
START_TEST(test_ring_remembers_bad_keys)
{
    ck_assert_int_eq(check_key(0, 0), KEY_GOOD);
    for (int i = 1; i < KEYS; i++) {
        known[i] = false;
        ck_assert_int_eq(check_key(i, 0), KEY_REFUSED);
    }
    ck_assert_int_eq(taken_look_ups(), KEYS);
    ck_assert_int_eq(check_text(str_from(keys[0].text), false, 1), KEY_GOOD);
    ck_assert_int_eq(check_key(KEYS - 1, KEY_RING_REFUSED_MS - 1), KEY_REFUSED);
    ck_assert_int_eq(taken_look_ups(), 0);
    ck_assert_int_eq(check_key(KEYS - 1, KEY_RING_REFUSED_MS), KEY_REFUSED);
    ck_assert_int_eq(taken_look_ups(), 1);
}
END_TEST

/* Where more keys are used than there is room for, the longest held go, and are looked up again. */
START_TEST(test_ring_has_bounded_memory)
{
    for (int i = 0; i < KEYS; i++)
        ck_assert_int_eq(check_key(i, i), KEY_GOOD);
    taken_look_ups();
    int in_memory = 0;
    for (int i = 0; i < KEYS; i++)
        in_memory += check_text(str_from(keys[i].text), false, KEYS) == KEY_GOOD ? 1 : 0;
    ck_assert_int_le(in_memory, 1024);
    ck_assert_int_ge(in_memory, 900);
    ck_assert_int_eq(taken_look_ups(), 0);
    ck_assert_int_eq(check_text(str_from(keys[KEYS - 1].text), false, KEYS), KEY_GOOD);
    ck_assert_int_eq(check_key(0, KEYS), KEY_GOOD);
}
END_TEST

/* --- Without it --------------------------------------------------------------------------------- */

START_TEST(test_ring_without_database)
{
    ck_assert_int_eq(check_key(0, 0), KEY_GOOD);
    atomic_store(&away, true);
    taken_look_ups();
    /* Held keys stay good for the grace, strangers are unknown, and nobody asks all the time. */
    ck_assert_int_eq(check_key(0, RECHECK_MS), KEY_GOOD);
    ck_assert_int_eq(taken_look_ups(), 1);
    for (int i = 0; i < 100; i++) {
        ck_assert_int_eq(check_key(0, RECHECK_MS + KEY_RING_PAUSE_MS - 1), KEY_GOOD);
        ck_assert_int_eq(check_key(1, RECHECK_MS + KEY_RING_PAUSE_MS - 1), KEY_UNKNOWN);
    }
    ck_assert_int_eq(taken_look_ups(), 0);
    ck_assert_int_eq(check_key(1, RECHECK_MS + KEY_RING_PAUSE_MS), KEY_UNKNOWN);
    ck_assert_int_eq(taken_look_ups(), 1);
    ck_assert_int_eq(check_key(0, RECHECK_MS + GRACE_MS - 1), KEY_GOOD);
    ck_assert_int_eq(check_key(0, RECHECK_MS + GRACE_MS), KEY_UNKNOWN);
    /* When it is back, so is everybody. */
    atomic_store(&away, false);
    int64_t later_ms = RECHECK_MS + GRACE_MS + KEY_RING_PAUSE_MS;
    ck_assert_int_eq(check_key(0, later_ms), KEY_GOOD);
    ck_assert_int_eq(check_key(1, later_ms), KEY_GOOD);
}
END_TEST

/* A key that was refused, or has expired, is so without a database, too. */
START_TEST(test_ring_without_database_is_no_amnesty)
{
    known[0] = false;
    stored[1].expires_at_ms = wall_start_ms + 3000;
    ck_assert_int_eq(check_key(0, 0), KEY_REFUSED);
    ck_assert_int_eq(check_key(1, 0), KEY_GOOD);
    atomic_store(&away, true);
    ck_assert_int_eq(check_key(0, RECHECK_MS), KEY_REFUSED);
    ck_assert_int_eq(check_key(1, RECHECK_MS), KEY_REFUSED);
}
END_TEST

/* --- Several at a time -------------------------------------------------------------------------- */

struct asker {
    pthread_t thread;
    int key;
    int64_t at_ms;
    enum key_state state;
};

static void *ask(void *context)
{
    struct asker *asker = context;
    const struct key_question question = {.key = str_from(keys[asker->key].text),
                                          .ask = true,
                                          .now_ms = START_MS + asker->at_ms,
                                          .wall_ms = wall_start_ms + asker->at_ms};
    uint64_t ignored;
    asker->state = key_ring_check(ring, &question, &ignored);
    return NULL;
}

static void begin_asking(struct asker *asker, int key, int64_t at_ms)
{
    *asker = (struct asker){.key = key, .at_ms = at_ms};
    ck_assert_int_eq(pthread_create(&asker->thread, NULL, ask, asker), 0);
}

static void await_held(int count)
{
    while (atomic_load(&held) < count)
        sched_yield();
}

/* While one looks a held key up again, the others need not wait. */
START_TEST(test_ring_one_looks_up_for_all)
{
    struct asker first;
    ck_assert_int_eq(check_key(0, 0), KEY_GOOD);
    taken_look_ups();
    atomic_store(&holds, true);
    begin_asking(&first, 0, RECHECK_MS);
    await_held(1);
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(check_text(str_from(keys[0].text), true, RECHECK_MS + 1), KEY_GOOD);
    ck_assert_int_eq(taken_look_ups(), 1);
    atomic_store(&holds, false);
    pthread_join(first.thread, NULL);
    ck_assert_int_eq(first.state, KEY_GOOD);
}
END_TEST

/* However many made-up keys come, only so many are looked up at a time. */
START_TEST(test_ring_looks_up_few_at_once)
{
    struct asker askers[KEY_RING_AT_ONCE];
    atomic_store(&holds, true);
    for (int i = 0; i < KEY_RING_AT_ONCE; i++)
        begin_asking(&askers[i], i, 0);
    await_held(KEY_RING_AT_ONCE);
    ck_assert_int_eq(check_key(100, 0), KEY_UNKNOWN);
    ck_assert_int_eq(taken_look_ups(), KEY_RING_AT_ONCE);
    atomic_store(&holds, false);
    for (int i = 0; i < KEY_RING_AT_ONCE; i++) {
        pthread_join(askers[i].thread, NULL);
        ck_assert_int_eq(askers[i].state, KEY_GOOD);
    }
    ck_assert_int_eq(check_key(100, 0), KEY_GOOD);
}
END_TEST

START_TEST(test_ring_without_memory)
{
    struct error err = {.code = ERROR_NONE};
    const struct key_ring_options options = {.source = {look_up, keys}};
    key_ring_free(NULL);
    failing_memory_arm(1);
    struct key_ring *none = key_ring_new(&options, &err);
    if (!failing_memory_disarm()) { /* where memory does not fail */
        key_ring_free(none);
        return;
    }
    ck_assert_ptr_null(none);
    ck_assert_int_eq(err.code, ERROR_MEMORY);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("directory/key_ring");
    TCase *tests = tcase_create("key_ring");
    tcase_set_timeout(tests, 30);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_ring_holds_good_keys);
    tcase_add_test(tests, test_ring_forgets_revoked_keys);
    tcase_add_test(tests, test_ring_forgets_expired_keys);
    tcase_add_test(tests, test_ring_refuses_wrong_secrets);
    tcase_add_test(tests, test_ring_asks_nobody_about_typos);
    tcase_add_test(tests, test_ring_remembers_bad_keys);
    tcase_add_test(tests, test_ring_has_bounded_memory);
    tcase_add_test(tests, test_ring_without_database);
    tcase_add_test(tests, test_ring_without_database_is_no_amnesty);
    tcase_add_test(tests, test_ring_one_looks_up_for_all);
    tcase_add_test(tests, test_ring_looks_up_few_at_once);
    tcase_add_test(tests, test_ring_without_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
