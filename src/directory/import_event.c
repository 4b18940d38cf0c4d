/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether the times of an event record can be.
 */
#include <stdlib.h>

#include "import_internal.h"
#include "sociopoint/domain/event_facts.h"
#include "sociopoint/json/value.h"

enum { EXCEPT_MAXIMUM = 400 }; /* as in the schema */

bool import_event_times(const json_t *event, const char **member)
{
    const json_t *rule = json_object_get(event, "rrule");
    const json_t *except = json_object_get(rule, "except");
    size_t count =
        json_array_size(except) < EXCEPT_MAXIMUM ? json_array_size(except) : EXCEPT_MAXIMUM;
    struct str *days = calloc(count + 1, sizeof *days);
    int32_t *numbers = calloc(count + 1, sizeof *numbers);
    int64_t interval = 1;
    struct happening when;
    *member = NULL;
    bool good = days != NULL && numbers != NULL;
    for (size_t i = 0; good && i < count; i++)
        days[i] = json_str(json_array_get(except, i));
    if (!json_to_int64(json_object_get(rule, "interval"), &interval))
        interval = 1;
    const struct event_times times = {
        .starts_at = json_member_str(event, "starts_at"),
        .ends_at = json_member_str(event, "ends_at"),
        .frequency = json_member_str(rule, "freq"),
        .byday = json_member_str(rule, "byday"),
        .until = json_member_str(rule, "until"),
        .interval = (int32_t)interval,
        .except = days,
        .except_count = count,
    };
    if (good && event_times_read(&times, numbers, &when, member))
        *member = NULL;
    free(days);
    free(numbers);
    return good;
}
