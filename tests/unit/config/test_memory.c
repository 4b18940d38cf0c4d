/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Each allocation of loading the configuration fails, the n-th alone or with all behind it: there
 * is a problem, or all the same the whole configuration, and nothing is leaked.
 */
#include <check.h>

#include "sociopoint/config/loader.h"
#include "sociopoint/config/settings.h"
#include "sociopoint/domain/knowledge.h"
#include "sociopoint/json/parse.h"
#include "support/failing_memory.h"
#include "support/run.h"
#include "unit/config/copy.h"

static void (*const arms[])(long n) = {failing_memory_arm, failing_memory_arm_for_good};

/* The first hundreds one by one, then in steps that grow by a thirty-second. */
static long next_of_many(long n)
{
    return n + 1 + (n < 400 ? 0 : n / 32);
}

static void add(uint64_t *sum, struct str text)
{
    for (size_t i = 0; i < text.length; i++)
        *sum = (*sum ^ (unsigned char)text.data[i]) * 1099511628211u;
    *sum = (*sum ^ 0x100) * 1099511628211u;
}

static void add_translated(uint64_t *sum, const struct translated *text)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        add(sum, text->in[i]);
}

/* A number that differs when a word of the knowledge is lost. */
static uint64_t sum_of(const struct knowledge *knowledge)
{
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < knowledge->situation_count; i++) {
        add(&sum, knowledge->situations[i].term.key);
        add_translated(&sum, &knowledge->situations[i].term.name);
        add_translated(&sum, &knowledge->situations[i].term.description);
    }
    for (size_t i = 0; i < knowledge->municipality_count; i++) {
        const struct municipality *municipality = &knowledge->municipalities[i];
        add(&sum, municipality->key);
        for (size_t k = 0; k < municipality->district_count; k++)
            add(&sum, municipality->districts[k].name);
        for (size_t k = 0; k < municipality->locality_count; k++)
            add(&sum, municipality->localities[k].name);
    }
    for (size_t i = 0; i < knowledge->texts.count; i++) {
        add(&sum, knowledge->texts.texts[i].code);
        add_translated(&sum, &knowledge->texts.texts[i].sentence);
        add_translated(&sum, &knowledge->texts.texts[i].escaped);
    }
    return sum;
}

START_TEST(test_memory_of_knowledge)
{
    struct error err = {0};
    const struct knowledge *right = config_knowledge_load(folder, tables, NULL, &err);
    ck_assert_ptr_nonnull(right);
    bool failed = true;
    for (long n = 1; failed; n = next_of_many(n)) {
        err = (struct error){0};
        long blocks = failing_memory_blocks();
        arms[_i](n);
        const struct knowledge *knowledge = config_knowledge_load(folder, tables, NULL, &err);
        failed = failing_memory_disarm();
        ck_assert_msg(knowledge != NULL || (failed && err.problem_count > 0), "allocation %ld", n);
        ck_assert_msg(knowledge == NULL || sum_of(knowledge) == sum_of(right),
                      "allocation %ld loses something", n);
        knowledge_release(knowledge);
        ck_assert_msg(failing_memory_blocks() == blocks, "allocation %ld leaks %ld blocks", n,
                      failing_memory_blocks() - blocks);
    }
    knowledge_release(right);
}
END_TEST

START_TEST(test_memory_of_settings)
{
    const char *file = source_path("config/settings.yaml");
    char schema[PATH_SIZE];
    bool failed = true;
    (void)snprintf(schema, sizeof schema, "%s/schema/settings.json", folder);
    for (long n = 1; failed; n = next_of_many(n)) {
        struct error err = {0};
        long blocks = failing_memory_blocks();
        arms[_i](n);
        struct settings *settings = config_settings_load(file, schema, NULL, &err);
        failed = failing_memory_disarm();
        ck_assert_msg(settings != NULL || (failed && err.problem_count > 0), "allocation %ld", n);
        ck_assert(settings == NULL || settings->listen_count > 0);
        settings_free(settings);
        ck_assert_msg(failing_memory_blocks() == blocks, "allocation %ld leaks", n);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("config/memory");
    TCase *tests = tcase_create("memory");
    json_start();
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, copy_fixture, remove_copy);
    if (FAILING_MEMORY) {
        tcase_add_loop_test(tests, test_memory_of_knowledge, 0, 2);
        tcase_add_loop_test(tests, test_memory_of_settings, 0, 2);
    }
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
