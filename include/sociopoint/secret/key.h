/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Keys of those who ask for an organisation, a city or as professionals.
 *
 * A key is "socio_<id>_<secret><checksum>": an id of 10 letters that may be shown and stored, a
 * secret of 43 letters (62 to the power of 43 is more than 2 to the power of 256), and the CRC-32
 * of all before it in 6 letters. The prefix lets scanners of published code find it; the checksum
 * tells a typo from a wrong key without asking anybody. Letters are 0-9, A-Z and a-z, of equal
 * likelihood.
 *
 * What is stored is the hash alone. It is a plain BLAKE2b: what is slow about hashes of passwords
 * defends secrets that can be guessed, and 256 random bits cannot; it would only let anybody who
 * sends keys keep the processor busy.
 *
 * Any thread may call; nothing here allocates.
 */
#ifndef SOCIOPOINT_SECRET_KEY_H
#define SOCIOPOINT_SECRET_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/base/str.h"

enum {
    SECRET_ID_LENGTH = 10,
    SECRET_KEY_LENGTH = 66,
    SECRET_HASH_SIZE = 32 /* bytes of BLAKE2b-256 (RFC 7693) */
};

struct secret_key {
    char text[SECRET_KEY_LENGTH + 1];
    char id[SECRET_ID_LENGTH + 1];
};

struct secret_hash {
    unsigned char bytes[SECRET_HASH_SIZE];
};

/* Before anything is hashed; as often as one likes. Problem: entropy-unavailable. */
MUST_USE bool secret_start(struct error *err);
/* A new key. Problem: entropy-unavailable. */
MUST_USE bool secret_key_make(struct secret_key *key, struct error *err);
/* Whether the text has the form of a key, its checksum too; its id is then copied to `id`. */
MUST_USE bool secret_key_parse(struct str text, char id[SECRET_ID_LENGTH + 1]);
/* Whether the text could be the id of a key. */
bool secret_id_is_valid(struct str text);
/* Overwrites it, also where the compiler thinks that nobody looks any more. */
void secret_key_wipe(struct secret_key *key);

void secret_hash_make(struct str text, struct secret_hash *hash);
/* Takes the same time wherever the two differ. */
bool secret_hash_equal(const struct secret_hash *left, const struct secret_hash *right);

#endif
