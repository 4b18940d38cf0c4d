/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A connection string, taken apart once: one set of libpq parameters for each host.
 *
 * libpq's own walk over several hosts has no time limit for each of them when it is used
 * asynchronously, so one dead host would eat the whole deadline; connection.c therefore tries them
 * one by one.
 */
#ifndef SOCIOPOINT_STORE_DSN_INTERNAL_H
#define SOCIOPOINT_STORE_DSN_INTERNAL_H

#include <stddef.h>

#include "sociopoint/base/error.h"
#include "sociopoint/store/store.h"

enum { DSN_HOSTS_MAXIMUM = 8, DSN_PARAMETERS_MAXIMUM = 64 };

struct dsn;

/* Fails with database-dsn. */
struct dsn *dsn_new(const char *text, enum store_role role, struct error *err);
void dsn_free(struct dsn *dsn);
size_t dsn_host_count(const struct dsn *dsn);
/* The NULL-terminated arrays of PQconnectStartParams for one host; they look into the dsn. */
void dsn_parameters(const struct dsn *dsn, size_t host,
                    const char *keywords[DSN_PARAMETERS_MAXIMUM],
                    const char *values[DSN_PARAMETERS_MAXIMUM]);

#endif
