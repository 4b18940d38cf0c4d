/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Making the arguments of reasons. Those that compose a text return an absent argument when the
 * arena is exhausted.
 */
#ifndef SOCIOPOINT_MATCH_ARGUMENT_INTERNAL_H
#define SOCIOPOINT_MATCH_ARGUMENT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/match/match.h"

struct match_argument argument_plain(struct str text);
struct match_argument argument_translated(const struct translated *name);
struct match_argument argument_code(const char *text_code);
struct match_argument argument_number(int number, struct arena *arena);
bool argument_present(const struct match_argument *argument);

/* A list of names under construction: "Jílová, Hrušov". */
struct name_list {
    struct builder text;
    size_t count;
};

void name_list_init(struct name_list *list, struct arena *arena);
/* From the sixth on names are left out and an ellipsis stands for them. */
void name_list_add(struct name_list *list, struct str name);
struct match_argument name_list_argument(const struct name_list *list);

#endif
