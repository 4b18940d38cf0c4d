/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * Keys in the database: made and revoked by the command line's role, looked up by the nodes'.
 */
#include <check.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/store/key.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

enum { DAY_MS = 86400000 };

static struct database database;
static PGconn *observer;
static struct store *maker;
static struct store *node;
static struct error err;

static void setup_program(void)
{
    database_create(&database, "key");
    database_migrate(&database);
    PGconn *owner CLEANUP(session_closep) = session_open(&database, NULL);
    sample_put_all(owner);
    sample_begin(owner);
    session_do(owner, "SELECT listing.put_area('{\"code\": \"municipality:ostrava\","
                      " \"name\": \"Ostrava\", \"part_of\": \"region:moravskoslezsky\"}')");
    session_do(owner, "COMMIT");
}

static void teardown_program(void)
{
    database_drop(&database);
}

static void setup(void)
{
    observer = session_open(&database, NULL);
    maker = database_store(&database, STORE_ROLE_IMPORT, 1);
    node = database_store(&database, STORE_ROLE_WRITE, 1);
    session_do(observer, "DELETE FROM listing.api_key");
}

static void teardown(void)
{
    store_close(maker);
    store_close(node);
    PQfinish(observer);
}

static const unsigned char hash[STORE_KEY_HASH_SIZE] = {0x5a, 0x00, 0xff, [31] = 0x7f};

static struct store_key_draft draft_of(const char *id, enum store_key_role role, const char *owner)
{
    return (struct store_key_draft){
        .id = id, .hash = hash, .role = role, .owner = owner, .label = "Zkouška", .days = 30};
}

static void add(const char *id, enum store_key_role role, const char *owner)
{
    int64_t expires_at_ms;
    const struct store_key_draft draft = draft_of(id, role, owner);
    ck_assert_msg(store_key_add(maker, &draft, &expires_at_ms, &err), "%s", err.problems[0].code);
}

START_TEST(test_key_is_looked_up)
{
    bool found = true;
    struct store_key key;
    int64_t expires_at_ms = 0;
    int64_t before_ms = clock_wall_ms();
    const struct store_key_draft draft = draft_of("abcdefghij", STORE_KEY_PROFESSIONAL, NULL);
    ck_assert(store_key_add(maker, &draft, &expires_at_ms, &err));
    /* A month by the calendar of the database's time zone, so an hour more or less. */
    ck_assert_int_ge(expires_at_ms, before_ms + INT64_C(30) * DAY_MS - DAY_MS / 12);
    ck_assert_int_le(expires_at_ms, clock_wall_ms() + INT64_C(30) * DAY_MS + DAY_MS / 12);
    ck_assert(store_key_lookup(node, "nobody", &key, &found, &err));
    ck_assert(!found);
    ck_assert(store_key_lookup(node, "abcdefghij", &key, &found, &err));
    ck_assert(found && !key.revoked);
    ck_assert_mem_eq(key.hash, hash, sizeof hash);
    ck_assert_int_eq(key.expires_at_ms, expires_at_ms);
}
END_TEST

static const struct {
    enum store_key_role role;
    const char *owner;
    const char *seen; /* role, organisation, municipality */
} owners[] = {
    {STORE_KEY_ORGANIZATION, "pomoc", "organization " SAMPLE_ORGANIZATION " ostrava"},
    {STORE_KEY_ORGANIZATION, SAMPLE_ORGANIZATION, "organization " SAMPLE_ORGANIZATION " ostrava"},
    {STORE_KEY_PROFESSIONAL, NULL, "professional - -"},
    {STORE_KEY_EDITOR, "ostrava", "editor - ostrava"},
};

START_TEST(test_key_owners)
{
    add("abcdefghij", owners[_i].role, owners[_i].owner);
    ck_assert_str_eq(session_value(observer, "SELECT concat_ws(' ', role,"
                                             " coalesce(organization_id::text, '-'),"
                                             " coalesce(municipality, '-')) FROM listing.api_key"),
                     owners[_i].seen);
    ck_assert_str_eq(session_value(observer, "SELECT created_by FROM listing.api_key"),
                     "socio_import");
}
END_TEST

#define LABEL_OF_50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
    const char *id;
    enum store_key_role role;
    const char *owner;
    const char *label;
    int days;
    const char *problem;
    const char *argument;
} refused[] = {
    {"abcdefghij", STORE_KEY_ORGANIZATION, "nikdo", "a", 1, "organization-unknown", "nikdo"},
    {"abcdefghij", STORE_KEY_ORGANIZATION, NULL, "a", 1, "organization-unknown", ""},
    {"abcdefghij", STORE_KEY_EDITOR, "nikde", "a", 1, "municipality-unknown", "nikde"},
    {"abcdefghij", STORE_KEY_EDITOR, NULL, "a", 1, "municipality-unknown", ""},
    {"abcdefghi", STORE_KEY_PROFESSIONAL, NULL, "a", 1, "value-impossible", ""},
    {"abcdefghi_", STORE_KEY_PROFESSIONAL, NULL, "a", 1, "value-impossible", ""},
    {"abcdefghij", STORE_KEY_PROFESSIONAL, NULL, "", 1, "value-impossible", ""},
    {"abcdefghij", STORE_KEY_PROFESSIONAL, NULL, LABEL_OF_50 LABEL_OF_50 "a", 1, "value-impossible",
     ""},
    {"abcdefghij", STORE_KEY_PROFESSIONAL, NULL, "a", STORE_KEY_DAYS_MAXIMUM + 1,
     "value-impossible", ""},
    {"zzzzzzzzzz", STORE_KEY_PROFESSIONAL, NULL, "a", 1, "listing-key-taken", ""},
};

START_TEST(test_key_refuses)
{
    int64_t expires_at_ms;
    add("zzzzzzzzzz", STORE_KEY_PROFESSIONAL, NULL);
    const struct store_key_draft draft = {.id = refused[_i].id,
                                          .hash = hash,
                                          .role = refused[_i].role,
                                          .owner = refused[_i].owner,
                                          .label = refused[_i].label,
                                          .days = refused[_i].days};
    ck_assert(!store_key_add(maker, &draft, &expires_at_ms, &err));
    ck_assert_str_eq(err.problems[0].code, refused[_i].problem);
    ck_assert_str_eq(err.problems[0].argument[0], refused[_i].argument);
    ck_assert_int_eq(session_number(observer, "SELECT count(*) FROM listing.api_key"), 1);
}
END_TEST

static void note(void *context, const struct store_key_row *row)
{
    char *text = context;
    size_t used = strlen(text);
    (void)snprintf(text + used, 512 - used, "%.*s %.*s %.*s %.*s %d%d|", STR_ARGUMENTS(row->id),
                   STR_ARGUMENTS(row->role), STR_ARGUMENTS(row->owner), STR_ARGUMENTS(row->label),
                   row->revoked_at_ms >= row->created_at_ms,
                   row->expires_at_ms > row->created_at_ms);
}

START_TEST(test_key_list_and_revoke)
{
    char text[512] = "";
    bool changed = false;
    bool found = false;
    struct store_key key;
    add("aaaaaaaaaa", STORE_KEY_ORGANIZATION, "pomoc");
    add("bbbbbbbbbb", STORE_KEY_PROFESSIONAL, NULL);
    add("cccccccccc", STORE_KEY_EDITOR, "ostrava");
    ck_assert(store_key_revoke(maker, "bbbbbbbbbb", &changed, &err));
    ck_assert(changed);
    ck_assert(store_key_list(maker, note, text, &err));
    ck_assert_str_eq(text, "cccccccccc editor ostrava Zkouška 01|"
                           "bbbbbbbbbb professional  Zkouška 11|"
                           "aaaaaaaaaa organization pomoc Zkouška 01|");
    ck_assert(store_key_lookup(node, "bbbbbbbbbb", &key, &found, &err));
    ck_assert(found && key.revoked);
    ck_assert(store_key_revoke(maker, "bbbbbbbbbb", &changed, &err));
    ck_assert(!changed);
    ck_assert(!store_key_revoke(maker, "dddddddddd", &changed, &err));
    ck_assert_int_eq(err.code, ERROR_INVALID);
    ck_assert_str_eq(err.problems[0].code, "key-unknown");
    ck_assert_str_eq(err.problems[0].argument[0], "dddddddddd");
}
END_TEST

START_TEST(test_key_without_database)
{
    int64_t expires_at_ms;
    bool changed;
    struct store_key key;
    const struct store_settings settings = {.dsn = "host=/nonexistent", .role = STORE_ROLE_WRITE};
    struct store *store CLEANUP(store_closep) = store_open(&settings, &err);
    const struct store_key_draft draft = draft_of("abcdefghij", STORE_KEY_PROFESSIONAL, NULL);
    ck_assert(!store_key_lookup(store, "abcdefghij", &key, &changed, &err));
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert(!store_key_add(store, &draft, &expires_at_ms, &err));
    ck_assert(!store_key_list(store, note, NULL, &err));
    ck_assert(!store_key_revoke(store, "abcdefghij", &changed, &err));
    ck_assert_str_eq(err.problems[0].code, "database-unreachable");
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("store_key");
    TCase *tests = tcase_create("key");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, setup_program, teardown_program);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_key_is_looked_up);
    tcase_add_loop_test(tests, test_key_owners, 0, COUNT_OF(owners));
    tcase_add_loop_test(tests, test_key_refuses, 0, COUNT_OF(refused));
    tcase_add_test(tests, test_key_list_and_revoke);
    tcase_add_test(tests, test_key_without_database);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
