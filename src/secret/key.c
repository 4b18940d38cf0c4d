/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/secret/key.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "checksum_internal.h"

enum { SECRET_LENGTH = 43, CHECKSUM_LENGTH = 6, LETTERS = 62 };

static const char prefix[] = "socio_";

/* Where the parts of a key begin. */
enum {
    ID_AT = sizeof prefix - 1,
    SECRET_AT = ID_AT + SECRET_ID_LENGTH + 1,
    CHECKSUM_AT = SECRET_AT + SECRET_LENGTH
};

_Static_assert(CHECKSUM_AT + CHECKSUM_LENGTH == SECRET_KEY_LENGTH, "the parts make the whole");

static const char letters[LETTERS + 1] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

static bool is_letter(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

static bool all_letters(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(text[i]))
            return false;
    }
    return true;
}

static void draw(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        text[i] = letters[randombytes_uniform(LETTERS)];
}

/* The checksum of what stands before it. */
static void write_checksum(const char *key, char checksum[CHECKSUM_LENGTH])
{
    uint32_t rest = checksum_crc32((struct str){key, CHECKSUM_AT});
    for (size_t i = CHECKSUM_LENGTH; i > 0; i--, rest /= LETTERS)
        checksum[i - 1] = letters[rest % LETTERS];
}

bool secret_start(struct error *err)
{
    return sodium_init() >= 0 || error_set(err, ERROR_UNAVAILABLE, "entropy-unavailable", "");
}

bool secret_key_make(struct secret_key *key, struct error *err)
{
    if (!secret_start(err))
        return false;
    memcpy(key->text, prefix, ID_AT);
    draw(key->text + ID_AT, SECRET_ID_LENGTH);
    key->text[SECRET_AT - 1] = '_';
    draw(key->text + SECRET_AT, SECRET_LENGTH);
    write_checksum(key->text, key->text + CHECKSUM_AT);
    key->text[SECRET_KEY_LENGTH] = '\0';
    memcpy(key->id, key->text + ID_AT, SECRET_ID_LENGTH);
    key->id[SECRET_ID_LENGTH] = '\0';
    return true;
}

bool secret_key_parse(struct str text, char id[SECRET_ID_LENGTH + 1])
{
    char checksum[CHECKSUM_LENGTH];
    if (text.length != SECRET_KEY_LENGTH || memcmp(text.data, prefix, ID_AT) != 0 ||
        !all_letters(text.data + ID_AT, SECRET_ID_LENGTH) || text.data[SECRET_AT - 1] != '_' ||
        !all_letters(text.data + SECRET_AT, SECRET_KEY_LENGTH - SECRET_AT))
        return false;
    write_checksum(text.data, checksum);
    if (memcmp(text.data + CHECKSUM_AT, checksum, CHECKSUM_LENGTH) != 0)
        return false;
    memcpy(id, text.data + ID_AT, SECRET_ID_LENGTH);
    id[SECRET_ID_LENGTH] = '\0';
    return true;
}

bool secret_id_is_valid(struct str text)
{
    return text.length == SECRET_ID_LENGTH && all_letters(text.data, text.length);
}

void secret_key_wipe(struct secret_key *key)
{
    sodium_memzero(key, sizeof *key);
}

void secret_hash_make(struct str text, struct secret_hash *hash)
{
    /* Fails for impossible lengths of hash and key alone. */
    (void)crypto_generichash(hash->bytes, sizeof hash->bytes, (const unsigned char *)text.data,
                             text.length, NULL, 0);
}

bool secret_hash_equal(const struct secret_hash *left, const struct secret_hash *right)
{
    return sodium_memcmp(left->bytes, right->bytes, sizeof left->bytes) == 0;
}
