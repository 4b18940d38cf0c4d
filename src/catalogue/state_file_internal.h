/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The layout of the state file. All numbers are little-endian.
 *
 * Header (HEADER_SIZE bytes): magic 8, version 4, epoch length 4, epoch 64, seq 8, written at (wall
 * ms) 8, documents 8, length of what follows 8, its CRC-32 4, CRC-32 of the header up to here 4.
 * Then one record for each document: kind 4, id 16, seq 8, lengths of municipality (ABSENT: null),
 * facts, body and short form 4 each, and their bytes.
 */
#ifndef SOCIOPOINT_CATALOGUE_STATE_FILE_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_STATE_FILE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#define STATE_MAGIC "SOCIOCAT"

enum {
    MAGIC_SIZE = 8,
    EPOCH_SIZE = 64,
    HEADER_SIZE = MAGIC_SIZE + 4 + 4 + EPOCH_SIZE + 8 + 8 + 8 + 8 + 4 + 4,
    RECORD_SIZE = 4 + 16 + 8 + 4 * 4
};

#define LENGTH_ABSENT UINT32_MAX

/* Everything of the header but magic and version. */
struct state_header {
    char epoch[EPOCH_SIZE];
    uint32_t epoch_length;
    int64_t seq;
    int64_t written_at_ms;
    uint64_t documents;
    uint64_t length;
    uint32_t checksum;
};

/* Numbers at a position of a buffer, which moves behind them. */
void state_put_u32(unsigned char **at, uint32_t number);
void state_put_u64(unsigned char **at, uint64_t number);
uint32_t state_get_u32(const unsigned char **at);
uint64_t state_get_u64(const unsigned char **at);

#endif
