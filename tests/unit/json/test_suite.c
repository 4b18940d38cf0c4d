/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The official JSON Schema test suites against our engine, as far as they are on this machine:
 * draft 2020-12 beside the repository, and Debian's package json-schema-test-suite (draft 7) for
 * what means the same in both.
 *
 * left_out.tsv lists every case that is left out, and why: suite, file, group, test, reason ("*":
 * all). A row for a file or group is right only if our compiler refuses every schema in it, a row
 * for a test only if the engine answers otherwise than the suite; a row that is not right, or
 * matches nothing, fails the test.
 */
#include <check.h>
#include <dirent.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sociopoint/json/schema.h"
#include "support/run.h"
#include "support/source.h"

enum { ROWS_MAXIMUM = 1000, ROW_FIELDS = 5, PATH_SIZE = 1024 };

struct row {
    char *field[ROW_FIELDS]; /* suite, file, group, test, reason */
    bool used;
};

struct table {
    char *text;
    struct row rows[ROWS_MAXIMUM];
    size_t count;
};

struct tally {
    const char *suite;
    size_t passed;
    size_t left_out;
    size_t failed;
};

/* One group of a file. */
struct group {
    const char *file;
    const char *name;
    const json_t *schema;
    const json_t *tests;
};

static struct table table;

static char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s cannot be read", path);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = calloc(1, size + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(fread(text, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
    return text;
}

static void read_row(char *line)
{
    struct row *row = &table.rows[table.count++];

    ck_assert_uint_lt(table.count, ROWS_MAXIMUM);
    for (size_t i = 0; i < ROW_FIELDS; i++) {
        row->field[i] = line;
        char *end = strchr(line, '\t');
        ck_assert_msg((end == NULL) == (i == ROW_FIELDS - 1), "left_out.tsv: not five fields: %s",
                      row->field[0]);
        if (end != NULL) {
            *end = '\0';
            line = end + 1;
        }
    }
}

static void read_table(void)
{
    char path[PATH_SIZE];

    (void)snprintf(path, sizeof path, "%s/tests/unit/json/left_out.tsv", source_path("."));
    table.text = read_text(path);
    table.count = 0;
    char *line = table.text;
    for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (line[0] != '#')
            read_row(line);
    }
}

/* Whether the table leaves it out; `group` and `test` are "*" when all of them are meant. */
static bool left_out(const char *suite, const char *file, const char *group, const char *test)
{
    const char *const wanted[] = {suite, file, group, test};

    for (size_t i = 0; i < table.count; i++) {
        struct row *row = &table.rows[i];
        size_t same = 0;
        while (same < 4 && strcmp(row->field[same], wanted[same]) == 0)
            same++;
        if (same == 4) {
            row->used = true;
            return true;
        }
    }
    return false;
}

static void complain(struct tally *tally, const char *file, const char *group, const char *test,
                     const char *what)
{
    tally->failed++;
    printf("%s\t%s\t%s\t%s\t%s\n", tally->suite, file, group, test, what);
}

static void run_test(struct tally *tally, const struct group *group, const json_t *test,
                     const struct json_schema *schema)
{
    const char *name = json_string_value(json_object_get(test, "description"));
    bool expected = json_is_true(json_object_get(test, "valid"));
    struct error err = {.code = ERROR_NONE};
    bool right = json_schema_validate(schema, json_object_get(test, "data"), "", &err) == expected;
    bool out = left_out(tally->suite, group->file, group->name, name);

    if (out && right)
        complain(tally, group->file, group->name, name, "left out, but it passes");
    else if (!out && !right)
        complain(tally, group->file, group->name, name, expected ? "is valid" : "is not valid");
    tally->passed += right;
    tally->left_out += out;
}

static void run_group(struct tally *tally, const struct group *group, bool file_is_out)
{
    struct json_schema_options options = {.formats = JSON_SCHEMA_FORMATS_IGNORED};
    struct error err = {.code = ERROR_NONE};
    bool out = left_out(tally->suite, group->file, group->name, "*") || file_is_out;
    size_t index;
    json_t *test;

    if (strncmp(group->file, "optional/format/", strlen("optional/format/")) == 0)
        options.formats = JSON_SCHEMA_FORMATS_ASSERTED;
    struct json_schema *schema = json_schema_compile(group->schema, "", &options, &err);
    if (schema == NULL && out)
        tally->left_out += json_array_size(group->tests);
    else if (schema == NULL)
        complain(tally, group->file, group->name, "*", err.problems[0].code);
    else if (out)
        complain(tally, group->file, group->name, "*", "left out, but it compiles");
    if (schema == NULL)
        return;
    json_array_foreach(group->tests, index, test)
    {
        run_test(tally, group, test, schema);
    }
    json_schema_free(schema);
}

static void run_file(struct tally *tally, const char *folder, const char *file)
{
    char path[PATH_SIZE];
    json_error_t cause;
    bool out = left_out(tally->suite, file, "*", "*");
    size_t index;
    json_t *each;

    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    json_t *groups = json_load_file(path, JSON_ALLOW_NUL, &cause);
    if (groups == NULL && !out)
        complain(tally, file, "*", "*", cause.text);
    json_array_foreach(groups, index, each)
    {
        struct group group = {file, json_string_value(json_object_get(each, "description")),
                              json_object_get(each, "schema"), json_object_get(each, "tests")};
        run_group(tally, &group, out);
    }
    json_decref(groups);
}

static int is_json(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".json") == 0;
}

static void run_folder(struct tally *tally, const char *folder, const char *below)
{
    char path[PATH_SIZE];
    struct dirent **entries = NULL;

    (void)snprintf(path, sizeof path, "%s/%s", folder, below);
    int count = scandir(path, &entries, is_json, alphasort);
    ck_assert_int_gt(count, 0);
    for (int i = 0; i < count; i++) {
        (void)snprintf(path, sizeof path, "%s%s", below, entries[i]->d_name);
        run_file(tally, folder, path);
        free(entries[i]);
    }
    free(entries);
}

static size_t complain_of_unused_rows(const char *suite)
{
    size_t unused = 0;

    for (size_t i = 0; i < table.count; i++) {
        struct row *row = &table.rows[i];
        if (row->used || strcmp(row->field[0], suite) != 0)
            continue;
        unused++;
        printf("left_out.tsv matches no case: %s %s %s %s\n", row->field[0], row->field[1],
               row->field[2], row->field[3]);
    }
    return unused;
}

static void run_official(const char *name, const char *folder)
{
    struct tally tally = {.suite = name};
    struct stat facts;

    if (stat(folder, &facts) != 0) {
        printf("skipped: JSON Schema test suite %s: %s is not there\n", name, folder);
        return;
    }
    read_table();
    run_folder(&tally, folder, "");
    run_folder(&tally, folder, "optional/");
    run_folder(&tally, folder, "optional/format/");
    size_t unused = complain_of_unused_rows(name);
    printf("JSON Schema test suite %s: %zu passed, %zu left out with a reason, %zu wrong\n", name,
           tally.passed, tally.left_out, tally.failed);
    free(table.text);
    ck_assert_uint_gt(tally.passed, 0);
    ck_assert_uint_eq(tally.failed, 0);
    ck_assert_uint_eq(unused, 0);
}

START_TEST(test_suite_draft_2020_12)
{
    char folder[PATH_SIZE];

    (void)snprintf(folder, sizeof folder, "%s/../shared/json-schema-test-suite/draft2020-12",
                   source_path("."));
    run_official("2020-12", folder);
}
END_TEST

START_TEST(test_suite_draft_7)
{
    run_official("draft7", "/usr/share/json-schema-test-suite/tests/draft7");
}
END_TEST

int main(void)
{
    (void)setvbuf(stdout, NULL, _IOLBF, 0); /* a failing test takes its buffer with it */
    Suite *suite = suite_create("json/suite");
    TCase *tests = tcase_create("official suites");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_suite_draft_2020_12);
    tcase_add_test(tests, test_suite_draft_7);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
