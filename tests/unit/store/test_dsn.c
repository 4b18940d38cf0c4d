/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Connection strings: hosts one by one, our own parameters over the given ones, the role as user.
 */
#include <check.h>
#include <string.h>

#include "../../../src/store/dsn_internal.h"
#include "support/run.h"

static struct dsn *dsn;

static void teardown(void)
{
    dsn_free(dsn);
    dsn = NULL;
}

static void parse(const char *text, enum store_role role)
{
    struct error err = {0};
    dsn = dsn_new(text, role, &err);
    ck_assert_ptr_nonnull(dsn);
}

/* The value of a parameter for one host; "" when it is not given. Each stands at most once. */
static const char *parameter(size_t host, const char *keyword)
{
    const char *keywords[DSN_PARAMETERS_MAXIMUM];
    const char *values[DSN_PARAMETERS_MAXIMUM];
    const char *value = "";
    dsn_parameters(dsn, host, keywords, values);
    for (size_t i = 0; keywords[i] != NULL; i++) {
        if (strcmp(keywords[i], keyword) != 0)
            continue;
        ck_assert_str_eq(value, "");
        value = values[i];
    }
    return value;
}

static const struct {
    const char *text;
    size_t hosts;
    const char *host[2];
    const char *hostaddr[2];
    const char *port[2];
} strings[] = {
    {"", 1, {""}, {""}, {""}},
    {"dbname=x", 1, {""}, {""}, {""}},
    {"host=a port=5433", 1, {"a"}, {""}, {"5433"}},
    {"host=a,b", 2, {"a", "b"}, {"", ""}, {"", ""}},
    {"host=a,b port=5433", 2, {"a", "b"}, {"", ""}, {"5433", "5433"}},
    {"host=a,b port=5433,5434", 2, {"a", "b"}, {"", ""}, {"5433", "5434"}},
    {"host=a,b hostaddr=10.0.0.1,10.0.0.2", 2, {"a", "b"}, {"10.0.0.1", "10.0.0.2"}, {"", ""}},
    {"hostaddr=10.0.0.1,10.0.0.2", 2, {"", ""}, {"10.0.0.1", "10.0.0.2"}, {"", ""}},
    {"host=a,,", 3, {"a", ""}, {"", ""}, {"", ""}},
    {"postgresql://a:1,b:2/x", 2, {"a", "b"}, {"", ""}, {"1", "2"}},
};

START_TEST(test_dsn_hosts)
{
    parse(strings[_i].text, STORE_ROLE_READ);
    ck_assert_uint_eq(dsn_host_count(dsn), strings[_i].hosts);
    for (size_t host = 0; host < 2 && host < strings[_i].hosts; host++) {
        ck_assert_str_eq(parameter(host, "host"), strings[_i].host[host]);
        ck_assert_str_eq(parameter(host, "hostaddr"), strings[_i].hostaddr[host]);
        ck_assert_str_eq(parameter(host, "port"), strings[_i].port[host]);
    }
}
END_TEST

static const struct {
    enum store_role role;
    const char *user;
} roles[] = {
    {STORE_ROLE_OWNER, "given"},
    {STORE_ROLE_READ, "socio_read"},
    {STORE_ROLE_WRITE, "socio_write"},
    {STORE_ROLE_IMPORT, "socio_import"},
};

START_TEST(test_dsn_role_is_user)
{
    parse("host=a user=given", roles[_i].role);
    ck_assert_str_eq(parameter(0, "user"), roles[_i].user);
}
END_TEST

START_TEST(test_dsn_our_parameters_win)
{
    parse("host=a target_session_attrs=any application_name=other sslmode=require",
          STORE_ROLE_READ);
    ck_assert_str_eq(parameter(0, "target_session_attrs"), "read-write");
    ck_assert_str_eq(parameter(0, "application_name"), "sociopoint");
    ck_assert_str_eq(parameter(0, "sslmode"), "require");
    ck_assert_str_eq(parameter(0, "tcp_user_timeout"), "5000");
}
END_TEST

static const char *const bad[] = {
    "host", "host='", "nonsense=1", "host=a,b,c,d,e,f,g,h,i", "postgresql://[",
};

START_TEST(test_dsn_bad)
{
    struct error err = {0};
    ck_assert_ptr_null(dsn_new(bad[_i], STORE_ROLE_READ, &err));
    ck_assert_int_eq(err.code, ERROR_INVALID);
    ck_assert_str_eq(err.problems[0].code, "database-dsn");
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("store_dsn");
    TCase *tests = tcase_create("dsn");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_loop_test(tests, test_dsn_hosts, 0, COUNT_OF(strings));
    tcase_add_loop_test(tests, test_dsn_role_is_user, 0, COUNT_OF(roles));
    tcase_add_test(tests, test_dsn_our_parameters_win);
    tcase_add_loop_test(tests, test_dsn_bad, 0, COUNT_OF(bad));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
