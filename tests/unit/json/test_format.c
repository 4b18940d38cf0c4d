/* SPDX-License-Identifier: EUPL-1.2 */
#include "json_case.h"
#include "sociopoint/json/schema.h"

static const struct {
    const char *format;
    const char *text;
    bool valid;
} cases[] = {
    {"date", "2026-11-23", true},
    {"date", "2024-02-29", true},
    {"date", "2000-02-29", true},
    {"date", "1900-02-29", false},
    {"date", "2026-04-31", false},
    {"date", "2026-13-01", false},
    {"date", "2026-00-01", false},
    {"date", "2026-01-00", false},
    {"date", "2026-1-1", false},
    {"date", "2026-11-23 ", false},
    {"date", "", false},
    {"time", "08:30:00Z", true},
    {"time", "08:30:00.25+02:00", true},
    {"time", "23:59:60Z", true},
    {"time", "00:59:60+01:00", true},
    {"time", "15:59:60-08:00", true},
    {"time", "22:59:60Z", false},
    {"time", "24:00:00Z", false},
    {"time", "08:60:00Z", false},
    {"time", "08:30:61Z", false},
    {"time", "08:30:00", false},
    {"time", "08:30Z", false},
    {"time", "08:30:00.Z", false},
    {"time", "08:30:00+24:00", false},
    {"time", "08:30:00+01:60", false},
    {"time", "08:30:00+0100", false},
    {"date-time", "2026-11-23T22:53:16Z", true},
    {"date-time", "2026-11-23t22:53:16.123456z", true},
    {"date-time", "2026-11-23 22:53:16Z", false},
    {"date-time", "2026-11-23", false},
    {"date-time", "2026-02-30T22:53:16Z", false},
    {"uuid", "5c1f0f8e-2d0a-4c6b-9b57-36d14e7a9021", true},
    {"uuid", "5C1F0F8E-2D0A-4C6B-9B57-36D14E7A9021", true},
    {"uuid", "00000000-0000-0000-0000-000000000000", true},
    {"uuid", "5c1f0f8e2d0a4c6b9b5736d14e7a9021", false},
    {"uuid", "5c1f0f8e-2d0a-4c6b-9b57-36d14e7a902", false},
    {"uuid", "5c1f0f8e-2d0a-4c6b-9b57-36d14e7a902g", false},
    {"email", "poradna@centrom.cz", true},
    {"email", "a.b+c@x-y.example", true},
    {"email", "\"a b\"@example.org", true},
    {"email", "\"a\\\"b\"@example.org", true},
    {"email", "a@[127.0.0.1]", true},
    {"email", "a@[IPv6:::1]", true},
    {"email", "a@[IPv6:zz]", false},
    {"email", "a@[300.0.0.1]", false},
    {"email", "a@[", false},
    {"email", "a@localhost", true},
    {"email", "a@", false},
    {"email", "@example.org", false},
    {"email", "example.org", false},
    {"email", ".a@example.org", false},
    {"email", "a..b@example.org", false},
    {"email", "a.@example.org", false},
    {"email", "a b@example.org", false},
    {"email", "\"a\"b\"@example.org", false},
    {"email", "\"a\\\"@example.org", false},
    {"email", "a@-example.org", false},
    {"email", "a@example..org", false},
    {"email", "a@exam ple.org", false},
    {"email", "a@example.org\n", false},
    {"email", "žluťoučký@example.org", false},
    {"email", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org",
     false},
    {"uri", "https://www.ostrava.cz/cs/socialni?a=1&b=%20#c", true},
    {"uri", "http://user:pw@[::1]:8080/a", true},
    {"uri", "http://[v1.a:b]/", true},
    {"uri", "mailto:a@example.org", true},
    {"uri", "tel:+420-800-700-650", true},
    {"uri", "urn:uuid:5c1f0f8e-2d0a-4c6b-9b57-36d14e7a9021", true},
    {"uri", "https://example.org:/", true},
    {"uri", "/relative", false},
    {"uri", "www.ostrava.cz", false},
    {"uri", "1http://a", false},
    {"uri", "ht_tp://a", false},
    {"uri", ":a", false},
    {"uri", "https://example.org/a b", false},
    {"uri", "https://example.org/%2", false},
    {"uri", "https://example.org/%zz", false},
    {"uri", "https://example.org/<a>", false},
    {"uri", "https://example.org/ž", false},
    {"uri", "https://example.org:80a/", false},
    {"uri", "https://[::1/", false},
    {"uri", "https://[::1]a/", false},
    {"uri", "https://[12345::1]/", false},
    {"uri", "https://[v.a]/", false},
    {"uri", "https://example.org/#a#b", false},
    {"uri", "https://a@b@c/", false},
};

START_TEST(test_format_is_asserted)
{
    json_t *document = json_pack("{s:s}", "format", cases[_i].format);
    json_t *value = json_string(cases[_i].text);
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);

    ck_assert_ptr_nonnull(schema);
    ck_assert_msg(json_schema_validate(schema, value, "", &err) == cases[_i].valid, "%s: %s",
                  cases[_i].format, cases[_i].text);
    json_schema_free(schema);
    json_decref(document);
    json_decref(value);
}
END_TEST

/* A NUL cannot be smuggled past a check that looks at C strings. */
START_TEST(test_format_sees_what_is_behind_a_nul)
{
    static const char *const formats[] = {"date", "time", "date-time", "uuid", "email", "uri"};
    static const char *const texts[] = {
        "2026-11-23",           "08:30:00Z",
        "2026-11-23T22:53:16Z", "5c1f0f8e-2d0a-4c6b-9b57-36d14e7a9021",
        "a@[127.0.0.1",         "https://[::1"};
    static const char *const ends[] = {"", "", "", "", "]", "]/"};
    json_t *document = json_pack("{s:s}", "format", formats[_i]);
    char text[100];
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);

    int length = snprintf(text, sizeof text, "%s%c%s", texts[_i], 0, ends[_i]);
    json_t *value = json_stringn(text, (size_t)length);
    ck_assert_ptr_nonnull(schema);
    ck_assert_ptr_nonnull(value);
    ck_assert(!json_schema_validate(schema, value, "", &err));
    json_schema_free(schema);
    json_decref(document);
    json_decref(value);
}
END_TEST

START_TEST(test_format_is_about_strings)
{
    json_t *document = json_case("{'format': 'date'}");
    struct error err = {.code = ERROR_NONE};
    struct json_schema *schema = json_schema_compile(document, "", NULL, &err);

    ck_assert_ptr_nonnull(schema);
    ck_assert(json_schema_validate(schema, document, "", &err));
    json_schema_free(schema);
    json_decref(document);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("format");
    tcase_add_loop_test(tests, test_format_is_asserted, 0, sizeof cases / sizeof cases[0]);
    tcase_add_loop_test(tests, test_format_sees_what_is_behind_a_nul, 0, 6);
    tcase_add_test(tests, test_format_is_about_strings);
    return run_suite_of("json/format", tests);
}
