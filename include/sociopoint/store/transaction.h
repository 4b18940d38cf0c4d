/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A transaction with a scope, and the named writes it may consist of.
 *
 * The scope says whose rows exist for the transaction: "all" (import), "org:<uuid>" or
 * "city:<key>"; the database refuses to be read without one. A transaction belongs to one thread.
 * Ending it without a commit rolls back. After a failure nothing but store_tx_end may be called.
 * The JSON of a record is the import record with "id" and, where they apply, "organization_id",
 * "service_id" and "location_id" (of an event), "location_ids" and "service_at_location_ids" (same
 * order) and "municipality" (of the file) added; terms are named by key. What a record leaves out
 * is removed from the listing.
 *
 * Errors: ERROR_INVALID and ERROR_CONFLICT with the codes of store/problems.h and a pointer into
 * the record; ERROR_UNAVAILABLE when the database is away, busy or slow (nothing has been written,
 * except that after a lost commit, "database-commit-unknown", it may have been).
 */
#ifndef SOCIOPOINT_STORE_TRANSACTION_H
#define SOCIOPOINT_STORE_TRANSACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "sociopoint/base/attribute.h"
#include "sociopoint/base/error.h"
#include "sociopoint/store/store.h"

struct store_tx;

/* Waits at most the store's wait_ms for a connection; NULL on failure. */
struct store_tx *store_tx_begin(struct store *store, const char *scope, struct error *err);
MUST_USE bool store_tx_commit(struct store_tx *tx, struct error *err);
/* Rolls back what was not committed and gives the connection back. Accepts NULL. */
void store_tx_end(struct store_tx *tx);
/* For CLEANUP. */
void store_tx_endp(struct store_tx **tx);

/*
 * Each sets `*changed` to whether the record differs from what was stored; one that does not
 * touches nothing.
 *
 * put_area names a piece of the country, so that documents can carry names beside codes:
 *   {"code": "district:ostrava/poruba", "name": "Poruba", "part_of"?: "municipality:ostrava"}
 * A municipality's part_of is its region ("region:moravskoslezsky"); the country and its regions
 * are there from the start. put_term takes a taxonomy {"id", "key", "name", "description"} or, with
 * "taxonomy": "<its key>", a term {"id", "taxonomy", "key", "name", "description", "parent"?:
 * "<key>", "section"?: "57"}.
 */
MUST_USE bool store_put_area(struct store_tx *tx, const char *json, bool *changed,
                             struct error *err);
MUST_USE bool store_put_term(struct store_tx *tx, const char *json, bool *changed,
                             struct error *err);
MUST_USE bool store_put_organization(struct store_tx *tx, const char *json, bool *changed,
                                     struct error *err);
MUST_USE bool store_put_location(struct store_tx *tx, const char *json, bool *changed,
                                 struct error *err);
MUST_USE bool store_put_service(struct store_tx *tx, const char *json, bool *changed,
                                struct error *err);
MUST_USE bool store_put_event(struct store_tx *tx, const char *json, bool *changed,
                              struct error *err);
/*
 * Removes a record; `*changed` is false when there is none. Conflict "listing-in-use" while others
 * need it. Removing a service removes its services at locations too.
 */
MUST_USE bool store_remove(struct store_tx *tx, enum store_kind kind, const struct uuid *id,
                           bool *changed, struct error *err);

/* What is to be published: a record that was put or removed. */
struct store_record_key {
    enum store_kind kind;
    struct uuid id;
};

/*
 * Publishes the records and everything that embeds them, as the last statement before the commit:
 * from here to the commit this transaction holds the publishing lock. At most STORE_PUBLISH_MAXIMUM
 * keys. `*written` is the number of documents that changed; what more than 200 documents embed is
 * left to store_publish_due.
 */
MUST_USE bool store_publish(struct store_tx *tx, const struct store_record_key *keys, size_t count,
                            int *written, struct error *err);

#endif
