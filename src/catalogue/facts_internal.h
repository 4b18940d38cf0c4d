/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading the facts of a document into an entry.
 */
#ifndef SOCIOPOINT_CATALOGUE_FACTS_INTERNAL_H
#define SOCIOPOINT_CATALOGUE_FACTS_INTERNAL_H

#include <stdbool.h>

#include "packer_internal.h"
#include "sociopoint/catalogue/entry.h"

/*
 * Sets the members of `entry` that come from the facts (entry->kind is set), with everything they
 * point at in the packer's block. What has another type than expected counts as not said. False
 * when the text is not a JSON object.
 */
bool facts_pack(struct packer *packer, struct str facts, struct entry *entry);

#endif
