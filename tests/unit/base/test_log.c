/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/log.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

#include "support/run.h"

enum { LINES_SIZE = 4096 };

/* What standard error is given between the two. */
static int pipe_ends[2];
static int kept;

static void begin(void)
{
    ck_assert_int_eq(pipe(pipe_ends), 0);
    kept = dup(STDERR_FILENO);
    ck_assert_int_ge(kept, 0);
    ck_assert_int_eq(dup2(pipe_ends[1], STDERR_FILENO), STDERR_FILENO);
}

static const char *end(char lines[LINES_SIZE])
{
    ck_assert_int_eq(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    ck_assert_int_eq(close(pipe_ends[1]), 0);
    ssize_t length = read(pipe_ends[0], lines, LINES_SIZE - 1);
    ck_assert_int_ge(length, 0);
    lines[length] = '\0';
    ck_assert_int_eq(close(pipe_ends[0]), 0);
    ck_assert_int_eq(close(kept), 0);
    return lines;
}

/* What follows the time, which the clock says. */
static const char *behind_time(const char *line)
{
    ck_assert_int_eq(strncmp(line, "time=20", 7), 0);
    const char *space = strchr(line, ' ');
    ck_assert_ptr_nonnull(space);
    ck_assert_int_eq(space[-1], 'Z');
    return space + 1;
}

START_TEST(test_log_says_the_same_either_way)
{
    char lines[LINES_SIZE];
    begin();
    log_event(LOG_WARNING, "word", "a=%d b=%s", 7, "x");
    ck_assert_str_eq(behind_time(end(lines)), "level=warning event=word a=7 b=x\n");
    begin();
    log_pairs(LOG_WARNING, "word", STR("a=7 b=x"));
    ck_assert_str_eq(behind_time(end(lines)), "level=warning event=word a=7 b=x\n");
}
END_TEST

START_TEST(test_log_keeps_a_line_one_line)
{
    char lines[LINES_SIZE];
    begin();
    log_pairs(LOG_INFO, "word", STR("a=\n\x7f\x01x"));
    ck_assert_str_eq(behind_time(end(lines)), "level=info event=word a=???x\n");
}
END_TEST

START_TEST(test_log_cuts_what_is_too_long)
{
    char lines[LINES_SIZE];
    char pairs[2 * LOG_PAIRS_SIZE];
    memset(pairs, 'p', sizeof pairs);
    begin();
    log_pairs(LOG_ERROR, "word", (struct str){pairs, sizeof pairs});
    const char *line = behind_time(end(lines));
    ck_assert_uint_eq(strlen(line), strlen("level=error event=word ") + LOG_PAIRS_SIZE + 1);
    ck_assert_int_eq(line[strlen(line) - 1], '\n');
}
END_TEST

START_TEST(test_log_leaves_out_what_is_below_its_level)
{
    char lines[LINES_SIZE];
    begin();
    log_pairs(LOG_DEBUG, "word", STR("a=1"));
    log_event(LOG_DEBUG, "word", "a=%d", 1);
    ck_assert_str_eq(end(lines), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("log");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, test_log_says_the_same_either_way);
    tcase_add_test(tcase, test_log_keeps_a_line_one_line);
    tcase_add_test(tcase, test_log_cuts_what_is_too_long);
    tcase_add_test(tcase, test_log_leaves_out_what_is_below_its_level);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
