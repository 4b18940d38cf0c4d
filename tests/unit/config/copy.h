/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A copy of fixture/ that a test may spoil, and what the loader tells of it.
 *
 * To be used by one test at a time: copy_fixture and remove_copy are its checked fixture.
 */
#ifndef SOCIOPOINT_TESTS_UNIT_CONFIG_COPY_H
#define SOCIOPOINT_TESTS_UNIT_CONFIG_COPY_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/source.h"

#include "sociopoint/config/loader.h"

enum { FOLDER_SIZE = 64, PATH_SIZE = 256, FILE_SIZE = 64 * 1024, TOLD_MAXIMUM = 64 };

static const struct text_code first_codes[] = {{"hello", 0}, {"problem.limit", 1}};
static const struct text_code second_codes[] = {{"reason.age.met", 2}, {"hello", 0}};
static const struct text_table tables[] = {{first_codes, 2}, {second_codes, 2}, {NULL, 0}};

/* --- The copy --- */

static char folder[FOLDER_SIZE];

static inline void run(const char *const words[])
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        (void)execvp(words[0], (char *const *)(uintptr_t)words);
        _exit(EXIT_FAILURE);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(status == 0, "%s", words[0]);
}

/* Copies `from`, a file or folder of the repository, into the copy. */
static inline void copy(const char *from)
{
    run((const char *const[]){"cp", "-R", source_path(from), folder, NULL});
}

static inline void copy_fixture(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/sociopoint-config-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    copy("tests/unit/config/fixture/.");
    copy("config/schema");
}

static inline void remove_copy(void)
{
    run((const char *const[]){"rm", "-rf", folder, NULL});
}

static inline void path_of(const char *file, char path[PATH_SIZE])
{
    (void)snprintf(path, PATH_SIZE, "%s/%s", folder, file);
}

static inline size_t read_file(const char *file, char text[FILE_SIZE])
{
    char path[PATH_SIZE];
    path_of(file, path);
    FILE *stream = fopen(path, "rb");
    ck_assert_msg(stream != NULL, "%s", path);
    size_t length = fread(text, 1, FILE_SIZE - 1, stream);
    text[length] = '\0';
    (void)fclose(stream);
    return length;
}

static inline void write_file(const char *file, const char *text, size_t length)
{
    char path[PATH_SIZE];
    path_of(file, path);
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(text, 1, length, stream), length);
    ck_assert_int_eq(fclose(stream), 0);
}

/* Puts `to` in place of the first `from`; without `from` it is all; without `to` the file goes. */
static inline void edit(const char *file, const char *from, const char *to)
{
    char text[FILE_SIZE];
    char path[PATH_SIZE];
    if (to == NULL) {
        path_of(file, path);
        ck_assert_int_eq(remove(path), 0);
        return;
    }
    size_t length = from == NULL ? 0 : read_file(file, text);
    char *place = from == NULL ? text : strstr(text, from);
    ck_assert_msg(place != NULL, "%s has no %s", file, from);
    size_t removed = from == NULL ? 0 : strlen(from);
    size_t added = strlen(to);
    ck_assert_uint_lt(length + added, FILE_SIZE);
    memmove(place + added, place + removed, length - (size_t)(place - text) - removed);
    memcpy(place, to, added);
    write_file(file, text, length - removed + added);
}

/* --- What was told --- */

static struct problem told[TOLD_MAXIMUM];
static size_t told_count;

static inline void tell(void *context, const struct problem *problem)
{
    ck_assert_ptr_eq(context, told);
    ck_assert_uint_lt(told_count, TOLD_MAXIMUM);
    told[told_count++] = *problem;
}

static inline const struct knowledge *load(struct error *err)
{
    struct config_report report = {tell, told};
    told_count = 0;
    return config_knowledge_load(folder, tables, &report, err);
}

/* The pointer without the folder of the copy. */
static inline const char *place_of(const struct problem *problem)
{
    size_t length = strlen(folder);
    ck_assert_msg(strncmp(problem->pointer, folder, length) == 0, "%s", problem->pointer);
    return problem->pointer + length + 1;
}

static inline const struct knowledge *load_good(void)
{
    struct error err = {0};
    const struct knowledge *knowledge = load(&err);
    ck_assert_msg(knowledge != NULL, "%s %s", err.problems[0].pointer, err.problems[0].code);
    ck_assert_uint_eq(told_count, 0);
    return knowledge;
}

#endif
