/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * CRC-32 as in IEEE 802.3 and zlib: against typos, not against those who would forge one.
 */
#ifndef SOCIOPOINT_SECRET_CHECKSUM_INTERNAL_H
#define SOCIOPOINT_SECRET_CHECKSUM_INTERNAL_H

#include <stdint.h>

#include "sociopoint/base/str.h"

uint32_t checksum_crc32(struct str text);

#endif
