/* SPDX-License-Identifier: EUPL-1.2 */
#include "state_file_internal.h"

void state_put_u32(unsigned char **at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        *(*at)++ = (unsigned char)(number >> (8 * i));
}

void state_put_u64(unsigned char **at, uint64_t number)
{
    state_put_u32(at, (uint32_t)number);
    state_put_u32(at, (uint32_t)(number >> 32));
}

uint32_t state_get_u32(const unsigned char **at)
{
    uint32_t number = 0;
    for (int i = 0; i < 4; i++)
        number |= (uint32_t) * (*at)++ << (8 * i);
    return number;
}

uint64_t state_get_u64(const unsigned char **at)
{
    uint64_t low = state_get_u32(at);
    return low | (uint64_t)state_get_u32(at) << 32;
}
