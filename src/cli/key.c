/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "command_internal.h"

#include "sociopoint/base/clock.h"
#include "sociopoint/secret/key.h"
#include "sociopoint/store/key.h"
#include "sociopoint/store/store.h"

enum { DAYS_USUAL = 365, DATE_LENGTH = 10 };

static int wrong_use(const char *what)
{
    (void)fprintf(stderr, "sociopoint: %s\n", what);
    return EXIT_USAGE;
}

/* "2027-11-25" */
static const char *date_of(int64_t wall_ms, char text[CLOCK_TEXT_SIZE])
{
    clock_format_utc(wall_ms, text);
    text[DATE_LENGTH] = '\0';
    return text;
}

/* --- key add --- */

/* Whose the key is; false when the options name nobody, or more than one. */
static bool take_owner(const struct options *options, struct store_key_draft *draft)
{
    int named = (options->organization != NULL) + (options->municipality != NULL) +
                (options->professional ? 1 : 0);
    draft->role = options->organization != NULL   ? STORE_KEY_ORGANIZATION
                  : options->municipality != NULL ? STORE_KEY_EDITOR
                                                  : STORE_KEY_PROFESSIONAL;
    draft->owner = options->organization != NULL ? options->organization : options->municipality;
    return named == 1;
}

static bool take_days(const struct options *options, struct store_key_draft *draft)
{
    uint64_t days = DAYS_USUAL;
    bool read = options->days == NULL ||
                str_to_uint(str_from(options->days), STORE_KEY_DAYS_MAXIMUM, &days);
    draft->days = (int)days;
    return read && days > 0;
}

/* Its characters, as the database counts them. */
static size_t length_of(const char *label)
{
    size_t length = 0;
    for (const char *at = label; *at != '\0'; at++)
        length += ((unsigned char)*at & 0xC0) != 0x80 ? 1 : 0;
    return length;
}

static bool take_label(const struct options *options, struct store_key_draft *draft)
{
    draft->label = options->label == NULL ? "" : options->label;
    return draft->label[0] != '\0' && length_of(draft->label) <= STORE_KEY_LABEL_MAXIMUM;
}

/* The key alone goes to standard output, past every buffer, so that it can be piped on. */
static bool print_key(const struct secret_key *key)
{
    (void)setvbuf(stdout, NULL, _IONBF, 0);
    return printf("%s\n", key->text) > 0;
}

static int keep_and_print(struct store *store, struct store_key_draft *draft,
                          const struct secret_key *key)
{
    char date[CLOCK_TEXT_SIZE];
    struct secret_hash hash;
    struct error err;
    int64_t expires_at_ms;
    secret_hash_make(str_from(key->text), &hash);
    draft->id = key->id;
    draft->hash = hash.bytes;
    if (!store_key_add(store, draft, &expires_at_ms, &err))
        return report_error(&err);
    (void)fprintf(stderr,
                  "key %s is good until %s; this is the only time it is shown, hand it over by a "
                  "safe way\n",
                  key->id, date_of(expires_at_ms, date));
    if (print_key(key))
        return EXIT_GOOD;
    (void)fprintf(stderr, "sociopoint: the key could not be printed; revoke it\n");
    return EXIT_FAILED;
}

static int add(const struct options *options, struct store *store)
{
    struct store_key_draft draft = {.id = NULL};
    struct secret_key key;
    struct error err;
    if (!take_owner(options, &draft))
        return wrong_use("key add needs one of --organization, --municipality, --professional");
    if (!take_label(options, &draft))
        return wrong_use("key add needs --label, at most 100 characters, to tell who has the key");
    if (!take_days(options, &draft))
        return wrong_use("--days is a number from 1 to 400");
    if (!secret_key_make(&key, &err))
        return report_error(&err);
    int status = keep_and_print(store, &draft, &key);
    secret_key_wipe(&key);
    return status;
}

/* --- key list --- */

static void print_row(void *context, const struct store_key_row *row)
{
    char created[CLOCK_TEXT_SIZE];
    char expires[CLOCK_TEXT_SIZE];
    const int64_t *now_ms = context;
    const char *state = row->revoked_at_ms != 0         ? "revoked"
                        : row->expires_at_ms <= *now_ms ? "expired"
                                                        : "good";
    (void)printf("%.*s  %-12.*s  %-8s %s %s  %-24.*s  %.*s\n", STR_ARGUMENTS(row->id),
                 STR_ARGUMENTS(row->role), state, date_of(row->created_at_ms, created),
                 date_of(row->expires_at_ms, expires), STR_ARGUMENTS(row->owner),
                 STR_ARGUMENTS(row->label));
}

static int list(const struct options *options, struct store *store)
{
    struct error err;
    int64_t now_ms = clock_wall_ms();
    (void)options;
    (void)printf("%-10s  %-12s  %-8s %-10s %-10s  %-24s  %s\n", "id", "for", "state", "since",
                 "until", "of", "label");
    return store_key_list(store, print_row, &now_ms, &err) ? EXIT_GOOD : report_error(&err);
}

/* --- key revoke --- */

/* What is no id is not repeated: it may be a whole key. */
static int revoke(const struct options *options, struct store *store)
{
    struct error err;
    bool changed;
    const char *id = options->file_count == 2 ? options->files[1] : "";
    if (!secret_id_is_valid(str_from(id)))
        return wrong_use(
            "key revoke needs the id of a key: the 10 letters behind socio_, not more");
    if (!store_key_revoke(store, id, &changed, &err))
        return report_error(&err);
    (void)printf("key %s %s\n", id, changed ? "revoked" : "had been revoked before");
    return EXIT_GOOD;
}

static const struct {
    const char *name;
    size_t words; /* behind "key" */
    int (*run)(const struct options *options, struct store *store);
} verbs[] = {{"add", 1, add}, {"list", 1, list}, {"revoke", 2, revoke}};

static int run_verb(const struct options *options, struct store *store)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (options->file_count == verbs[i].words && strcmp(options->files[0], verbs[i].name) == 0)
            return verbs[i].run(options, store);
    }
    return wrong_use("key needs one of add, list, revoke ID");
}

int command_key(const struct options *options)
{
    struct configuration configuration;
    struct error err;
    if (!configuration_load_settings(options, &configuration, &err))
        return EXIT_CONFIGURATION;
    const struct store_settings settings = configuration_store(&configuration, STORE_ROLE_IMPORT);
    struct store *store CLEANUP(store_closep) = store_open(&settings, &err);
    int status = store == NULL ? report_error(&err) : run_verb(options, store);
    configuration_done(&configuration);
    return status;
}
