/* SPDX-License-Identifier: EUPL-1.2 */
#include "checksum_internal.h"

uint32_t checksum_crc32(struct str text)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < text.length; i++) {
        sum ^= (unsigned char)text.data[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ ((sum & 1) != 0 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~sum;
}
