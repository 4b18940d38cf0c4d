/* SPDX-License-Identifier: EUPL-1.2 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <check.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../src/secret/checksum_internal.h"
#include "sociopoint/secret/key.h"
#include "support/run.h"

/* --- Hash and checksum against what others have published --- */

static const struct {
    const char *text;
    const char *hash; /* BLAKE2b-256 */
} hashes[] = {
    {"", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"},
    {"abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"},
    {"The quick brown fox jumps over the lazy dog",
     "01718cec35cd3d796dd00020e0bfecb473ad23457d063b75eff29c0ffa2e58a9"},
};

START_TEST(test_hash_vectors)
{
    struct secret_hash hash;
    char text[2 * SECRET_HASH_SIZE + 1];
    secret_hash_make(str_from(hashes[_i].text), &hash);
    for (size_t i = 0; i < SECRET_HASH_SIZE; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", hash.bytes[i]);
    ck_assert_str_eq(text, hashes[_i].hash);
}
END_TEST

START_TEST(test_hash_equal)
{
    struct secret_hash hash;
    secret_hash_make(STR("abc"), &hash);
    for (size_t i = 0; i < SECRET_HASH_SIZE; i++) {
        struct secret_hash other = hash;
        ck_assert(secret_hash_equal(&hash, &other));
        other.bytes[i] ^= 1;
        ck_assert(!secret_hash_equal(&hash, &other));
    }
}
END_TEST

/* The check value of the catalogue of parametrised CRC algorithms, and what RFC 1952 calls CRC-32. */
START_TEST(test_checksum_vectors)
{
    ck_assert_uint_eq(checksum_crc32(STR("123456789")), 0xCBF43926);
    ck_assert_uint_eq(checksum_crc32(STR("")), 0);
    ck_assert_uint_eq(checksum_crc32(STR("The quick brown fox jumps over the lazy dog")),
                      0x414FA339);
}
END_TEST

/* --- Keys --- */

static bool entropy_fails;

/* Stands before the library's own, so that it can fail. */
int sodium_init(void);
int sodium_init(void)
{
    int (*below)(void) = NULL;
    void *symbol = dlsym(RTLD_NEXT, "sodium_init");
    memcpy(&below, &symbol, sizeof below);
    return entropy_fails ? -1 : below();
}

START_TEST(test_key_without_entropy)
{
    struct secret_key key;
    struct error err = {.code = ERROR_NONE};
    entropy_fails = true;
    ck_assert(!secret_key_make(&key, &err));
    ck_assert_int_eq(err.code, ERROR_UNAVAILABLE);
    ck_assert_str_eq(err.problems[0].code, "entropy-unavailable");
    ck_assert(!secret_start(&err));
    entropy_fails = false;
    ck_assert(secret_start(&err));
}
END_TEST

static struct secret_key made(void)
{
    struct secret_key key;
    struct error err = {.code = ERROR_NONE};
    ck_assert(secret_key_make(&key, &err));
    return key;
}

START_TEST(test_key_round_trip)
{
    char id[SECRET_ID_LENGTH + 1];
    for (int i = 0; i < 1000; i++) {
        struct secret_key key = made();
        ck_assert_uint_eq(strlen(key.text), SECRET_KEY_LENGTH);
        ck_assert(strncmp(key.text, "socio_", 6) == 0);
        ck_assert(secret_key_parse(str_from(key.text), id));
        ck_assert_str_eq(id, key.id);
        ck_assert(secret_id_is_valid(str_from(id)));
    }
}
END_TEST

/* Made once, to show that the form stays as it was handed out. */
static const char known[] = "socio_0123456789_"
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq41X1Nw";

START_TEST(test_key_form_is_kept)
{
    char id[SECRET_ID_LENGTH + 1];
    ck_assert(secret_key_parse(str_from(known), id));
    ck_assert_str_eq(id, "0123456789");
}
END_TEST

/* Each letter at each place is drawn about equally often: 62 letters, 43 places, 20,000 keys. */
START_TEST(test_key_letters_are_even)
{
    enum { KEYS = 20000, FIRST = 17, PLACES = 43 };
    static unsigned counts[PLACES][128];
    for (int i = 0; i < KEYS; i++) {
        struct secret_key key = made();
        for (size_t place = 0; place < PLACES; place++)
            counts[place][(unsigned char)key.text[FIRST + place]]++;
    }
    for (size_t place = 0; place < PLACES; place++) {
        for (int byte = 0; byte < 128; byte++) {
            bool letter = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                          (byte >= 'a' && byte <= 'z');
            /* 322 on the average with a deviation of 18; nine deviations do not happen. */
            ck_assert_uint_ge(counts[place][byte], letter ? 160 : 0);
            ck_assert_uint_le(counts[place][byte], letter ? 485 : 0);
        }
    }
}
END_TEST

/* One wrong letter, and two neighbours exchanged, anywhere. */
START_TEST(test_key_typos)
{
    char id[SECRET_ID_LENGTH + 1];
    for (size_t place = 0; place < SECRET_KEY_LENGTH; place++) {
        char text[sizeof known];
        memcpy(text, known, sizeof text);
        text[place] = text[place] == 'x' ? 'y' : 'x';
        ck_assert(!secret_key_parse(str_from(text), id));
        memcpy(text, known, sizeof text);
        if (place == 0 || text[place] == text[place - 1])
            continue;
        text[place] = known[place - 1];
        text[place - 1] = known[place];
        ck_assert(!secret_key_parse(str_from(text), id));
    }
}
END_TEST

static const struct str no_keys[] = {
    STR_CONSTANT(""),
    STR_CONSTANT("socio_"),
    STR_CONSTANT("socio_0123456789_"),
    STR_CONSTANT("0123456789"),
    STR_CONSTANT(" socio_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq41X1Nw"),
    STR_CONSTANT("socio_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq41X1Nw "),
    STR_CONSTANT("SOCIO_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq41X1Nw"),
    STR_CONSTANT("socio-0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq41X1Nw"),
    STR_CONSTANT("socio_01234567\x00"
                 "9_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq41X1Nw"),
    STR_CONSTANT("socio_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl\xC3\xA1opq41X1Nw"),
    STR_CONSTANT("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
                 "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
                 "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
                 "\xFF\xFF\xFF\xFF\xFF\xFF"),
};

START_TEST(test_key_refuses)
{
    char id[SECRET_ID_LENGTH + 1];
    ck_assert(!secret_key_parse(no_keys[_i], id));
}
END_TEST

START_TEST(test_key_ids)
{
    ck_assert(secret_id_is_valid(STR("aZ09bY18cX")));
    ck_assert(!secret_id_is_valid(STR("aZ09bY18c")));
    ck_assert(!secret_id_is_valid(STR("aZ09bY18cXd")));
    ck_assert(!secret_id_is_valid(STR("aZ09bY18c_")));
    ck_assert(!secret_id_is_valid(STR("")));
}
END_TEST

START_TEST(test_key_is_wiped)
{
    static const struct secret_key nothing;
    struct secret_key key = made();
    secret_key_wipe(&key);
    ck_assert_mem_eq(&key, &nothing, sizeof key);
}
END_TEST

enum { MAKERS = 4, MADE = 500 };
static struct secret_key keys[MAKERS][MADE];

static void *make_many(void *context)
{
    struct secret_key *mine = context;
    for (int i = 0; i < MADE; i++) {
        struct error err;
        if (!secret_key_make(&mine[i], &err))
            mine[i].text[0] = '\0';
    }
    return NULL;
}

static int compare(const void *left, const void *right)
{
    return strcmp(((const struct secret_key *)left)->id, ((const struct secret_key *)right)->id);
}

/* Threads never draw the same id. */
START_TEST(test_key_threads)
{
    pthread_t threads[MAKERS];
    for (int i = 0; i < MAKERS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, make_many, keys[i]), 0);
    for (int i = 0; i < MAKERS; i++)
        pthread_join(threads[i], NULL);
    qsort(keys, MAKERS * MADE, sizeof keys[0][0], compare);
    const struct secret_key *all = &keys[0][0];
    for (int i = 1; i < MAKERS * MADE; i++)
        ck_assert_str_ne(all[i - 1].id, all[i].id);
}
END_TEST

#define COUNT_OF(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("secret/key");
    TCase *tests = tcase_create("key");
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, test_hash_vectors, 0, COUNT_OF(hashes));
    tcase_add_test(tests, test_hash_equal);
    tcase_add_test(tests, test_checksum_vectors);
    tcase_add_test(tests, test_key_without_entropy);
    tcase_add_test(tests, test_key_round_trip);
    tcase_add_test(tests, test_key_form_is_kept);
    tcase_add_test(tests, test_key_letters_are_even);
    tcase_add_test(tests, test_key_typos);
    tcase_add_loop_test(tests, test_key_refuses, 0, COUNT_OF(no_keys));
    tcase_add_test(tests, test_key_ids);
    tcase_add_test(tests, test_key_is_wiped);
    tcase_add_test(tests, test_key_threads);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
