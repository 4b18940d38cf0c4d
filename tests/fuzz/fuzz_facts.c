/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: catalogue
 * The facts of a document, from the database or the state file: the first byte is the kind, the
 * rest the JSON. What has been read is indexed, and its hours and times are asked for.
 */
#include "fuzz/assertions.h"

#include "support/catalogue_rows.h"

#include "sociopoint/domain/opening_hours.h"

static const int64_t moments[] = {0, 1795000000000, 1798092000000, 1774746000000, 4102444800000};

enum { MOMENTS = sizeof moments / sizeof moments[0] };

static void ask_hours(const struct opening_hours *place, const struct opening_hours *service)
{
    for (size_t i = 0; i < MOMENTS * OPENING_PURPOSE_COUNT; i++) {
        struct opening_moment moment;
        opening_moment_init(&moment, moments[i / OPENING_PURPOSE_COUNT]);
        const struct opening_question question = {
            .place = place,
            .service = service,
            .purpose = (enum opening_purpose)(i % OPENING_PURPOSE_COUNT),
            .moment = &moment,
        };
        struct opening_answer answer;
        opening_evaluate(&question, &answer);
        FUZZ_REQUIRE(opening_state_at(&question) == answer.walk_in.state);
    }
}

static void ask_service(const struct service_facts *facts)
{
    FUZZ_REQUIRE(facts->hours == NULL || facts->hours->rule_count <= OPENING_RULES_MAXIMUM);
    ask_hours(NULL, facts->hours);
    for (size_t i = 0; i < facts->place_count && i < 3; i++)
        ask_hours(facts->places[i].hours, facts->hours);
}

static void ask_event(const struct event_facts *facts)
{
    for (size_t i = 0; i < MOMENTS; i++) {
        struct occurrence occurrence;
        int32_t day = civil_time_at(moments[i]).day;
        if (happening_next(&facts->when, day, moments[i], &occurrence)) {
            FUZZ_REQUIRE(occurrence.day >= day);
            FUZZ_REQUIRE(occurrence.ends_ms > occurrence.starts_ms);
            FUZZ_REQUIRE(occurrence.ends_ms > moments[i]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct document_row row =
        rows_document(1, (enum document_kind)(data[0] % DOCUMENT_KIND_COUNT), "it", "{}");
    row.facts = fuzz_str(data + 1, size - 1);
    struct error err = {.code = ERROR_NONE};
    struct catalogue *catalogue = catalogue_new();
    FUZZ_REQUIRE(catalogue != NULL);
    if (!catalogue_apply(catalogue, &row, &err)) {
        FUZZ_REQUIRE(strcmp(err.problems[0].code, "facts-malformed") == 0);
        catalogue_free(catalogue);
        return 0;
    }
    const struct entry *entry = catalogue_find(catalogue, row.kind, &row.id);
    if (row.kind == DOCUMENT_SERVICE)
        ask_service(entry->facts.service);
    if (row.kind == DOCUMENT_EVENT)
        ask_event(entry->facts.event);
    generation_free(rows_build(catalogue));
    catalogue_free(catalogue);
    return 0;
}
