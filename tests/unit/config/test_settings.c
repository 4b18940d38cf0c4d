/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/source.h"

#include "sociopoint/config/settings.h"
#include "support/run.h"

#define schema_path source_path("config/schema/settings.json")

enum { TOLD_MAXIMUM = 16 };

static struct problem told[TOLD_MAXIMUM];
static size_t told_count;
static char path[64];

static void tell(void *context, const struct problem *problem)
{
    (void)context;
    ck_assert_uint_lt(told_count, TOLD_MAXIMUM);
    told[told_count++] = *problem;
}

static struct settings *load_text(const char *text, struct error *err)
{
    struct config_report report = {tell, NULL};
    (void)snprintf(path, sizeof path, "/tmp/sociopoint-settings-XXXXXX");
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(write(descriptor, text, strlen(text)), (ssize_t)strlen(text));
    (void)close(descriptor);
    told_count = 0;
    struct settings *settings = config_settings_load(path, schema_path, &report, err);
    (void)unlink(path);
    return settings;
}

static struct settings *load_good(const char *text)
{
    struct error err = {0};
    struct settings *settings = load_text(text, &err);
    ck_assert_msg(settings != NULL, "%s %s", err.problems[0].pointer, err.problems[0].code);
    return settings;
}

/* --- Defaults and values --- */

static void check_defaults(const struct settings *settings)
{
    ck_assert_uint_eq(settings->listen_count, 1);
    ck_assert_str_eq(settings->listen[0], "127.0.0.1:8080");
    ck_assert(!settings->trusted_proxy);
    ck_assert_uint_eq(settings->proxy_count, 0);
    ck_assert_uint_eq(settings->threads, 600);
    ck_assert_str_eq(settings->state_dir, "");
    ck_assert_str_eq(settings->database.dsn, "");
    ck_assert_uint_eq(settings->database.pool, 16);
    ck_assert_int_eq(settings->database.acquire_timeout_ms, 500);
    ck_assert_int_eq(settings->database.connect_timeout_ms, 2000);
    ck_assert_int_eq(settings->database.statement_timeout_ms, 5000);
    ck_assert_uint_eq(settings->limits.at_once, 256);
    ck_assert_uint_eq(settings->limits.body_bytes, 65536);
    ck_assert_int_eq(settings->limits.request_ms, 10000);
    ck_assert_int_eq(settings->limits.write_ms, 30000);
    ck_assert_int_eq(settings->limits.drain_ms, 12000);
    ck_assert_uint_eq(settings->rate_limits.public_per_minute, 3000);
    ck_assert_uint_eq(settings->rate_limits.office_per_minute, 30000);
    ck_assert_uint_eq(settings->rate_limits.office_count, 0);
    ck_assert_uint_eq(settings->rate_limits.key_per_minute, 30000);
    ck_assert_uint_eq(settings->rate_limits.unknown_keys_per_minute, 20);
    ck_assert_int_eq(settings->keys.recheck_ms, 5000);
    ck_assert_int_eq(settings->keys.grace_ms, 3600000);
    ck_assert_str_eq(settings->publisher.name, "Sociopoint");
    ck_assert_str_eq(settings->publisher.identifier, "");
    ck_assert_str_eq(settings->publisher.email, "");
    ck_assert_str_eq(settings->publisher.website, "");
    ck_assert_str_eq(settings->public_url, "");
    ck_assert_str_eq(settings->security_contact, "");
}

START_TEST(test_settings_have_defaults)
{
    struct settings *settings CLEANUP(settings_freep) = load_good("{}\n");
    check_defaults(settings);
}
END_TEST

/* What the file of the repository shows is what happens without it. */
START_TEST(test_settings_of_the_repository_show_the_defaults)
{
    struct error err = {0};
    struct settings *settings CLEANUP(settings_freep) =
        config_settings_load(source_path("config/settings.yaml"), schema_path, NULL, &err);
    ck_assert_msg(settings != NULL, "%s %s", err.problems[0].pointer, err.problems[0].code);
    check_defaults(settings);
}
END_TEST

START_TEST(test_settings_take_values)
{
    struct settings *settings CLEANUP(settings_freep) = load_good(
        "listen: [\"8080\", \"0.0.0.0:0\"]\n"
        "trusted_proxy: true\n"
        "proxies: [10.0.0.0/8, 192.168.1.1]\n"
        "threads: 20\n"
        "state_dir: /var/lib/x\n"
        "database: {dsn: \"host=a,b dbname=x\", pool: 3, acquire_timeout_ms: 1,\n"
        "  connect_timeout_ms: 100, statement_timeout_ms: 200}\n"
        "limits: {at_once: 9, body_bytes: 2048, request_ms: 300, write_ms: 400, drain_ms: 0}\n"
        "rate_limits: {public_per_minute: 0, office_per_minute: 7,\n"
        "  offices: [192.0.2.0/24, \"2001:db8::/32\"], key_per_minute: 8,\n"
        "  unknown_keys_per_minute: 9}\n"
        "keys: {recheck_ms: 100, grace_ms: 0}\n"
        "publisher: {name: Brno, identifier: \"1\", email: a@example.org,\n"
        "  website: \"https://example.org/\"}\n"
        "public_url: https://example.org/help\n"
        "security_contact: mailto:b@example.org\n");
    ck_assert_uint_eq(settings->listen_count, 2);
    ck_assert_str_eq(settings->listen[0], "8080");
    ck_assert_str_eq(settings->listen[1], "0.0.0.0:0");
    ck_assert(settings->trusted_proxy);
    ck_assert_uint_eq(settings->proxy_count, 2);
    ck_assert_str_eq(settings->proxies[1], "192.168.1.1");
    ck_assert_uint_eq(settings->threads, 20);
    ck_assert_str_eq(settings->state_dir, "/var/lib/x");
    ck_assert_str_eq(settings->database.dsn, "host=a,b dbname=x");
    ck_assert_uint_eq(settings->database.pool, 3);
    ck_assert_int_eq(settings->database.acquire_timeout_ms, 1);
    ck_assert_int_eq(settings->database.connect_timeout_ms, 100);
    ck_assert_int_eq(settings->database.statement_timeout_ms, 200);
    ck_assert_uint_eq(settings->limits.at_once, 9);
    ck_assert_uint_eq(settings->limits.body_bytes, 2048);
    ck_assert_int_eq(settings->limits.request_ms, 300);
    ck_assert_int_eq(settings->limits.write_ms, 400);
    ck_assert_int_eq(settings->limits.drain_ms, 0);
    ck_assert_uint_eq(settings->rate_limits.public_per_minute, 0);
    ck_assert_uint_eq(settings->rate_limits.office_per_minute, 7);
    ck_assert_uint_eq(settings->rate_limits.office_count, 2);
    ck_assert_uint_eq(settings->rate_limits.key_per_minute, 8);
    ck_assert_uint_eq(settings->rate_limits.unknown_keys_per_minute, 9);
    ck_assert_int_eq(settings->keys.recheck_ms, 100);
    ck_assert_int_eq(settings->keys.grace_ms, 0);
    ck_assert_str_eq(settings->rate_limits.offices[1], "2001:db8::/32");
    ck_assert_str_eq(settings->publisher.name, "Brno");
    ck_assert_str_eq(settings->publisher.identifier, "1");
    ck_assert_str_eq(settings->publisher.email, "a@example.org");
    ck_assert_str_eq(settings->publisher.website, "https://example.org/");
    ck_assert_str_eq(settings->public_url, "https://example.org/help");
    ck_assert_str_eq(settings->security_contact, "mailto:b@example.org");
}
END_TEST

/* --- Refusals --- */

static const struct {
    const char *text;
    const char *code;
    const char *place; /* behind the path */
    const char *argument;
} bad_cases[] = {
    {"threads: 1\nlisten: [\"8443s\"]\n", "settings-tls", ":2 /listen/0", "8443s"},
    {"listen: [\"127.0.0.1:80r\"]\n", "settings-tls", ":1 /listen/0", "127.0.0.1:80r"},
    {"threads: 1\nssl_certificate: /etc/x.pem\n", "settings-tls", ":2 /ssl_certificate",
     "ssl_certificate"},
    {"tls_key: x\n", "settings-tls", ":1 /tls_key", "tls_key"},
    {"listen: [\"[::1]:8080\"]\n", "settings-listen-ipv6", ":1 /listen/0", "[::1]:8080"},
    {"listen: [\"::1:8080\"]\n", "settings-listen-ipv6", ":1 /listen/0", "::1:8080"},
    {"listen:\n- \"8080\"\n- \"localhost:80\"\n", "settings-listen-malformed", ":3 /listen/1",
     "localhost:80"},
    {"listen: [\"127.0.0.1:65536\"]\n", "settings-listen-malformed", ":1 /listen/0",
     "127.0.0.1:65536"},
    {"listen: [\"127.0.0.1:\"]\n", "settings-listen-malformed", ":1 /listen/0", "127.0.0.1:"},
    {"listen: [\"\"]\n", "settings-listen-malformed", ":1 /listen/0", ""},
    {"listen: [\"+8080\"]\n", "settings-listen-malformed", ":1 /listen/0", "+8080"},
    {"listen: [\"127.0.0.999:80\"]\n", "settings-listen-malformed", ":1 /listen/0",
     "127.0.0.999:80"},
    {"proxies: [10.0.0.0/33]\n", "settings-network-malformed", ":1 /proxies/0", "10.0.0.0/33"},
    {"proxies: [proxy]\n", "settings-network-malformed", ":1 /proxies/0", "proxy"},
    {"proxies: [10.0.0.0/]\n", "settings-network-malformed", ":1 /proxies/0", "10.0.0.0/"},
    {"proxies: [\"fd00::/129\"]\n", "settings-network-malformed", ":1 /proxies/0", "fd00::/129"},
    {"rate_limits:\n  offices: [192.0.2.0/24, office]\n", "settings-network-malformed",
     ":2 /rate_limits/offices/1", "office"},
    {"rate_limits: {public_per_minute: -1}\n", "schema-minimum",
     ":1 /rate_limits/public_per_minute", "0"},
    {"keys: {recheck_ms: 99}\n", "schema-minimum", ":1 /keys/recheck_ms", "100"},
    {"trusted_proxy: true\n", "settings-proxies-missing", ":1 /trusted_proxy", ""},
    {"threads: 1\nthread: 2\n", "schema-additional", ":2 /thread", "thread"},
    {"database:\n  dns: x\n", "schema-additional", ":2 /database/dns", "dns"},
    {"threads: 0\n", "schema-minimum", ":1 /threads", "1"},
    {"threads: many\n", "schema-type", ":1 /threads", "integer"},
    {"listen: []\n", "schema-min-items", ":1 /listen", "1"},
    {"listen: [8080]\n", "schema-type", ":1 /listen/0", "string"},
    {"limits: {body_bytes: 2000000}\n", "schema-maximum", ":1 /limits/body_bytes", "1048576"},
    {"trusted_proxy: yes\n", "schema-type", ":1 /trusted_proxy", "boolean"},
    {"public_url: https://example.org/\n", "schema-pattern", ":1 /public_url", NULL},
    {"security_contact: b@example.org\n", "schema-pattern", ":1 /security_contact", NULL},
    {"publisher: {website: example}\n", "schema-any-of", ":1 /publisher/website", NULL},
    {"- listen\n", "schema-type", ":1", "object"},
    {"", "yaml-empty", ":1", ""},
    {"listen: &a [\"8080\"]\n", "yaml-anchor", ":1", "a"},
};

START_TEST(test_settings_are_refused)
{
    struct error err = {0};
    ck_assert_msg(load_text(bad_cases[_i].text, &err) == NULL, "%s", bad_cases[_i].text);
    ck_assert_uint_eq(told_count, 1);
    ck_assert_uint_eq(err.problem_count, 1);
    ck_assert_str_eq(told[0].code, bad_cases[_i].code);
    ck_assert_str_eq(told[0].pointer + strlen(path), bad_cases[_i].place);
    ck_assert_str_eq(err.problems[0].pointer, told[0].pointer);
    if (bad_cases[_i].argument != NULL)
        ck_assert_str_eq(told[0].argument[0], bad_cases[_i].argument);
}
END_TEST

START_TEST(test_settings_tell_all_problems)
{
    struct error err = {0};
    ck_assert_ptr_null(load_text("ssl_certificate: x\nthreads: 0\nnew: 1\n", &err));
    ck_assert_uint_eq(told_count, 3);
    ck_assert_str_eq(told[0].code, "settings-tls");
    ck_assert_ptr_null(load_text("listen: [\"x\", \"80s\"]\nproxies: [y]\n", &err));
    ck_assert_uint_eq(told_count, 3);
}
END_TEST

START_TEST(test_settings_need_their_files)
{
    struct error err = {0};
    ck_assert_ptr_null(config_settings_load("/nonexistent", schema_path, NULL, &err));
    ck_assert_str_eq(err.problems[0].code, "config-file-missing");
    ck_assert_str_eq(err.problems[0].pointer, "/nonexistent");
    ck_assert_ptr_null(
        config_settings_load(source_path("config/settings.yaml"), "/nonexistent", NULL, &err));
    ck_assert_str_eq(err.problems[0].code, "json-file-missing");
    settings_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, test_settings_have_defaults);
    tcase_add_test(tcase, test_settings_of_the_repository_show_the_defaults);
    tcase_add_test(tcase, test_settings_take_values);
    tcase_add_loop_test(tcase, test_settings_are_refused, 0,
                        sizeof bad_cases / sizeof bad_cases[0]);
    tcase_add_test(tcase, test_settings_tell_all_problems);
    tcase_add_test(tcase, test_settings_need_their_files);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
