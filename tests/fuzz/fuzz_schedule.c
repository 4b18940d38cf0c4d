/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: domain
 * Opening schedules: the first 8 bytes are the moment asked for, then lines "<member>=<text>"; an
 * empty line ends a schedule, "from=", "to=" and "for=" make a closure.
 */
#include "fuzz/fuzz.h"

#include "sociopoint/domain/opening_schedule.h"

/* From 1970 into the 30th century. */
#define MOMENT_MAXIMUM INT64_C(31000000000000)

struct reading {
    struct opening_draft draft;
    struct opening_schedule schedule;
    struct opening_closed_dates closed;
    bool has_schedule;
    bool has_closure;
};

static void finish(struct reading *reading)
{
    struct error err = {.code = ERROR_NONE};
    if (reading->has_schedule && !opening_draft_schedule(&reading->draft, &reading->schedule, &err))
        fuzz_failed(&err);
    if (reading->has_closure && !opening_draft_closure(&reading->draft, &reading->closed, &err))
        fuzz_failed(&err);
    reading->schedule = (struct opening_schedule){.interval = 0};
    reading->closed = (struct opening_closed_dates){.text = {NULL, 0}};
    reading->has_schedule = false;
    reading->has_closure = false;
}

static int64_t number_of(struct str text)
{
    uint64_t number = 0;
    bool negative = text.length > 0 && text.data[0] == '-';
    if (negative)
        text = (struct str){text.data + 1, text.length - 1};
    if (!str_to_uint(text, INT64_MAX, &number))
        return 0;
    return negative ? -(int64_t)number : (int64_t)number;
}

static void take(struct reading *reading, struct str name, struct str value)
{
    struct str *text = opening_schedule_text(&reading->schedule, name);
    struct str *closed = str_equal_z(name, "from")  ? &reading->closed.valid_from
                         : str_equal_z(name, "to")  ? &reading->closed.valid_to
                         : str_equal_z(name, "for") ? &reading->closed.purpose
                                                    : NULL;
    if (closed != NULL) {
        *closed = value;
        reading->has_closure = true;
        return;
    }
    reading->has_schedule = true;
    if (text != NULL)
        *text = value;
    else if (str_equal_z(name, "interval"))
        reading->schedule.interval = number_of(value);
    else if (str_equal_z(name, "count"))
        reading->schedule.count = number_of(value);
    else if (str_equal_z(name, "replaces"))
        reading->schedule.replaces = true;
    else if (str_equal_z(name, "by_appointment"))
        reading->schedule.by_appointment = true;
}

static void ask(const struct opening_hours *hours, int64_t at_ms)
{
    struct opening_moment moment;
    opening_moment_init(&moment, at_ms);
    for (int purpose = 0; purpose < OPENING_PURPOSE_COUNT; purpose++) {
        const struct opening_question question = {
            .service = hours, .purpose = (enum opening_purpose)purpose, .moment = &moment};
        struct opening_answer answer;
        opening_evaluate(&question, &answer);
        FUZZ_REQUIRE(answer.walk_in.state == opening_state_at(&question));
        FUZZ_REQUIRE(answer.cause < OPENING_CAUSE_COUNT);
        FUZZ_REQUIRE(!answer.walk_in.has_next || answer.walk_in.next.utc_ms > at_ms);
        FUZZ_REQUIRE(!answer.walk_in.has_until || answer.walk_in.until.utc_ms > at_ms);
        FUZZ_REQUIRE(!answer.appointment.has_until || answer.appointment.until.utc_ms > at_ms);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct reading reading;
    uint64_t at = 0;
    if (size < sizeof at)
        return 0;
    memcpy(&at, data, sizeof at);
    reading = (struct reading){.has_schedule = false};
    struct str text = fuzz_str(data + sizeof at, size - sizeof at);
    bool more = true;
    while (more) {
        struct str line = text;
        struct str name;
        struct str value;
        more = str_cut(text, '\n', &line, &text);
        if (str_cut(line, '=', &name, &value))
            take(&reading, name, value);
        else
            finish(&reading);
    }
    finish(&reading);
    const struct opening_hours hours = opening_draft_hours(&reading.draft);
    ask(&hours, (int64_t)(at % (uint64_t)MOMENT_MAXIMUM));
    return 0;
}
