/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How a node runs: config/settings.yaml, where each setting is explained.
 *
 * Plain values. The one who loads them may replace members (the command line does) before handing
 * them on; afterwards they are constant. Strings end in NUL and live as long as the settings.
 */
#ifndef SOCIOPOINT_CONFIG_SETTINGS_H
#define SOCIOPOINT_CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/error.h"
#include "sociopoint/config/report.h"

struct settings_database {
    const char *dsn;            /* libpq's connection string, without user; "" when not set */
    unsigned pool;              /* connections */
    int64_t acquire_timeout_ms; /* longest wait for a free one */
    int64_t connect_timeout_ms;
    int64_t statement_timeout_ms;
};

struct settings_limits {
    unsigned at_once; /* requests worked on at the same time */
    size_t body_bytes;
    int64_t request_ms; /* from the first byte of the body to the answer */
    int64_t write_ms;   /* until the client has taken the answer */
    int64_t drain_ms;   /* requests under way may take so long at the end */
};

/* Requests a minute of one client or with one key; 0: no limit. */
struct settings_rate_limits {
    unsigned public_per_minute;
    unsigned office_per_minute;
    unsigned key_per_minute;
    unsigned unknown_keys_per_minute; /* of one client: keys that the node does not know */
    const char *const *offices;       /* addresses or networks whose requests count by the second */
    size_t office_count;
};

/* How long a node believes what it has looked up of a key. */
struct settings_keys {
    int64_t recheck_ms; /* then it is looked up again, */
    int64_t grace_ms;   /* and while the database is away believed so much longer */
};

/* Who publishes the data, as the root document of the API says. */
struct settings_publisher {
    const char *name;
    const char *identifier; /* "" when not set, as the following */
    const char *email;
    const char *website;
};

struct settings {
    const char *const *listen; /* "127.0.0.1:8080" */
    size_t listen_count;
    bool trusted_proxy;         /* the proxy in front forwards nothing ambiguous */
    const char *const *proxies; /* addresses or networks whose X-Forwarded-For is believed */
    size_t proxy_count;
    unsigned threads;
    const char *state_dir; /* "" when not set: no state file */
    struct settings_database database;
    struct settings_limits limits;
    struct settings_rate_limits rate_limits;
    struct settings_keys keys;
    struct settings_publisher publisher;
    const char
        *public_url; /* as the world sees the node, without a slash at the end; "" when not set */
    const char *security_contact; /* a URI for security.txt; "" when not set */
    struct arena *arena;          /* where the strings live */
};

/*
 * Reads `path` and holds it against the schema `schema_path`. What the file does not say has its
 * default. `report` may be NULL. NULL with the first problems in *err, each as "<path>:<line>
 * <JSON pointer>".
 */
struct settings *config_settings_load(const char *path, const char *schema_path,
                                      const struct config_report *report, struct error *err);
void settings_free(struct settings *settings);
/* For CLEANUP. */
void settings_freep(struct settings **settings);

#endif
