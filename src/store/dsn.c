/* SPDX-License-Identifier: EUPL-1.2 */
#include "dsn_internal.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

/* What stands once for each host, separated by commas. */
enum host_part { PART_HOST, PART_HOSTADDR, PART_PORT, PART_COUNT };

static const char *const part_keywords[PART_COUNT] = {"host", "hostaddr", "port"};

/* What a role logs in as. */
static const char *const role_users[] = {
    [STORE_ROLE_OWNER] = NULL,
    [STORE_ROLE_READ] = "socio_read",
    [STORE_ROLE_WRITE] = "socio_write",
    [STORE_ROLE_IMPORT] = "socio_import",
};

/*
 * Ours, whatever the string says: only a primary is listened on and written to, and a cut cable is
 * noticed.
 */
static const struct {
    const char *keyword;
    const char *value;
} fixed_parameters[] = {
    {"target_session_attrs", "read-write"},
    {"application_name", "sociopoint"},
    {"client_encoding", "UTF8"},
    {"keepalives_idle", "10"},
    {"keepalives_interval", "5"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "5000"},
};

enum { FIXED_COUNT = sizeof fixed_parameters / sizeof fixed_parameters[0] };

struct dsn {
    PQconninfoOption *options;
    const char *user; /* NULL: as the string or the environment says */
    size_t host_count;
    char *parts[PART_COUNT]; /* copies, cut into pieces */
    const char *pieces[PART_COUNT][DSN_HOSTS_MAXIMUM];
    size_t piece_counts[PART_COUNT];
};

static int part_of_keyword(const char *keyword)
{
    for (int part = 0; part < PART_COUNT; part++)
        if (strcmp(keyword, part_keywords[part]) == 0)
            return part;
    return PART_COUNT;
}

static bool is_fixed(const struct dsn *dsn, const char *keyword)
{
    for (size_t i = 0; i < FIXED_COUNT; i++)
        if (strcmp(keyword, fixed_parameters[i].keyword) == 0)
            return true;
    return dsn->user != NULL && strcmp(keyword, "user") == 0;
}

/* Cuts "a,b,c" in place; false when there are too many or no memory. */
static bool split_part(struct dsn *dsn, int part, const char *value)
{
    dsn->parts[part] = strdup(value);
    if (dsn->parts[part] == NULL)
        return false;
    for (char *piece = dsn->parts[part]; piece != NULL;) {
        char *comma = strchr(piece, ',');
        if (comma != NULL)
            *comma++ = '\0';
        if (dsn->piece_counts[part] == DSN_HOSTS_MAXIMUM)
            return false;
        dsn->pieces[part][dsn->piece_counts[part]++] = piece;
        piece = comma;
    }
    if (part != PART_PORT && dsn->piece_counts[part] > dsn->host_count)
        dsn->host_count = dsn->piece_counts[part];
    return true;
}

static bool split_hosts(struct dsn *dsn)
{
    size_t given = 0;
    for (const PQconninfoOption *option = dsn->options; option->keyword != NULL; option++) {
        if (option->val == NULL)
            continue;
        int part = part_of_keyword(option->keyword);
        if (part < PART_COUNT && option->val[0] != '\0' && !split_part(dsn, part, option->val))
            return false;
        given++;
    }
    if (dsn->host_count == 0)
        dsn->host_count = 1;
    return given + FIXED_COUNT + 2 < DSN_PARAMETERS_MAXIMUM;
}

struct dsn *dsn_new(const char *text, enum store_role role, struct error *err)
{
    struct dsn *dsn = calloc(1, sizeof *dsn);
    if (dsn == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", NULL);
        return NULL;
    }
    dsn->user = role_users[role];
    dsn->options = PQconninfoParse(text == NULL ? "" : text, NULL);
    if (dsn->options == NULL || !split_hosts(dsn)) {
        dsn_free(dsn);
        (void)error_set(err, ERROR_INVALID, "database-dsn", NULL);
        return NULL;
    }
    return dsn;
}

void dsn_free(struct dsn *dsn)
{
    if (dsn == NULL)
        return;
    PQconninfoFree(dsn->options);
    for (int part = 0; part < PART_COUNT; part++)
        free(dsn->parts[part]);
    free(dsn);
}

size_t dsn_host_count(const struct dsn *dsn)
{
    return dsn->host_count;
}

/* The piece for this host; a single port holds for all hosts. NULL: not given. */
static const char *piece_of(const struct dsn *dsn, int part, size_t host)
{
    if (part == PART_PORT && dsn->piece_counts[part] == 1)
        return dsn->pieces[part][0];
    return host < dsn->piece_counts[part] ? dsn->pieces[part][host] : NULL;
}

void dsn_parameters(const struct dsn *dsn, size_t host,
                    const char *keywords[DSN_PARAMETERS_MAXIMUM],
                    const char *values[DSN_PARAMETERS_MAXIMUM])
{
    size_t count = 0;
    for (const PQconninfoOption *option = dsn->options; option->keyword != NULL; option++) {
        if (option->val == NULL || is_fixed(dsn, option->keyword))
            continue;
        int part = part_of_keyword(option->keyword);
        const char *value = part < PART_COUNT ? piece_of(dsn, part, host) : option->val;
        if (value == NULL || value[0] == '\0')
            continue;
        keywords[count] = option->keyword;
        values[count++] = value;
    }
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        keywords[count] = fixed_parameters[i].keyword;
        values[count++] = fixed_parameters[i].value;
    }
    if (dsn->user != NULL) {
        keywords[count] = "user";
        values[count++] = dsn->user;
    }
    keywords[count] = NULL;
    values[count] = NULL;
}
