/* SPDX-License-Identifier: EUPL-1.2 */
#include "siphash_internal.h"

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static uint64_t read_word(const unsigned char *bytes, size_t count)
{
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

static void mix(uint64_t v[4], unsigned rounds)
{
    for (unsigned i = 0; i < rounds; i++) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] = rotate(v[0], 32) + v[3];
        v[2] += v[1];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[2] = rotate(v[2], 32);
    }
}

static void absorb(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    mix(v, 2);
    v[0] ^= word;
}

uint64_t siphash(const unsigned char key[SIPHASH_KEY_SIZE], const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    uint64_t low = read_word(key, 8);
    uint64_t high = read_word(key + 8, 8);
    uint64_t v[4] = {low ^ 0x736f6d6570736575U, high ^ 0x646f72616e646f6dU,
                     low ^ 0x6c7967656e657261U, high ^ 0x7465646279746573U};
    size_t left = length;
    for (; left >= 8; left -= 8, at += 8)
        absorb(v, read_word(at, 8));
    absorb(v, read_word(at, left) | (uint64_t)length << 56);
    v[2] ^= 0xFF;
    mix(v, 4);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
