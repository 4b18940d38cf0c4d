/* SPDX-License-Identifier: EUPL-1.2 */
/* The state file: what is saved comes back, what is damaged is refused, what was good stays. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "sociopoint/catalogue/state_file.h"
#include "support/catalogue_rows.h"
#include "support/run.h"

enum { HEADER_BYTES = 120 };

static char directory[] = "/tmp/sociopoint-state-XXXXXX";
static char path[64];
static struct catalogue *catalogue;
static struct generation *generation;
static struct catalogue *loaded;

static void fill(struct catalogue *into)
{
    struct error err = {0};
    struct document_row row = rows_document(3, DOCUMENT_SERVICE, "a", "{\"name\":\"Šťáva\"}");
    row.municipality = STR("ostrava");
    row.body = STR("{\"body\":1}");
    row.short_form = STR("");
    rows_apply(into, &row);
    rows_put(into, 5, DOCUMENT_ORGANIZATION, "b", "{\"name\":\"Org\"}");
    rows_put(into, 6, DOCUMENT_TAXONOMY, "c", "{\"key\":\"situations\"}");
    rows_remove(into, 7, DOCUMENT_SERVICE, "d");
    ck_assert(catalogue_set_cursor(into, STR("epoch-1"), 9, &err));
}

static void start(void)
{
    memcpy(directory + sizeof directory - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(directory));
    (void)snprintf(path, sizeof path, "%s/state", directory);
    catalogue = catalogue_new();
    fill(catalogue);
    generation = rows_build(catalogue);
    loaded = catalogue_new();
}

static void remove_file(const char *suffix)
{
    char name[96];
    (void)snprintf(name, sizeof name, "%s%s", path, suffix);
    (void)remove(name); /* may not be there */
}

static void stop(void)
{
    remove_file("");
    remove_file(".tmp");
    ck_assert_int_eq(rmdir(directory), 0);
    generation_free(generation);
    catalogue_free(catalogue);
    catalogue_free(loaded);
}

static void save(void)
{
    struct error err = {0};
    ck_assert_msg(state_file_save(generation, path, 123456789, &err), "%s %s %s",
                  err.problems[0].code, err.problems[0].argument[0], err.problems[0].argument[1]);
}

static size_t read_file(unsigned char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t length = fread(bytes, 1, size, file);
    (void)fclose(file);
    return length;
}

static void write_file(const unsigned char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void put_checksum(unsigned char *at, const unsigned char *bytes, size_t length)
{
    uint32_t checksum = (uint32_t)crc32_z(0, bytes, length);
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(checksum >> 8 * i);
}

/* Loading fails with the problem and leaves an empty catalogue and the time untouched. */
static void check_refused(const char *problem)
{
    struct error err = {0};
    int64_t written_at_ms = 42;
    rows_put(loaded, 1, DOCUMENT_SERVICE, "rest", "{}");
    ck_assert(!state_file_load(path, loaded, &written_at_ms, &err));
    ck_assert_str_eq(err.problems[0].code, problem);
    ck_assert_str_eq(err.problems[0].pointer, path);
    ck_assert_int_eq(written_at_ms, 42);
    ck_assert_uint_eq(catalogue_document_bytes(loaded), 0);
    ck_assert_int_eq(catalogue_seq(loaded), 0);
}

static void check_loads(void)
{
    struct error err = {0};
    int64_t written_at_ms = 0;
    ck_assert(state_file_load(path, loaded, &written_at_ms, &err));
    ck_assert_int_eq(written_at_ms, 123456789);
    ck_assert_int_eq(catalogue_seq(loaded), 9);
    ck_assert(str_equal_z(catalogue_epoch(loaded), "epoch-1"));
    ck_assert_uint_eq(catalogue_document_bytes(loaded), catalogue_document_bytes(catalogue));
}

START_TEST(test_state_file_roundtrip)
{
    struct uuid a = rows_id(DOCUMENT_SERVICE, "a");
    struct uuid b = rows_id(DOCUMENT_ORGANIZATION, "b");
    struct uuid d = rows_id(DOCUMENT_SERVICE, "d");
    save();
    check_loads();
    const struct entry *service = catalogue_find(loaded, DOCUMENT_SERVICE, &a);
    ck_assert_ptr_nonnull(service);
    ck_assert_int_eq(service->seq, 3);
    ck_assert(str_equal_z(service->municipality, "ostrava"));
    ck_assert(str_equal_z(service->body, "{\"body\":1}"));
    ck_assert(str_present(service->short_form) && str_empty(service->short_form));
    ck_assert(str_equal_z(service->facts.service->name, "Šťáva"));
    ck_assert(!str_present(catalogue_find(loaded, DOCUMENT_ORGANIZATION, &b)->municipality));
    ck_assert_ptr_null(catalogue_find(loaded, DOCUMENT_SERVICE, &d)); /* tombstones are not kept */
    ck_assert_uint_eq(catalogue_count(loaded, DOCUMENT_TAXONOMY), 1);
}
END_TEST

START_TEST(test_state_file_replaces_and_is_private)
{
    struct stat status;
    write_file((const unsigned char *)"old", 3);
    save();
    check_loads();
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    ck_assert_int_eq(access(directory, F_OK), 0);
    remove_file("");
    ck_assert_int_eq(rmdir(directory), 0); /* no temporary file is left */
    ck_assert_int_eq(mkdir(directory, 0700), 0);
}
END_TEST

START_TEST(test_state_file_empty_catalogue)
{
    struct error err = {0};
    int64_t written_at_ms = 0;
    struct catalogue *empty = catalogue_new();
    struct generation *nothing = rows_build(empty);
    ck_assert(state_file_save(nothing, path, 5, &err));
    ck_assert(state_file_load(path, loaded, &written_at_ms, &err));
    ck_assert_int_eq(written_at_ms, 5);
    ck_assert_uint_eq(catalogue_document_bytes(loaded), 0);
    generation_free(nothing);
    catalogue_free(empty);
}
END_TEST

START_TEST(test_state_file_missing)
{
    check_refused("state-file-missing");
}
END_TEST

START_TEST(test_state_file_unreadable)
{
    ck_assert_int_eq(mkdir(path, 0700), 0);
    check_refused("state-file-unreadable");
}
END_TEST

/* Cut at every offset. */
START_TEST(test_state_file_truncated)
{
    unsigned char bytes[4096];
    save();
    size_t length = read_file(bytes, sizeof bytes);
    ck_assert_uint_gt(length, HEADER_BYTES);
    for (size_t cut = 0; cut < length; cut++) {
        write_file(bytes, cut);
        check_refused("state-file-truncated");
    }
}
END_TEST

/* One byte changed, at every offset; what it means depends on where. */
START_TEST(test_state_file_flipped)
{
    unsigned char bytes[4096];
    save();
    size_t length = read_file(bytes, sizeof bytes);
    for (size_t i = 0; i < length; i++) {
        bytes[i] ^= 0x41;
        write_file(bytes, length);
        check_refused(i < 8    ? "state-file-foreign"
                      : i < 12 ? "state-file-version"
                               : "state-file-corrupt");
        bytes[i] ^= 0x41;
    }
    write_file(bytes, length);
    check_loads();
}
END_TEST

START_TEST(test_state_file_longer_than_it_says)
{
    unsigned char bytes[4096];
    save();
    size_t length = read_file(bytes, sizeof bytes - 1);
    bytes[length] = 0;
    write_file(bytes, length + 1);
    check_refused("state-file-corrupt");
}
END_TEST

/* A record that says of everything that it is empty, and nothing before it: whose bytes are none. */
START_TEST(test_state_file_blank_record)
{
    unsigned char bytes[HEADER_BYTES + 44] = {0};
    struct error err = {0};
    struct catalogue *empty = catalogue_new();
    struct generation *nothing = rows_build(empty);
    ck_assert(state_file_save(nothing, path, 5, &err));
    ck_assert_uint_eq(read_file(bytes, sizeof bytes), HEADER_BYTES);
    bytes[HEADER_BYTES - 24] = 1;  /* documents */
    bytes[HEADER_BYTES - 16] = 44; /* bytes of their records */
    put_checksum(bytes + HEADER_BYTES - 8, bytes + HEADER_BYTES, 44);
    put_checksum(bytes + HEADER_BYTES - 4, bytes, HEADER_BYTES - 4);
    write_file(bytes, sizeof bytes);
    check_refused("state-file-corrupt");
    generation_free(nothing);
    catalogue_free(empty);
}
END_TEST

START_TEST(test_state_file_foreign)
{
    static const char text[] = "{\"not\":\"ours\"}";
    write_file((const unsigned char *)text, sizeof text - 1);
    check_refused("state-file-foreign");
}
END_TEST

/* Saving fails at the step; the good file stays as it was. */
static void check_save_fails(const char *step)
{
    struct error err = {0};
    ck_assert(!state_file_save(generation, path, 1, &err));
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert_str_eq(err.problems[0].code, "state-file-unwritable");
    ck_assert_str_eq(err.problems[0].pointer, path);
    ck_assert_str_eq(err.problems[0].argument[0], step);
    ck_assert_str_ne(err.problems[0].argument[1], "");
}

/* A full disk, played by a limit on the size of files. */
START_TEST(test_state_file_full_disk)
{
    struct rlimit limit = {16, RLIM_INFINITY};
    char temporary[96];
    save();
    (void)snprintf(temporary, sizeof temporary, "%s.tmp", path);
    ck_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    check_save_fails("write");
    limit.rlim_cur = RLIM_INFINITY;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_ne(access(temporary, F_OK), 0);
    check_loads();
}
END_TEST

START_TEST(test_state_file_unwritable)
{
    char temporary[96];
    save();
    (void)snprintf(temporary, sizeof temporary, "%s.tmp", path);
    ck_assert_int_eq(mkdir(temporary, 0700), 0);
    check_save_fails("open");
    check_loads();
}
END_TEST

START_TEST(test_state_file_no_directory)
{
    (void)snprintf(path, sizeof path, "%s/nowhere/state", directory);
    check_save_fails("open");
}
END_TEST

START_TEST(test_state_file_in_the_way)
{
    ck_assert_int_eq(mkdir(path, 0700), 0);
    check_save_fails("rename");
    remove_file("");
    ck_assert_int_eq(rmdir(directory), 0); /* the temporary file is gone too */
    ck_assert_int_eq(mkdir(directory, 0700), 0);
}
END_TEST

START_TEST(test_state_file_name_too_long)
{
    static char name[5000];
    struct error err = {0};
    memset(name, 'x', sizeof name - 1);
    ck_assert(!state_file_save(generation, name, 1, &err));
    ck_assert_str_eq(err.problems[0].argument[0], "open");
}
END_TEST

/* Without a slash the directory is the current one. */
START_TEST(test_state_file_relative_path)
{
    struct error err = {0};
    ck_assert_int_eq(chdir(directory), 0);
    ck_assert(state_file_save(generation, "state", 123456789, &err));
    ck_assert_int_eq(chdir("/"), 0);
    check_loads();
}
END_TEST

int main(void)
{
    const TTest *const all[] = {
        test_state_file_roundtrip,       test_state_file_replaces_and_is_private,
        test_state_file_empty_catalogue, test_state_file_missing,
        test_state_file_unreadable,      test_state_file_truncated,
        test_state_file_flipped,         test_state_file_longer_than_it_says,
        test_state_file_foreign,         test_state_file_full_disk,
        test_state_file_unwritable,      test_state_file_no_directory,
        test_state_file_in_the_way,      test_state_file_name_too_long,
        test_state_file_relative_path,   test_state_file_blank_record,
    };
    Suite *suite = suite_create("state_file");
    TCase *tests = tcase_create("state_file");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, start, stop);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        tcase_add_test(tests, all[i]);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
