/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012): without the key
 * nobody can tell which inputs meet, nor what a hash came from by anything but trying.
 */
#ifndef SOCIOPOINT_HTTP_SIPHASH_INTERNAL_H
#define SOCIOPOINT_HTTP_SIPHASH_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

enum { SIPHASH_KEY_SIZE = 16 };

uint64_t siphash(const unsigned char key[SIPHASH_KEY_SIZE], const void *bytes, size_t length);

#endif
