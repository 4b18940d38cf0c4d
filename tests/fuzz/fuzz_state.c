/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: catalogue
 * A state file. An odd first byte: the rest is the file. An even one: the rest is a file whose
 * length and checksums are made right, as whoever wants to be believed would.
 */
#include "fuzz/assertions.h"

#include "support/catalogue_rows.h"

#include <zlib.h>

#include "catalogue/state_file_internal.h"
#include "sociopoint/catalogue/state_file.h"

static void make_right(uint8_t *file, size_t size)
{
    unsigned char *at = file + MAGIC_SIZE;
    memcpy(file, STATE_MAGIC, MAGIC_SIZE);
    state_put_u32(&at, STATE_FILE_VERSION);
    at = file + HEADER_SIZE - 16;
    state_put_u64(&at, size - HEADER_SIZE);
    state_put_u32(&at, (uint32_t)crc32_z(0, file + HEADER_SIZE, size - HEADER_SIZE));
    state_put_u32(&at, (uint32_t)crc32_z(0, file, HEADER_SIZE - 4));
}

static void load(const uint8_t *file, size_t size)
{
    struct error err = {.code = ERROR_NONE};
    int64_t written_at_ms = 0;
    struct catalogue *catalogue = catalogue_new();
    FUZZ_REQUIRE(catalogue != NULL);
    if (state_file_load(fuzz_file(file, size), catalogue, &written_at_ms, &err)) {
        generation_free(rows_build(catalogue));
    } else {
        fuzz_failed(&err);
        FUZZ_REQUIRE(catalogue_document_bytes(catalogue) == 0 && catalogue_seq(catalogue) == 0);
    }
    catalogue_free(catalogue);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if ((data[0] & 1) != 0 || size - 1 < HEADER_SIZE) {
        load(data + 1, size - 1);
        return 0;
    }
    uint8_t *file = malloc(size - 1);
    FUZZ_REQUIRE(file != NULL);
    memcpy(file, data + 1, size - 1);
    make_right(file, size - 1);
    load(file, size - 1);
    free(file);
    return 0;
}
