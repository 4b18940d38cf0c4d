/* SPDX-License-Identifier: EUPL-1.2 */
/* modules: store */
/*
 * The second wall: what each role can do when the application's own checks are gone.
 */
#include <check.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "sociopoint/base/attribute.h"
#include "support/database.h"
#include "support/listing_samples.h"
#include "support/run.h"

#define OTHER_ORGANIZATION "00000000-0000-4000-8000-0000000000b5"
#define OTHER_SERVICE      "00000000-0000-4000-8000-0000000000b7"
#define ADD_KEY                                                                                    \
    "SELECT admin.key_add('bcdefghijk', decode(repeat('5a', 32), 'hex'), 'professional', NULL,"    \
    " 'mine', 1)"
#define PRIVILEGE "42501"
#define NO_SCOPE  "SP003"

static struct database database;
static PGconn *owner;

static void setup_program(void)
{
    database_create(&database, "rights");
    database_migrate(&database);
    owner = session_open(&database, NULL);
    sample_put_all(owner);
    sample_begin(owner);
    session_do(owner, "SELECT listing.put_organization('{\"id\": \"" OTHER_ORGANIZATION "\","
                      " \"key\": \"jina\", \"municipality\": \"brno\", \"name\": \"Jiná\"}')");
    /* A service of one organisation at the place of another. */
    session_do(owner,
               "SELECT listing.put_service('{\"id\": \"" OTHER_SERVICE "\", \"key\": \"brno\","
               " \"municipality\": \"brno\", \"name\": \"Host\","
               " \"organization_id\": \"" OTHER_ORGANIZATION "\", \"locations\": [\"dum\"],"
               " \"location_ids\": [\"" SAMPLE_LOCATION "\"], \"service_at_location_ids\":"
               " [\"00000000-0000-4000-8000-0000000000b8\"]}')");
    session_do(owner, "INSERT INTO listing.api_key (kid, role, organization_id, municipality,"
                      " hash, label, expires_at) VALUES ('abcdefghij', 'organization',"
                      " '" SAMPLE_ORGANIZATION "', 'ostrava',"
                      " decode(repeat('5a', 32), 'hex'), 'test', now() + interval '1 day')");
    session_do(owner, "COMMIT");
    PQfinish(owner);
}

static void teardown_program(void)
{
    database_drop(&database);
}

static const struct {
    const char *role;
    const char *sql;
    const char *state;
} refused[] = {
    /* The reading role: published documents and nothing else. */
    {"socio_read", "SELECT * FROM listing.service", PRIVILEGE},
    {"socio_read", "SELECT * FROM listing.location", PRIVILEGE},
    {"socio_read", "SELECT * FROM listing.api_key", PRIVILEGE},
    {"socio_read", "SELECT * FROM admin.due", PRIVILEGE},
    {"socio_read", "SELECT * FROM admin.migration", PRIVILEGE},
    {"socio_read", "SELECT * FROM admin.key_lookup('abcdefghij')", PRIVILEGE},
    {"socio_read", "SELECT published.publish_due(1)", PRIVILEGE},
    {"socio_read", SAMPLE_PUBLISH("service", SAMPLE_SERVICE), PRIVILEGE},
    {"socio_read", "SELECT published.render(('service', '" SAMPLE_SERVICE "'), '')", PRIVILEGE},
    {"socio_read", "UPDATE published.document SET seq = 0", PRIVILEGE},
    {"socio_read", "SELECT listing.put_term('{}')", PRIVILEGE},
    {"socio_read", "CREATE TABLE public.mine ()", PRIVILEGE},
    {"socio_read", "CREATE TEMPORARY TABLE mine ()", PRIVILEGE},
    /* Writing roles: no scope, no rows, and it is said. */
    {"socio_write", "SELECT * FROM listing.service", NO_SCOPE},
    {"socio_write", "SELECT * FROM listing.service_term", NO_SCOPE},
    {"socio_write", "SELECT * FROM listing.organization WHERE key = 'jina'", NO_SCOPE},
    {"socio_write", "SELECT * FROM listing.taxonomy_term", NO_SCOPE},
    {"socio_write", "SELECT * FROM listing.area", NO_SCOPE},
    {"socio_write", "UPDATE listing.service SET name = 'x'", NO_SCOPE},
    {"socio_write", "DELETE FROM listing.service_at_location", NO_SCOPE},
    {"socio_import", "SELECT * FROM listing.organization", NO_SCOPE},
    {"socio_import", SAMPLE_PUT_ORGANIZATION(", \"name\": \"x\""), NO_SCOPE},
    /* Only functions lead to keys, due rows and published documents. */
    {"socio_write", "SELECT * FROM listing.api_key", PRIVILEGE},
    {"socio_write", "SELECT * FROM admin.due", PRIVILEGE},
    {"socio_write", "SELECT * FROM admin.migration", PRIVILEGE},
    {"socio_write", "UPDATE published.document SET seq = 0", PRIVILEGE},
    {"socio_write", "SELECT published.write_all('{}')", PRIVILEGE},
    {"socio_write", "SELECT published.enqueue_all()", PRIVILEGE},
    {"socio_write", "SELECT published.renew_epoch()", PRIVILEGE},
    {"socio_write", "SELECT listing.put_term('{}')", PRIVILEGE},
    {"socio_write", "SET ROLE socio_publish", PRIVILEGE},
    {"socio_import", "SET ROLE socio_publish", PRIVILEGE},
    /* Nodes look keys up and cannot make them; the command line makes them and looks none up. */
    {"socio_import", "SELECT * FROM admin.key_lookup('abcdefghij')", PRIVILEGE},
    {"socio_import", "SELECT * FROM listing.api_key", PRIVILEGE},
    {"socio_import", "UPDATE listing.api_key SET revoked_at = NULL", PRIVILEGE},
    {"socio_write", ADD_KEY, PRIVILEGE},
    {"socio_write", "SELECT * FROM admin.key_list()", PRIVILEGE},
    {"socio_write", "SELECT admin.key_revoke('abcdefghij')", PRIVILEGE},
    {"socio_write", "UPDATE listing.api_key SET expires_at = now()", PRIVILEGE},
    {"socio_read", ADD_KEY, PRIVILEGE},
    {"socio_read", "SELECT * FROM admin.key_list()", PRIVILEGE},
    {"socio_read", "SELECT admin.key_revoke('abcdefghij')", PRIVILEGE},
};

START_TEST(test_rights_refused)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, refused[_i].role);
    ck_assert_str_eq(session_failure(session, refused[_i].sql), refused[_i].state);
}
END_TEST

/* After COMMIT the setting is '' and not NULL. */
START_TEST(test_rights_scope_ends_with_transaction)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, "socio_write");
    sample_begin(session);
    ck_assert_int_eq(session_number(session, "SELECT count(*) FROM listing.service"), 2);
    session_do(session, "COMMIT");
    ck_assert_str_eq(session_value(session, "SELECT current_setting('socio.scope')"), "");
    ck_assert_str_eq(session_failure(session, "SELECT * FROM listing.service"), NO_SCOPE);
}
END_TEST

static const char *const bad_scopes[] = {"",      "org:", "org:x",   "everything",
                                         "city:", "all ", "city:a'b"};

START_TEST(test_rights_bad_scope)
{
    char sql[128];
    PGconn *session CLEANUP(session_closep) = session_open(&database, "socio_write");
    char *literal = PQescapeLiteral(session, bad_scopes[_i], strlen(bad_scopes[_i]));
    (void)snprintf(sql, sizeof sql, "SELECT set_config('socio.scope', %s, false)", literal);
    PQfreemem(literal);
    session_do(session, sql);
    ck_assert_str_eq(session_failure(session, "SELECT * FROM listing.organization"), NO_SCOPE);
}
END_TEST

static const struct {
    const char *scope;
    const char *services; /* keys that are seen */
    const char *parts;    /* how many terms and places */
} scopes[] = {
    {"all", "brno poradna", "4"},
    {"org:" SAMPLE_ORGANIZATION, "poradna", "3"},
    {"org:" OTHER_ORGANIZATION, "brno", "1"},
    {"org:" SAMPLE_TERM, "", "0"},
    {"city:ostrava", "poradna", "3"},
    {"city:brno", "brno", "1"},
    {"city:praha", "", "0"},
};

START_TEST(test_rights_scope)
{
    char sql[128];
    PGconn *session CLEANUP(session_closep) = session_open(&database, "socio_write");
    (void)snprintf(sql, sizeof sql, "SELECT set_config('socio.scope', '%s', false)",
                   scopes[_i].scope);
    session_do(session, sql);
    ck_assert_str_eq(
        session_value(session, "SELECT string_agg(key, ' ' ORDER BY key) FROM listing.service"),
        scopes[_i].services);
    ck_assert_str_eq(session_value(session,
                                   "SELECT (SELECT count(*) FROM listing.service_term)"
                                   " + (SELECT count(*) FROM listing.service_at_location)"),
                     scopes[_i].parts);
}
END_TEST

/* Nor can an organisation write what is not its own. */
START_TEST(test_rights_foreign_rows)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, "socio_write");
    session_do(session, "BEGIN");
    session_do(session, "SELECT set_config('socio.scope', 'org:" OTHER_ORGANIZATION "', true)");
    session_do(session, "UPDATE listing.service SET name = 'x'");
    session_do(session, "SAVEPOINT s");
    ck_assert_str_eq(session_failure(session, SAMPLE_PUT_SERVICE(", \"name\": \"x\"")), "SP001");
    session_do(session, "ROLLBACK TO s");
    ck_assert_str_eq(
        session_failure(session,
                        "UPDATE listing.service SET organization_id = '" SAMPLE_ORGANIZATION "'"),
        PRIVILEGE);
    session_do(session, "ROLLBACK TO s");
    ck_assert_str_eq(session_failure(session,
                                     "INSERT INTO listing.service_term VALUES ('" SAMPLE_SERVICE
                                     "', '" SAMPLE_TERM "', 'situation', 1)"),
                     PRIVILEGE);
    session_do(session, "ROLLBACK TO s");
    session_do(session, "COMMIT");
    PGconn *all CLEANUP(session_closep) = session_open(&database, NULL);
    ck_assert_str_eq(session_value(all, "SELECT string_agg(name, ' ' ORDER BY name)"
                                        " FROM listing.service"),
                     "Poradna x");
    session_do(all, "UPDATE listing.service SET name = 'Host' WHERE key = 'brno'");
}
END_TEST

START_TEST(test_rights_every_listing_table_is_walled)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    ck_assert_str_eq(
        session_value(session, "SELECT coalesce(string_agg(c.relname, ' '), '')"
                               " FROM pg_class c"
                               " JOIN pg_namespace n ON n.oid = c.relnamespace"
                               " WHERE n.nspname = 'listing' AND c.relkind IN ('r', 'p', 'v', 'm')"
                               " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"),
        "");
    ck_assert_str_eq(session_value(session, "SELECT bool_or(rolbypassrls OR rolsuper) FROM pg_roles"
                                            " WHERE rolname LIKE 'socio\\_%'"),
                     "f");
    ck_assert_str_eq(session_value(session, "SELECT rolcanlogin FROM pg_roles"
                                            " WHERE rolname = 'socio_publish'"),
                     "f");
}
END_TEST

START_TEST(test_rights_definers_have_fixed_path)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, NULL);
    ck_assert_str_eq(session_value(session, "SELECT coalesce(string_agg(p.proname, ' '), '')"
                                            " FROM pg_proc p"
                                            " JOIN pg_namespace n ON n.oid = p.pronamespace"
                                            " WHERE n.nspname IN ('listing', 'published', 'admin')"
                                            " AND p.prosecdef"
                                            " AND NOT coalesce(p.proconfig @> ARRAY["
                                            "'search_path=pg_catalog, pg_temp'], false)"),
                     "");
    ck_assert_str_eq(session_value(session,
                                   "SELECT coalesce(string_agg(p.proname, ' '), '')"
                                   " FROM pg_proc p"
                                   " JOIN pg_namespace n ON n.oid = p.pronamespace"
                                   " WHERE n.nspname IN ('listing', 'published', 'admin')"
                                   " AND has_function_privilege('public', p.oid, 'EXECUTE')"),
                     "");
}
END_TEST

/* Key check and tick work with no scope set, and so does reading what is published. */
START_TEST(test_rights_without_scope)
{
    PGconn *writer CLEANUP(session_closep) = session_open(&database, "socio_write");
    PGconn *reader CLEANUP(session_closep) = session_open(&database, "socio_read");
    ck_assert_str_eq(session_value(writer, "SELECT revoked FROM admin.key_lookup('abcdefghij')"),
                     "f");
    ck_assert_str_eq(session_value(writer, "SELECT count(*) FROM admin.key_lookup('nobody')"), "0");
    ck_assert_str_eq(session_value(writer, "SELECT published.publish_due(10)"), "0");
    ck_assert_str_eq(session_value(writer, "SELECT published.prune()"), "0");
    ck_assert_int_gt(session_number(reader, "SELECT count(*) FROM published.document"), 0);
    ck_assert_uint_eq(strlen(session_value(reader, "SELECT published.epoch()")), 16);
}
END_TEST

/* publish() reads everything, whatever the scope of the writer. */
START_TEST(test_rights_foreign_place_is_rendered_whole)
{
    PGconn *session CLEANUP(session_closep) = session_open(&database, "socio_write");
    session_do(session, "BEGIN");
    session_do(session, "SELECT set_config('socio.scope', 'org:" OTHER_ORGANIZATION "', true)");
    session_do(session, SAMPLE_PUBLISH("service", OTHER_SERVICE));
    session_do(session, "COMMIT");
    PGconn *reader CLEANUP(session_closep) = session_open(&database, "socio_read");
    ck_assert_str_eq(session_value(reader,
                                   "SELECT body::json #>> '{service_at_locations,0,location,"
                                   "addresses,0,address_1}' FROM published.document"
                                   " WHERE id = '" OTHER_SERVICE "'"),
                     SAMPLE_STREET);
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("store_rights");
    TCase *tests = tcase_create("rights");
    tcase_set_timeout(tests, 30);
    tcase_add_unchecked_fixture(tests, setup_program, teardown_program);
    tcase_add_loop_test(tests, test_rights_refused, 0, COUNT_OF(refused));
    tcase_add_test(tests, test_rights_scope_ends_with_transaction);
    tcase_add_loop_test(tests, test_rights_bad_scope, 0, COUNT_OF(bad_scopes));
    tcase_add_loop_test(tests, test_rights_scope, 0, COUNT_OF(scopes));
    tcase_add_test(tests, test_rights_foreign_rows);
    tcase_add_test(tests, test_rights_every_listing_table_is_walled);
    tcase_add_test(tests, test_rights_definers_have_fixed_path);
    tcase_add_test(tests, test_rights_without_scope);
    tcase_add_test(tests, test_rights_foreign_place_is_rendered_whole);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
