/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/state_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "sociopoint/base/error.h"
#include "sociopoint/catalogue/catalogue.h"
#include "state_file_internal.h"

enum { READ_BUFFER = 1 << 20, PARTS = 4 };

/* A load under way. `text` holds one document's bytes and grows with the largest. */
struct load {
    const char *path;
    FILE *file;
    char *buffer;
    char *text;
    size_t capacity;
    struct state_header header;
    uint64_t left; /* bytes of the records not yet read */
    uint32_t checksum;
};

static bool refuse(const struct load *load, enum error_code code, const char *problem,
                   struct error *err)
{
    return error_set(err, code, problem, load->path);
}

/* Too few bytes: the file is shorter than it says, or cannot be read. */
static bool refuse_short(const struct load *load, struct error *err)
{
    if (ferror(load->file))
        return refuse(load, ERROR_UNAVAILABLE, "state-file-unreadable", err);
    return refuse(load, ERROR_MALFORMED, "state-file-truncated", err);
}

static bool load_open(struct load *load, struct error *err)
{
    load->file = fopen(load->path, "rbe");
    if (load->file == NULL)
        return errno == ENOENT ? refuse(load, ERROR_NOT_FOUND, "state-file-missing", err)
                               : refuse(load, ERROR_UNAVAILABLE, "state-file-unreadable", err);
    load->buffer = malloc(READ_BUFFER);
    if (load->buffer != NULL)
        (void)setvbuf(load->file, load->buffer, _IOFBF, READ_BUFFER); /* else it is only slower */
    return true;
}

static void load_close(struct load *load)
{
    if (load->file != NULL)
        (void)fclose(load->file); /* it was only read */
    free(load->buffer);
    free(load->text);
}

static void parse_header(const unsigned char *bytes, struct state_header *header)
{
    const unsigned char *at = bytes + MAGIC_SIZE + 4;
    header->epoch_length = state_get_u32(&at);
    memcpy(header->epoch, at, EPOCH_SIZE);
    at += EPOCH_SIZE;
    header->seq = (int64_t)state_get_u64(&at);
    header->written_at_ms = (int64_t)state_get_u64(&at);
    header->documents = state_get_u64(&at);
    header->length = state_get_u64(&at);
    header->checksum = state_get_u32(&at);
}

/* Magic, version and the header's own checksum, in this order: each says something else. */
static bool read_header(struct load *load, struct error *err)
{
    unsigned char bytes[HEADER_SIZE];
    size_t got = fread(bytes, 1, sizeof bytes, load->file);
    if (got >= MAGIC_SIZE && memcmp(bytes, STATE_MAGIC, MAGIC_SIZE) != 0)
        return refuse(load, ERROR_MALFORMED, "state-file-foreign", err);
    if (got < sizeof bytes)
        return refuse_short(load, err);
    const unsigned char *at = bytes + MAGIC_SIZE;
    if (state_get_u32(&at) != STATE_FILE_VERSION)
        return refuse(load, ERROR_MALFORMED, "state-file-version", err);
    at = bytes + HEADER_SIZE - 4;
    if (state_get_u32(&at) != (uint32_t)crc32_z(0, bytes, HEADER_SIZE - 4))
        return refuse(load, ERROR_MALFORMED, "state-file-corrupt", err);
    parse_header(bytes, &load->header);
    load->left = load->header.length;
    return true;
}

/* The file must be as long as its header says, before anything of it is believed. */
static bool check_size(struct load *load, struct error *err)
{
    struct stat status;
    if (fstat(fileno(load->file), &status) != 0)
        return refuse(load, ERROR_UNAVAILABLE, "state-file-unreadable", err);
    uint64_t size = (uint64_t)status.st_size;
    if (size - HEADER_SIZE < load->header.length)
        return refuse(load, ERROR_MALFORMED, "state-file-truncated", err);
    if (size - HEADER_SIZE > load->header.length)
        return refuse(load, ERROR_MALFORMED, "state-file-corrupt", err);
    return true;
}

static bool read_bytes(struct load *load, void *bytes, size_t length, struct error *err)
{
    if (length == 0)
        return true;
    if (length > load->left)
        return refuse(load, ERROR_MALFORMED, "state-file-corrupt", err);
    if (fread(bytes, 1, length, load->file) != length)
        return refuse_short(load, err);
    load->checksum = (uint32_t)crc32_z(load->checksum, bytes, length);
    load->left -= length;
    return true;
}

static bool make_room(struct load *load, size_t length, struct error *err)
{
    if (length > load->left)
        return refuse(load, ERROR_MALFORMED, "state-file-corrupt", err);
    if (length <= load->capacity)
        return true;
    char *text = realloc(load->text, length);
    if (text == NULL)
        return refuse(load, ERROR_MEMORY, "memory-exhausted", err);
    load->text = text;
    load->capacity = length;
    return true;
}

/* One document; its strings are views into load->text until the next. */
static bool read_row(struct load *load, struct document_row *row, struct error *err)
{
    unsigned char record[RECORD_SIZE];
    if (!read_bytes(load, record, sizeof record, err))
        return false;
    const unsigned char *at = record;
    uint32_t kind = state_get_u32(&at);
    if (kind >= DOCUMENT_KIND_COUNT)
        return refuse(load, ERROR_MALFORMED, "state-file-corrupt", err);
    *row = (struct document_row){.kind = (enum document_kind)kind};
    memcpy(row->id.bytes, at, sizeof row->id.bytes);
    at += sizeof row->id.bytes;
    row->seq = (int64_t)state_get_u64(&at);
    uint32_t lengths[PARTS];
    size_t total = 0;
    for (size_t i = 0; i < PARTS; i++) {
        lengths[i] = state_get_u32(&at);
        total += lengths[i] == LENGTH_ABSENT ? 0 : lengths[i];
    }
    if (!make_room(load, total, err) || !read_bytes(load, load->text, total, err))
        return false;
    struct str *const parts[PARTS] = {&row->municipality, &row->facts, &row->body,
                                      &row->short_form};
    const char *next = load->text == NULL ? "" : load->text; /* all is empty: not absent */
    for (size_t i = 0; i < PARTS; i++) {
        if (lengths[i] == LENGTH_ABSENT)
            continue;
        *parts[i] = (struct str){next, lengths[i]};
        next += lengths[i];
    }
    return true;
}

static bool read_documents(struct load *load, struct catalogue *catalogue, struct error *err)
{
    for (uint64_t i = 0; i < load->header.documents; i++) {
        struct document_row row;
        if (!read_row(load, &row, err))
            return false;
        struct error refused = {0};
        if (!catalogue_apply(catalogue, &row, &refused))
            return refused.code == ERROR_MEMORY
                       ? refuse(load, ERROR_MEMORY, "memory-exhausted", err)
                       : refuse(load, ERROR_MALFORMED, "state-file-corrupt", err);
    }
    if (load->left != 0 || load->checksum != load->header.checksum)
        return refuse(load, ERROR_MALFORMED, "state-file-corrupt", err);
    struct str epoch = {load->header.epoch, load->header.epoch_length};
    return catalogue_set_cursor(catalogue, epoch, load->header.seq, err);
}

bool state_file_load(const char *path, struct catalogue *catalogue, int64_t *written_at_ms,
                     struct error *err)
{
    struct load load = {.path = path};
    catalogue_clear(catalogue);
    bool loaded = load_open(&load, err) && read_header(&load, err) && check_size(&load, err) &&
                  read_documents(&load, catalogue, err);
    load_close(&load);
    if (loaded)
        *written_at_ms = load.header.written_at_ms;
    else
        catalogue_clear(catalogue);
    return loaded;
}
