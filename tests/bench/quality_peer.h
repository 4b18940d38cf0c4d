/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Understanding by full-text search: one prepared statement a phrase, on one connection.
 */
#ifndef SOCIOPOINT_TESTS_BENCH_QUALITY_PEER_H
#define SOCIOPOINT_TESTS_BENCH_QUALITY_PEER_H

#include "quality/tally.h"

struct quality_peer;

/* Connects and prepares the statement of the file, which gives rows of a situation and a score. */
struct quality_peer *quality_peer_new(const char *dsn, const char *statement_path);
void quality_peer_free(struct quality_peer *peer);

/* Asks; how sure the first situation is goes to `score` (0 when there is none). The microseconds
 * from sending to the answer. */
double quality_peer_ask(struct quality_peer *peer, const struct knowledge *knowledge,
                        const char *phrase, struct answer *answer, double *score);

#endif
