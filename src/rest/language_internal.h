/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which language to answer in.
 */
#ifndef SOCIOPOINT_REST_LANGUAGE_INTERNAL_H
#define SOCIOPOINT_REST_LANGUAGE_INTERNAL_H

#include "sociopoint/base/str.h"
#include "sociopoint/domain/language.h"

/*
 * The best of our languages for an Accept-Language header (RFC 9110 section 12.5.4): the highest
 * weight wins, then the first. Czech where none of ours is asked for, and for "*". What cannot be
 * read is passed over.
 */
enum language language_negotiate(struct str accept_language);

#endif
