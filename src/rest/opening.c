/* SPDX-License-Identifier: EUPL-1.2 */
#include "opening_internal.h"

#include "sociopoint/match/match.h"
#include "write_internal.h"

void opening_write_time(struct builder *out, const char *name, const struct civil_time *time)
{
    char text[CIVIL_TIME_TEXT_SIZE];
    write_plain(out, name, str_from(civil_time_format(time, text)));
}

void opening_write(const struct texts *texts, enum language language,
                   const struct match_opening *opening, struct builder *out)
{
    write_object(out, "opening");
    write_text_z(out, "state", opening_state_key(opening->state));
    write_flag(out, "by_appointment", opening->by_appointment);
    write_text_z(out, "cause", opening_cause_key(opening->cause));
    if (opening->has_closes_at)
        opening_write_time(out, "closes_at", &opening->closes_at);
    if (opening->has_opens_next)
        opening_write_time(out, "opens_next", &opening->opens_next);
    write_text_begin(out, "text");
    match_sentence_append_escaped(texts, language, opening->code, opening->arguments, out);
    write_text_end(out);
    write_object_end(out);
}
