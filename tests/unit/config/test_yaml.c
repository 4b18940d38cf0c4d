/* SPDX-License-Identifier: EUPL-1.2 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sociopoint/base/builder.h"
#include "sociopoint/config/yaml.h"
#include "support/run.h"

/* --- What is understood, and as what --- */

static const struct {
    const char *yaml;
    const char *json;
} good_cases[] = {
    {"a: 1\nb: text\n", "{\"a\":1,\"b\":\"text\"}"},
    {"- 1\n- -7\n- 0\n", "[1,-7,0]"},
    {"[0.5, -0.25, 1e3, 2E-1]", "[0.5,-0.25,1000.0,0.2]"},
    {"[9223372036854775807, -9223372036854775808]", "[9223372036854775807,-9223372036854775808]"},
    {"[null, Null, NULL, ~]", "[null,null,null,null]"},
    {"a:\nb: 1", "{\"a\":null,\"b\":1}"},
    {"[true, True, TRUE, false, False, FALSE]", "[true,true,true,false,false,false]"},
    /* what YAML 1.1 took for something else */
    {"[no, yes, on, off, y, n, No]", "[\"no\",\"yes\",\"on\",\"off\",\"y\",\"n\",\"No\"]"},
    {"[12:30, 2024-09, 2024-09-17, 1_000]", "[\"12:30\",\"2024-09\",\"2024-09-17\",\"1_000\"]"},
    {"[tRUE, nULL, -, e3, 1e, 0b11, 116 006, 60a, 1.2.3, ., +, 0o9, 0xg, 0x]",
     "[\"tRUE\",\"nULL\",\"-\",\"e3\",\"1e\",\"0b11\",\"116 006\",\"60a\",\"1.2.3\",\".\",\"+\","
     "\"0o9\",\"0xg\",\"0x\"]"},
    /* quotes and blocks make text of anything */
    {"[\"012\", '+420', \"1\", 'true', \"\", '']", "[\"012\",\"+420\",\"1\",\"true\",\"\",\"\"]"},
    {"a: |\n  1\n  2\nb: >\n  x\n  y\n", "{\"a\":\"1\\n2\\n\",\"b\":\"x y\\n\"}"},
    {"\"1\": a\n'true': b\nno: c\n", "{\"1\":\"a\",\"true\":\"b\",\"no\":\"c\"}"},
    {"---\na: 1\n...\n", "{\"a\":1}"},
    {"# only this\ntext # and a comment", "\"text\""},
    {"\xEF\xBB\xBF"
     "a: 1",
     "{\"a\":1}"}, /* byte order mark */
    {"{}", "{}"},
    {"a: {b: [], c: {}}", "{\"a\":{\"b\":[],\"c\":{}}}"},
    {"p\xC5\x99: \"\\u0159\"", "{\"p\xC5\x99\":\"\xC5\x99\"}"},
    {"<<: {a: 1}", "{\"<<\":{\"a\":1}}"}, /* nothing is merged */
};

START_TEST(test_yaml_is_understood)
{
    struct error err = {0};
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        config_yaml_parse(str_from(good_cases[_i].yaml), "good.yaml", CONFIG_YAML_DEPTH, &err);
    ck_assert_msg(yaml != NULL, "%s: %s", good_cases[_i].yaml, err.problems[0].code);
    char *json = json_dumps(config_yaml_value(yaml),
                            JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    ck_assert_str_eq(json, good_cases[_i].json);
    free(json);
}
END_TEST

/* --- What is refused, where and why --- */

static const struct {
    struct str yaml;
    const char *code;
    const char *pointer;
    const char *argument;
} bad_cases[] = {
    {STR_CONSTANT("a: 1\nb: &x 2\n"), "yaml-anchor", "bad.yaml:2", "x"},
    {STR_CONSTANT("a: &x [1]\n"), "yaml-anchor", "bad.yaml:1", "x"},
    {STR_CONSTANT("\n&x a: 1\n"), "yaml-anchor", "bad.yaml:2", "x"},
    {STR_CONSTANT("a: &x {b: 1}\n"), "yaml-anchor", "bad.yaml:1", "x"},
    {STR_CONSTANT("a:\n  - b\n  - *x\n"), "yaml-alias", "bad.yaml:3", "x"},
    {STR_CONSTANT("*x : 1\n"), "yaml-alias", "bad.yaml:1", "x"},
    {STR_CONSTANT("a: !!str 1\n"), "yaml-tag", "bad.yaml:1", "tag:yaml.org,2002:str"},
    {STR_CONSTANT("a: ! 1\n"), "yaml-tag", "bad.yaml:1", "!"},
    {STR_CONSTANT("a: !x {}\n"), "yaml-tag", "bad.yaml:1", "!x"},
    {STR_CONSTANT("- !x []\n"), "yaml-tag", "bad.yaml:1", "!x"},
    {STR_CONSTANT("a: 1\nb: 2\na: 3\n"), "yaml-key-duplicate", "bad.yaml:3", "a"},
    {STR_CONSTANT("a: 1\n\"a\": 3\n"), "yaml-key-duplicate", "bad.yaml:2", "a"},
    {STR_CONSTANT("{a: 1, a: 1}"), "yaml-key-duplicate", "bad.yaml:1", "a"},
    {STR_CONSTANT("112: x\n"), "yaml-key-not-text", "bad.yaml:1", "112"},
    {STR_CONSTANT("a: 1\ntrue: x\n"), "yaml-key-not-text", "bad.yaml:2", "true"},
    {STR_CONSTANT("?\n: x\n"), "yaml-key-not-text", "bad.yaml:1", ""},
    {STR_CONSTANT("[a]: x\n"), "yaml-key-not-text", "bad.yaml:1", ""},
    {STR_CONSTANT("? {a: b}\n: x\n"), "yaml-key-not-text", "bad.yaml:1", ""},
    {STR_CONSTANT("a: 012\n"), "yaml-number-ambiguous", "bad.yaml:1", "012"},
    {STR_CONSTANT("a: 800\nb: +420\n"), "yaml-number-ambiguous", "bad.yaml:2", "+420"},
    {STR_CONSTANT("- -01.5\n"), "yaml-number-ambiguous", "bad.yaml:1", "-01.5"},
    {STR_CONSTANT("- 0x1F\n"), "yaml-number-ambiguous", "bad.yaml:1", "0x1F"},
    {STR_CONSTANT("- 0o17\n"), "yaml-number-ambiguous", "bad.yaml:1", "0o17"},
    {STR_CONSTANT("- .5\n"), "yaml-number-ambiguous", "bad.yaml:1", ".5"},
    {STR_CONSTANT("- 5.\n"), "yaml-number-ambiguous", "bad.yaml:1", "5."},
    {STR_CONSTANT("- 1.e3\n"), "yaml-number-ambiguous", "bad.yaml:1", "1.e3"},
    {STR_CONSTANT("- .inf\n"), "yaml-number-ambiguous", "bad.yaml:1", ".inf"},
    {STR_CONSTANT("- -.INF\n"), "yaml-number-ambiguous", "bad.yaml:1", "-.INF"},
    {STR_CONSTANT("- .NaN\n"), "yaml-number-ambiguous", "bad.yaml:1", ".NaN"},
    {STR_CONSTANT("- 9223372036854775808\n"), "yaml-number-range", "bad.yaml:1",
     "9223372036854775808"},
    {STR_CONSTANT("- 1e400\n"), "yaml-number-range", "bad.yaml:1", "1e400"},
    {STR_CONSTANT("a: 1\n---\nb: 2\n"), "yaml-several-documents", "bad.yaml:2", ""},
    {STR_CONSTANT("%YAML 1.1\n---\na: 1\n"), "yaml-directive", "bad.yaml:1", ""},
    {STR_CONSTANT("%TAG ! tag:x,2000:\n---\na: 1\n"), "yaml-directive", "bad.yaml:1", ""},
    {STR_CONSTANT(""), "yaml-empty", "bad.yaml:1", ""},
    {STR_CONSTANT("# nothing\n"), "yaml-empty", "bad.yaml:1", ""},
    {STR_CONSTANT("a: 1\nb: \"x\\0y\"\n"), "yaml-nul", "bad.yaml:2", ""},
    {STR_CONSTANT("a: 1\n\"x\\0y\": 1\n"), "yaml-nul", "bad.yaml:2", ""},
    {STR_CONSTANT("a: 1\nb: x\0y\n"), "yaml-nul", "bad.yaml:2", ""},
    {STR_CONSTANT("a: 1\n\nb: \xC3\x28\n"), "yaml-encoding", "bad.yaml:3", ""},
    {STR_CONSTANT("\xFF\xFE"
                  "a\0"),
     "yaml-nul", "bad.yaml:1", ""}, /* UTF-16 */
    {STR_CONSTANT("a: 1\nb: x\x01y\n"), "yaml-syntax", "bad.yaml:2",
     "control characters are not allowed"},
    {STR_CONSTANT("a:\n\tb: 1\n"), "yaml-syntax", "bad.yaml:2",
     "found character that cannot start any token"},
    {STR_CONSTANT("a: [1, 2\n"), "yaml-syntax", "bad.yaml:2", "did not find expected ',' or ']'"},
    {STR_CONSTANT("a: 1\n b: 2\n"), "yaml-syntax", "bad.yaml:2",
     "mapping values are not allowed in this context"},
    {STR_CONSTANT("a: \"x\n"), "yaml-syntax", "bad.yaml:2", "found unexpected end of stream"},
};

START_TEST(test_yaml_is_refused)
{
    struct error err = {0};
    struct config_yaml *yaml =
        config_yaml_parse(bad_cases[_i].yaml, "bad.yaml", CONFIG_YAML_DEPTH, &err);
    ck_assert_msg(yaml == NULL, "%s", bad_cases[_i].yaml.data);
    ck_assert_uint_eq(err.problem_count, 1);
    ck_assert_str_eq(err.problems[0].code, bad_cases[_i].code);
    ck_assert_str_eq(err.problems[0].pointer, bad_cases[_i].pointer);
    ck_assert_str_eq(err.problems[0].argument[0], bad_cases[_i].argument);
}
END_TEST

/* --- Limits --- */

static struct config_yaml *parse_nested(const char *piece, int count, int depth, struct error *err)
{
    struct builder text;
    builder_init(&text, NULL, 4 * CONFIG_YAML_BYTES_MAXIMUM);
    for (int i = 0; i < count; i++)
        builder_append_z(&text, piece);
    struct config_yaml *yaml = config_yaml_parse(builder_view(&text), "deep.yaml", depth, err);
    builder_done(&text);
    return yaml;
}

START_TEST(test_yaml_depth_is_limited)
{
    struct error err = {0};
    ck_assert_ptr_null(parse_nested("- ", 17, CONFIG_YAML_DEPTH, &err));
    ck_assert_str_eq(err.problems[0].code, "yaml-too-deep");
    ck_assert_str_eq(err.problems[0].argument[0], "16");
    ck_assert_str_eq(err.problems[0].pointer, "deep.yaml:1");
    struct config_yaml *yaml = parse_nested("- ", 16, CONFIG_YAML_DEPTH, &err);
    ck_assert_ptr_nonnull(yaml);
    config_yaml_free(yaml);
    yaml = parse_nested("- ", 64, CONFIG_YAML_DEPTH_MAXIMUM, &err);
    ck_assert_ptr_nonnull(yaml);
    config_yaml_free(yaml);
    ck_assert_ptr_null(parse_nested("- ", 65, CONFIG_YAML_DEPTH_MAXIMUM, &err));
}
END_TEST

/* 62 500 of them took libyaml 12 s; the limit ends it at the first few. */
START_TEST(test_yaml_flow_bomb_ends_at_once)
{
    struct error err = {0};
    ck_assert_ptr_null(parse_nested("[", 500000, CONFIG_YAML_DEPTH_MAXIMUM, &err));
    ck_assert_str_eq(err.problems[0].code, "yaml-too-deep");
    ck_assert_ptr_null(parse_nested("{a: ", 200000, CONFIG_YAML_DEPTH_MAXIMUM, &err));
    ck_assert_str_eq(err.problems[0].code, "yaml-too-deep");
}
END_TEST

START_TEST(test_yaml_size_is_limited)
{
    struct error err = {0};
    ck_assert_ptr_null(parse_nested("#", CONFIG_YAML_BYTES_MAXIMUM + 1, CONFIG_YAML_DEPTH, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.problems[0].code, "config-file-too-large");
    ck_assert_str_eq(err.problems[0].argument[0], "1048576");
    ck_assert_str_eq(err.problems[0].pointer, "deep.yaml");
    ck_assert_ptr_null(parse_nested("#", CONFIG_YAML_BYTES_MAXIMUM, CONFIG_YAML_DEPTH, &err));
    ck_assert_str_eq(err.problems[0].code, "yaml-empty");
}
END_TEST

START_TEST(test_yaml_key_length_is_limited)
{
    char text[CONFIG_YAML_KEY_MAXIMUM + 8];
    struct error err = {0};
    memset(text, 'k', sizeof text);
    memcpy(text + CONFIG_YAML_KEY_MAXIMUM, ": 1", 4);
    struct config_yaml *yaml = config_yaml_parse(str_from(text), "key.yaml", 2, &err);
    ck_assert_ptr_nonnull(yaml);
    config_yaml_free(yaml);
    memcpy(text + CONFIG_YAML_KEY_MAXIMUM, "k: 1", 5);
    ck_assert_ptr_null(config_yaml_parse(str_from(text), "key.yaml", 2, &err));
    ck_assert_str_eq(err.problems[0].code, "yaml-key-too-long");
}
END_TEST

/* --- Places --- */

static const char placed[] = "first: 1\n"
                             "second:\n"
                             "  - a\n"
                             "  - b: 1\n"
                             "    c/~d:\n"
                             "      deep: x\n"
                             "third: [1, {e: 2}]\n";

static const struct {
    const char *pointer;
    int line;
    int column;
} place_cases[] = {
    {"", 1, 1},
    {"/first", 1, 1},
    {"/second", 2, 1},
    {"/second/0", 3, 5},
    {"/second/1", 4, 5},
    {"/second/1/b", 4, 5},
    {"/second/1/c~1~0d", 5, 5},
    {"/second/1/c~1~0d/deep", 6, 7},
    {"/third/1", 7, 12},
    {"/third/1/e", 7, 13},
    {"/second/1/missing", 4, 5},
    {"/second/9/x", 2, 1},
    {"/nowhere/at/all", 1, 1},
    {"no pointer", 1, 1},
};

START_TEST(test_yaml_knows_places)
{
    struct error err = {0};
    int line = 0;
    int column = 0;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        config_yaml_parse(str_from(placed), "placed.yaml", CONFIG_YAML_DEPTH, &err);
    ck_assert_ptr_nonnull(yaml);
    config_yaml_position(yaml, place_cases[_i].pointer, &line, &column);
    ck_assert_int_eq(line, place_cases[_i].line);
    ck_assert_int_eq(column, place_cases[_i].column);
    ck_assert_str_eq(config_yaml_name(yaml), "placed.yaml");
}
END_TEST

/* --- Files --- */

START_TEST(test_yaml_file_is_read)
{
    char path[] = "/tmp/sociopoint-yaml-XXXXXX";
    struct error err = {0};
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(write(descriptor, "a: 1\n", 5), 5);
    (void)close(descriptor);
    struct config_yaml *yaml = config_yaml_read(path, "name.yaml", CONFIG_YAML_DEPTH, &err);
    struct config_yaml *same = config_yaml_parse(STR("a: 1\n"), "x", CONFIG_YAML_DEPTH, &err);
    struct config_yaml *other = config_yaml_parse(STR("a: 2\n"), "x", CONFIG_YAML_DEPTH, &err);
    (void)unlink(path);
    ck_assert_ptr_nonnull(yaml);
    ck_assert_str_eq(config_yaml_name(yaml), "name.yaml");
    ck_assert_uint_eq(config_yaml_hash(yaml), config_yaml_hash(same));
    ck_assert_uint_ne(config_yaml_hash(yaml), config_yaml_hash(other));
    config_yaml_free(yaml);
    config_yaml_free(same);
    config_yaml_free(other);
    config_yaml_free(NULL);
}
END_TEST

START_TEST(test_yaml_file_that_cannot_be_read)
{
    struct error err = {0};
    ck_assert_ptr_null(config_yaml_read("/nonexistent.yaml", "n.yaml", CONFIG_YAML_DEPTH, &err));
    ck_assert_str_eq(err.problems[0].code, "config-file-missing");
    ck_assert_str_eq(err.problems[0].pointer, "n.yaml");
    ck_assert_ptr_null(config_yaml_read("/tmp", "folder.yaml", CONFIG_YAML_DEPTH, &err));
    ck_assert_str_eq(err.problems[0].code, "config-file-unreadable");
    ck_assert_ptr_null(config_yaml_read("/dev/zero", "z.yaml", CONFIG_YAML_DEPTH, &err));
    ck_assert_str_eq(err.problems[0].code, "config-file-too-large");
}
END_TEST

/* --- Memory --- */

static int allocations_left;

static void *failing_malloc(size_t size)
{
    return allocations_left-- > 0 ? malloc(size) : NULL;
}

/* Each allocation of a value fails once: an error, or (jansson could do without) the same value. */
START_TEST(test_yaml_survives_want_of_memory)
{
    struct error err = {0};
    struct config_yaml *yaml = NULL;
    int failures = 0;
    json_set_alloc_funcs(failing_malloc, free);
    for (int allowed = 0; yaml == NULL && allowed < 1000; allowed++) {
        allocations_left = allowed;
        yaml = config_yaml_parse(str_from(placed), "placed.yaml", CONFIG_YAML_DEPTH, &err);
        if (yaml != NULL)
            break;
        failures++;
        ck_assert_int_eq(err.code, ERROR_MEMORY);
        ck_assert_str_eq(err.problems[0].code, "config-memory");
    }
    ck_assert_int_gt(failures, 30);
    ck_assert_ptr_nonnull(yaml);
    config_yaml_free(yaml);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("yaml");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, test_yaml_is_understood, 0,
                        sizeof good_cases / sizeof good_cases[0]);
    tcase_add_loop_test(tcase, test_yaml_is_refused, 0, sizeof bad_cases / sizeof bad_cases[0]);
    tcase_add_loop_test(tcase, test_yaml_knows_places, 0,
                        sizeof place_cases / sizeof place_cases[0]);
    tcase_add_test(tcase, test_yaml_depth_is_limited);
    tcase_add_test(tcase, test_yaml_flow_bomb_ends_at_once);
    tcase_add_test(tcase, test_yaml_size_is_limited);
    tcase_add_test(tcase, test_yaml_key_length_is_limited);
    tcase_add_test(tcase, test_yaml_file_is_read);
    tcase_add_test(tcase, test_yaml_file_that_cannot_be_read);
    tcase_add_test(tcase, test_yaml_survives_want_of_memory);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
