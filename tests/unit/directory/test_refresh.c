/* SPDX-License-Identifier: EUPL-1.2 */
/* The start of the refresher while the configuration is still being read. The database is away. */
#include "sociopoint/directory/refresh.h"

#include <stdio.h>
#include <unistd.h>

#include "sociopoint/catalogue/holder.h"
#include "sociopoint/catalogue/state_file.h"
#include "sociopoint/store/store.h"
#include "support/catalogue_rows.h"
#include "support/run.h"

enum { NOT_YET_MS = 50, PATIENCE_MS = 30000 };

static const struct store_settings nowhere = {.dsn = "host=/nowhere dbname=x",
                                              .role = STORE_ROLE_READ,
                                              .connect_timeout_ms = 200,
                                              .statement_timeout_ms = 200};
static char path[64];
static struct generation_holder *holder;
static struct refresher *refresher;
static const struct knowledge *knowledge;

/* A state file with one service. */
static void save_state(void)
{
    struct error err = {0};
    struct catalogue *catalogue = catalogue_new();
    rows_put(catalogue, 7, DOCUMENT_SERVICE, "a", "{\"name\":\"a\"}");
    struct generation *generation = rows_build(catalogue);
    ck_assert(state_file_save(generation, path, 1000, &err));
    generation_free(generation);
    catalogue_free(catalogue);
}

static void start(void)
{
    struct error err = {0};
    (void)snprintf(path, sizeof path, "/tmp/sociopoint-refresh-%ld", (long)getpid());
    save_state();
    knowledge = rows_knowledge();
    holder = generation_holder_new();
    const struct refresh_options options = {.read = &nowhere, .state_path = path, .holder = holder};
    refresher = refresh_start(&options, NULL, &err);
    ck_assert_ptr_nonnull(refresher);
}

static void stop(void)
{
    refresh_stop(refresher);
    generation_holder_free(holder);
    ck_assert_int_eq(knowledge->references, 1);
    knowledge_release(knowledge);
    (void)remove(path);
}

START_TEST(test_refresh_waits_for_knowledge)
{
    ck_assert(!refresh_wait_first(refresher, NOT_YET_MS));
    ck_assert_ptr_null(generation_acquire(holder));
    refresh_set_knowledge(refresher, knowledge);
    ck_assert(refresh_wait_first(refresher, PATIENCE_MS));
    const struct generation *generation = generation_acquire(holder);
    ck_assert_int_eq(generation_seq(generation), 7);
    ck_assert_ptr_eq(generation_knowledge(generation), knowledge);
    generation_release(holder, generation);
}
END_TEST

/* A wrong configuration ends a start that has begun to read. */
START_TEST(test_refresh_ends_without_knowledge)
{
    ck_assert(!refresh_wait_first(refresher, NOT_YET_MS));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("refresh");
    TCase *tests = tcase_create("refresh");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, test_refresh_waits_for_knowledge);
    tcase_add_test(tests, test_refresh_ends_without_knowledge);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
