/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "generation_internal.h"
#include "sociopoint/base/error.h"
#include "state_file_internal.h"

enum { PATH_SIZE = 4096, WRITE_BUFFER = 1 << 20 };

/* A save under way: the temporary file, and the checksum of what has been written. */
struct save {
    const char *path;
    char temporary[PATH_SIZE];
    FILE *file;
    char *buffer;
    uint32_t checksum;
    uint64_t length;
};

/* The step that failed, with errno's reason. */
static bool failed(const struct save *save, const char *step, struct error *err)
{
    char reason[64] = "";
    if (strerror_r(errno, reason, sizeof reason) != 0)
        (void)snprintf(reason, sizeof reason, "%d", errno); /* fits any int */
    return error_set_with(err, ERROR_UNAVAILABLE, "state-file-unwritable", save->path,
                          ERROR_ARGUMENTS(step, reason));
}

static bool save_open(struct save *save, struct error *err)
{
    int length = snprintf(save->temporary, sizeof save->temporary, "%s.tmp", save->path);
    if (length < 0 || (size_t)length >= sizeof save->temporary) {
        errno = ENAMETOOLONG;
        return failed(save, "open", err);
    }
    int descriptor = open(save->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failed(save, "open", err);
    save->file = fdopen(descriptor, "wb");
    if (save->file == NULL) {
        (void)close(descriptor); /* nothing was written */
        return failed(save, "open", err);
    }
    save->buffer = malloc(WRITE_BUFFER);
    if (save->buffer != NULL)
        (void)setvbuf(save->file, save->buffer, _IOFBF, WRITE_BUFFER); /* else it is only slower */
    return true;
}

static void put(struct save *save, const void *bytes, size_t length)
{
    if (length == 0)
        return;
    /* A failure is sticky in the stream and looked at once, at the end. */
    (void)fwrite(bytes, 1, length, save->file);
    save->checksum = (uint32_t)crc32_z(save->checksum, bytes, length);
    save->length += length;
}

static void put_entry(struct save *save, const struct entry *entry)
{
    const struct str parts[] = {entry->municipality, entry->facts_text, entry->body,
                                entry->short_form};
    unsigned char record[RECORD_SIZE];
    unsigned char *at = record;
    state_put_u32(&at, (uint32_t)entry->kind);
    memcpy(at, entry->id.bytes, sizeof entry->id.bytes);
    at += sizeof entry->id.bytes;
    state_put_u64(&at, (uint64_t)entry->seq);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        state_put_u32(&at, str_present(parts[i]) ? (uint32_t)parts[i].length : LENGTH_ABSENT);
    put(save, record, sizeof record);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        put(save, parts[i].data, parts[i].length);
}

static void make_header(const struct save *save, const struct generation *generation,
                        int64_t now_ms, unsigned char header[HEADER_SIZE])
{
    unsigned char *at = header;
    memset(header, 0, HEADER_SIZE);
    memcpy(at, STATE_MAGIC, MAGIC_SIZE);
    at += MAGIC_SIZE;
    state_put_u32(&at, STATE_FILE_VERSION);
    state_put_u32(&at, (uint32_t)generation->epoch.length);
    memcpy(at, generation->epoch.data, generation->epoch.length);
    at += EPOCH_SIZE;
    state_put_u64(&at, (uint64_t)generation->seq);
    state_put_u64(&at, (uint64_t)now_ms);
    state_put_u64(&at, generation->document_count);
    state_put_u64(&at, save->length);
    state_put_u32(&at, save->checksum);
    state_put_u32(&at, (uint32_t)crc32_z(0, header, HEADER_SIZE - 4));
}

/* The header comes last, over the room left for it: until then the file is not ours. */
static bool write_all(struct save *save, const struct generation *generation, int64_t now_ms,
                      struct error *err)
{
    unsigned char header[HEADER_SIZE] = {0};
    if (fwrite(header, 1, sizeof header, save->file) != sizeof header)
        return failed(save, "write", err);
    for (size_t i = 0; i < generation->document_count && !ferror(save->file); i++)
        put_entry(save, generation->documents[i]);
    make_header(save, generation, now_ms, header);
    if (ferror(save->file) || fflush(save->file) != 0 || fseek(save->file, 0, SEEK_SET) != 0 ||
        fwrite(header, 1, sizeof header, save->file) != sizeof header || fflush(save->file) != 0)
        return failed(save, "write", err);
    if (fsync(fileno(save->file)) != 0)
        return failed(save, "fsync", err);
    return true;
}

/* Makes the rename itself last. */
static bool sync_directory(struct save *save, struct error *err)
{
    char directory[PATH_SIZE];
    const char *slash = strrchr(save->path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - save->path) + 1;
    (void)str_copy_z(slash == NULL ? STR(".") : (struct str){save->path, length}, directory,
                     sizeof directory);
    int descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return failed(save, "open-directory", err);
    bool synced = fsync(descriptor) == 0;
    if (!synced)
        (void)failed(save, "fsync-directory", err);
    (void)close(descriptor); /* it was only read */
    return synced;
}

/* Closes the file; a save that failed leaves nothing behind. */
static bool save_close(struct save *save, bool written, struct error *err)
{
    if (save->file == NULL)
        return false;
    if (fclose(save->file) != 0 && written)
        written = failed(save, "close", err);
    free(save->buffer);
    if (!written)
        (void)unlink(save->temporary); /* the error that matters has been noted */
    return written;
}

bool state_file_save(const struct generation *generation, const char *path, int64_t now_ms,
                     struct error *err)
{
    struct save save = {.path = path};
    bool written = save_open(&save, err) && write_all(&save, generation, now_ms, err);
    if (!save_close(&save, written, err))
        return false;
    if (rename(save.temporary, path) != 0) {
        (void)failed(&save, "rename", err);
        (void)unlink(save.temporary); /* the error that matters has been noted */
        return false;
    }
    return sync_directory(&save, err);
}
