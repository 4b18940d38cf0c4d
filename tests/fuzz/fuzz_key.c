/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: directory secret store http
 * Lines "<header>:<value>": the key in Authorization, read as the server reads it and checked by a
 * ring that finds every id, but never with the secret that was sent.
 */
#include "fuzz/fuzz.h"

#include "http/authorization_internal.h"
#include "sociopoint/base/log.h"
#include "sociopoint/directory/key_ring.h"
#include "sociopoint/secret/key.h"
#include "sociopoint/store/key.h"

enum { HEADERS = 8 };

static struct key_ring *ring;
static int64_t now_ms;

static bool look_up(void *context, const char *id, struct store_key *key, bool *found,
                    struct error *err)
{
    (void)context;
    FUZZ_REQUIRE(secret_id_is_valid(str_from(id)));
    *key = (struct store_key){.expires_at_ms = INT64_MAX};
    *found = id[0] != '0';
    return id[1] != '0' || error_set(err, ERROR_UNAVAILABLE, "database-away", NULL);
}

static size_t read_headers(struct str text, struct http_field headers[HEADERS])
{
    size_t count = 0;
    while (text.length > 0 && count < HEADERS) {
        struct str line = text;
        struct str rest = {NULL, 0};
        (void)str_cut(text, '\n', &line, &rest);
        headers[count] = (struct http_field){line, {"", 0}};
        (void)str_cut(line, ':', &headers[count].name, &headers[count].value);
        count++;
        text = rest;
    }
    return count;
}

static void check(struct str text)
{
    char id[SECRET_ID_LENGTH + 1];
    uint64_t holder;
    struct key_question question = {.key = text, .now_ms = now_ms, .wall_ms = now_ms};
    bool well_formed = secret_key_parse(text, id);
    enum key_state state = key_ring_check(ring, &question, &holder);
    FUZZ_REQUIRE(state != KEY_GOOD);
    FUZZ_REQUIRE(well_formed || state == KEY_REFUSED);
    question.ask = true;
    state = key_ring_check(ring, &question, &holder);
    FUZZ_REQUIRE(state != KEY_GOOD);
    FUZZ_REQUIRE((state == KEY_UNKNOWN) == (well_formed && id[1] == '0'));
    now_ms += KEY_RING_PAUSE_MS;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_field headers[HEADERS];
    struct str key;
    if (ring == NULL) {
        struct error err = {.code = ERROR_NONE};
        const struct key_ring_options options = {.source = {look_up, NULL}};
        log_set_level(LOG_ERROR);
        ring = key_ring_new(&options, &err);
        FUZZ_REQUIRE(ring != NULL);
    }
    struct str text = fuzz_str(data, size);
    check(text);
    size_t count = read_headers(text, headers);
    if (authorization_bearer(headers, count, &key)) {
        FUZZ_REQUIRE(key.length > 0 && key.data >= text.data &&
                     key.data + key.length <= text.data + text.length);
        check(key);
    }
    return 0;
}
