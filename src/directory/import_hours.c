/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hours and room of a record, as far as the schema cannot tell: dates that do not exist or stand in
 * the wrong order, days that no rule of the calendar has, a unit that stands twice.
 */
#include <stdio.h>

#include "import_internal.h"

#include "sociopoint/base/moment.h"
#include "sociopoint/domain/opening_schedule.h"

/* Whose hours are looked at, and what has been read of them. */
struct hours_check {
    struct import_plan *plan;
    const struct import_record *record;
    struct opening_draft draft;
};

static struct str text_of(const json_t *json)
{
    return json == NULL ? (struct str){NULL, 0}
                        : (struct str){json_string_value(json), json_string_length(json)};
}

/* `member` is "" or begins with "/". */
static void complain(const struct hours_check *check, const char *code, const char *array,
                     size_t index, const char *member, struct str argument)
{
    struct problem problem = {.code = code};
    (void)snprintf(problem.pointer, sizeof problem.pointer, "/%s/%zu%s", array, index, member);
    (void)str_copy_z(argument, problem.argument[0], sizeof problem.argument[0]);
    import_plan_problem(check->plan, check->record, &problem);
}

static void check_schedule(struct hours_check *check, const json_t *json, size_t index)
{
    struct opening_schedule schedule = {
        .interval = json_integer_value(json_object_get(json, "interval")),
        .by_appointment = json_is_true(json_object_get(json, "by_appointment")),
        .replaces = json_is_true(json_object_get(json, "replaces")),
    };
    struct error err = {0};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)json, name, value)
    {
        struct str *text = opening_schedule_text(&schedule, str_from(name));
        if (text != NULL)
            *text = text_of(value);
    }
    if (!opening_draft_schedule(&check->draft, &schedule, &err))
        complain(check, err.problems[0].code, "schedules", index, err.problems[0].pointer,
                 str_from(err.problems[0].argument[0]));
}

/* The dates of a closure are called from and to in the file. */
static const char *closure_member(const char *pointer)
{
    if (str_equal_z(str_from(pointer), "/valid_from"))
        return "/from";
    return str_equal_z(str_from(pointer), "/valid_to") ? "/to" : pointer;
}

static void check_closure(struct hours_check *check, const json_t *json, size_t index)
{
    const struct opening_closed_dates closed = {
        .valid_from = text_of(json_object_get(json, "from")),
        .valid_to = text_of(json_object_get(json, "to")),
        .purpose = text_of(json_object_get(json, "purpose")),
    };
    struct error err = {0};
    if (!opening_draft_closure(&check->draft, &closed, &err))
        complain(check, err.problems[0].code, "closures", index,
                 closure_member(err.problems[0].pointer), str_from(err.problems[0].argument[0]));
}

static bool number_of(const json_t *json, const char *name, json_int_t *number)
{
    const json_t *value = json_object_get(json, name);
    if (value != NULL)
        *number = json_integer_value(value);
    return value != NULL;
}

/* Whether an earlier one is of the same unit. */
static bool unit_stands_before(const json_t *array, size_t index, struct str unit)
{
    for (size_t i = 0; i < index; i++) {
        if (str_equal(text_of(json_object_get(json_array_get(array, i), "unit")), unit))
            return true;
    }
    return false;
}

static void check_capacity(const struct hours_check *check, const json_t *array, size_t index)
{
    enum { DATE_LENGTH = 10 };
    const json_t *json = json_array_get(array, index);
    struct str unit = text_of(json_object_get(json, "unit"));
    struct str as_of = text_of(json_object_get(json, "as_of"));
    json_int_t available;
    json_int_t maximum;
    int64_t moment;
    if (unit_stands_before(array, index, unit))
        complain(check, "import-unit-twice", "capacities", index, "/unit", unit);
    if (number_of(json, "available", &available) && number_of(json, "maximum", &maximum) &&
        available > maximum)
        complain(check, "import-room-above-maximum", "capacities", index, "/available",
                 (struct str){NULL, 0});
    if (as_of.length >= DATE_LENGTH && !moment_from_text(as_of, &moment))
        complain(check, "schedule-date", "capacities", index, "/as_of", as_of);
}

void import_hours_check(struct import_plan *plan, const struct import_record *record)
{
    struct hours_check check = {.plan = plan, .record = record};
    const json_t *capacities = json_object_get(record->json, "capacities");
    size_t index;
    json_t *item;
    json_array_foreach(json_object_get(record->json, "schedules"), index, item)
    {
        check_schedule(&check, item, index);
    }
    json_array_foreach(json_object_get(record->json, "closures"), index, item)
    {
        check_closure(&check, item, index);
    }
    for (index = 0; index < json_array_size(capacities); index++)
        check_capacity(&check, capacities, index);
}
