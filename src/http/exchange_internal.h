/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One request from its head to the last byte of its answer.
 */
#ifndef SOCIOPOINT_HTTP_EXCHANGE_INTERNAL_H
#define SOCIOPOINT_HTTP_EXCHANGE_INTERNAL_H

#include "server_internal.h"

struct mg_connection;

/* Serves the request that civetweb has just parsed; returns the status of its answer. */
int exchange_serve(struct http_server *server, struct worker *worker, struct mg_connection *conn);
/*
 * Whether a connection that civetweb is about to close has a request that nobody has answered:
 * civetweb parses targets that are no path ("*", "http://host/path") and then just closes.
 */
bool exchange_is_owed(const struct worker *worker, const struct mg_connection *conn);
/*
 * Answers what civetweb could not parse, with the status it would have sent. The connection is
 * closed. Nothing is read any more: civetweb's bookkeeping is not valid then.
 */
void exchange_refuse_unparsed(struct http_server *server, struct worker *worker,
                              struct mg_connection *conn, int status);

#endif
