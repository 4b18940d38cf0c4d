/* SPDX-License-Identifier: EUPL-1.2 */
#include "migration_files_internal.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_DIGITS = 4 };

static bool ends_in_sql(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".sql") == 0;
}

/* The part before ".sql": lower case words with underscores. */
static bool are_words(const char *text)
{
    size_t length = strlen(text) - 4;
    for (size_t i = 0; i < length; i++)
        if (!islower((unsigned char)text[i]) && !isdigit((unsigned char)text[i]) && text[i] != '_')
            return false;
    return length > 0;
}

static bool is_repeatable(const char *name)
{
    return name[0] == 'R' && name[1] == '_' && are_words(name + 2);
}

static bool is_numbered(const char *name)
{
    for (int i = 0; i < NUMBER_DIGITS; i++)
        if (!isdigit((unsigned char)name[i]))
            return false;
    return name[NUMBER_DIGITS] == '_' && are_words(name + NUMBER_DIGITS + 1);
}

static void closep(FILE **file)
{
    if (*file != NULL)
        (void)fclose(*file);
}

/*
 * The whole file with a closing NUL; NULL when it cannot be read, is too large or has a NUL inside.
 */
static char *read_text(const char *directory, const char *name)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path)
        return NULL;
    FILE *file CLEANUP(closep) = fopen(path, "re");
    char *text = file == NULL ? NULL : malloc(MIGRATION_SIZE_MAXIMUM);
    if (text == NULL)
        return NULL;
    size_t length = fread(text, 1, MIGRATION_SIZE_MAXIMUM, file);
    if (ferror(file) || length == MIGRATION_SIZE_MAXIMUM || memchr(text, '\0', length) != NULL) {
        free(text);
        return NULL;
    }
    text[length] = '\0';
    return text;
}

static bool add_file(struct migration_files *files, const char *directory, const char *name,
                     struct error *err)
{
    bool repeatable = is_repeatable(name);
    if (!repeatable && !is_numbered(name))
        return error_set(err, ERROR_INVALID, "migration-name", name);
    if (files->count == MIGRATION_FILES_MAXIMUM)
        return error_set(err, ERROR_LIMIT, "migration-name", name);
    struct migration_file *file = &files->files[files->count];
    file->name = strdup(name);
    file->text = read_text(directory, name);
    files->count++;
    if (file->name == NULL || file->text == NULL)
        return error_set(err, ERROR_INVALID, "migration-file-unreadable", name);
    file->repeatable = repeatable;
    file->renders = repeatable && strncmp(file->text, "-- renders\n", 11) == 0;
    return true;
}

static int by_order(const void *left, const void *right)
{
    const struct migration_file *a = left;
    const struct migration_file *b = right;
    if (a->repeatable != b->repeatable)
        return a->repeatable ? 1 : -1;
    return strcmp(a->name, b->name);
}

static bool numbers_differ(const struct migration_files *files, struct error *err)
{
    for (size_t i = 1; i < files->count && !files->files[i].repeatable; i++)
        if (strncmp(files->files[i - 1].name, files->files[i].name, NUMBER_DIGITS) == 0)
            return error_set(err, ERROR_INVALID, "migration-name", files->files[i].name);
    return true;
}

static void closedirp(DIR **directory)
{
    if (*directory != NULL)
        (void)closedir(*directory);
}

bool migration_files_read(const char *directory, struct migration_files *files, struct error *err)
{
    DIR *listing CLEANUP(closedirp) = opendir(directory);
    files->count = 0;
    files->files = calloc(MIGRATION_FILES_MAXIMUM, sizeof *files->files);
    if (files->files == NULL)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
    if (listing == NULL)
        return error_set(err, ERROR_INVALID, "migration-directory-unreadable", directory);
    for (const struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing))
        if (ends_in_sql(entry->d_name) && !add_file(files, directory, entry->d_name, err))
            return false;
    if (files->count == 0)
        return error_set(err, ERROR_INVALID, "migration-directory-unreadable", directory);
    qsort(files->files, files->count, sizeof *files->files, by_order);
    return numbers_differ(files, err);
}

void migration_files_done(struct migration_files *files)
{
    for (size_t i = 0; files->files != NULL && i < files->count; i++) {
        free(files->files[i].name);
        free(files->files[i].text);
    }
    free(files->files);
    *files = (struct migration_files){0};
}
