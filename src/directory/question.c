/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/directory/question.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>

#include "sociopoint/json/value.h"
#include "sociopoint/match/question.h"

/* One question being read. */
struct reading {
    struct match_question *question;
    struct arena *arena;
    struct error *problems;
    bool exhausted;
};

/* A member of the question: how it is read, and where it goes. */
struct field {
    const char *name;
    void (*read)(struct reading *at, const struct field *field, const json_t *value);
    size_t offset;
};

static void refuse(struct reading *at, const char *code, const char *pointer, const char *argument)
{
    (void)error_add(at->problems, ERROR_INVALID, code, pointer, ERROR_ARGUMENTS(argument));
}

/* "/name", "/name/1", "/name/key" */
static const char *pointer_to(const char *name, const char *inner,
                              char pointer[PROBLEM_POINTER_SIZE])
{
    (void)snprintf(pointer, PROBLEM_POINTER_SIZE, "/%s%s%s", name, inner == NULL ? "" : "/",
                   inner == NULL ? "" : inner);
    return pointer;
}

static void refuse_type(struct reading *at, const char *name, const char *inner, const char *type)
{
    char pointer[PROBLEM_POINTER_SIZE];
    refuse(at, "schema-type", pointer_to(name, inner, pointer), type);
}

static void *target_of(const struct reading *at, const struct field *field)
{
    return (char *)at->question + field->offset;
}

static struct str copy_of(struct reading *at, const json_t *value)
{
    struct str copy = arena_copy(at->arena, json_str(value));
    at->exhausted = at->exhausted || !str_present(copy);
    return copy;
}

static void read_text(struct reading *at, const struct field *field, const json_t *value)
{
    char pointer[PROBLEM_POINTER_SIZE];
    if (!json_is_string(value))
        refuse_type(at, field->name, NULL, "string");
    else if (json_string_length(value) == 0)
        refuse(at, "schema-min-length", pointer_to(field->name, NULL, pointer), "1");
    else
        *(struct str *)target_of(at, field) = copy_of(at, value);
}

/* What somebody said: an empty text says nothing. */
static void read_words(struct reading *at, const struct field *field, const json_t *value)
{
    if (!json_is_string(value))
        refuse_type(at, field->name, NULL, "string");
    else
        *(struct str *)target_of(at, field) = copy_of(at, value);
}

/* Whether the value is an array of at most `maximum`; says what is wrong. */
static bool is_array(struct reading *at, const struct field *field, const json_t *value,
                     size_t maximum)
{
    char pointer[PROBLEM_POINTER_SIZE];
    char number[24];
    if (!json_is_array(value)) {
        refuse_type(at, field->name, NULL, "array");
        return false;
    }
    if (json_array_size(value) <= maximum)
        return true;
    (void)snprintf(number, sizeof number, "%zu", maximum);
    refuse(at, "schema-max-items", pointer_to(field->name, NULL, pointer), number);
    return false;
}

static void read_list(struct reading *at, const struct field *field, const json_t *value)
{
    struct match_list *list = target_of(at, field);
    size_t i;
    const json_t *item;
    if (!is_array(at, field, value, MATCH_LIST_MAXIMUM))
        return;
    json_array_foreach((json_t *)(uintptr_t)value, i, item)
    {
        char position[24];
        (void)snprintf(position, sizeof position, "%zu", i);
        if (json_is_string(item))
            list->items[list->count++] = copy_of(at, item);
        else
            refuse_type(at, field->name, position, "string");
    }
}

/* An integer that fits; what is out of a person's range is refused when the question is resolved. */
static bool read_int(const json_t *value, int *number)
{
    int64_t wide;
    if (!json_to_int64(value, &wide) || wide < INT_MIN || wide > INT_MAX)
        return false;
    *number = (int)wide;
    return true;
}

static void read_age(struct reading *at, const struct field *field, const json_t *value)
{
    struct match_question *question = at->question;
    int age;
    if (!read_int(value, &age))
        refuse_type(at, field->name, NULL, "integer");
    else if (question->age_count > 0)
        refuse(at, "question-age-twice", "/age", NULL);
    else
        question->ages[question->age_count++] = age;
}

static void read_ages(struct reading *at, const struct field *field, const json_t *value)
{
    struct match_question *question = at->question;
    size_t i;
    const json_t *item;
    if (!is_array(at, field, value, MATCH_AGES_MAXIMUM))
        return;
    json_array_foreach((json_t *)(uintptr_t)value, i, item)
    {
        char position[24];
        (void)snprintf(position, sizeof position, "%zu", i);
        if (!read_int(item, &question->ages[question->age_count++]))
            refuse_type(at, field->name, position, "integer");
    }
}

static void read_sex(struct reading *at, const struct field *field, const json_t *value)
{
    if (!json_is_string(value))
        refuse_type(at, field->name, NULL, "string");
    else if (str_equal_z(json_str(value), "female"))
        at->question->sex = SEX_FEMALE;
    else if (str_equal_z(json_str(value), "male"))
        at->question->sex = SEX_MALE;
    else
        refuse(at, "schema-enum", "/sex", "female, male");
}

static void read_said(struct reading *at, const struct field *field, const json_t *value)
{
    if (json_is_boolean(value))
        *(enum match_said *)target_of(at, field) = json_is_true(value) ? SAID_YES : SAID_NO;
    else
        refuse_type(at, field->name, NULL, "boolean");
}

static void read_flag(struct reading *at, const struct field *field, const json_t *value)
{
    if (json_is_boolean(value))
        *(bool *)target_of(at, field) = json_is_true(value);
    else
        refuse_type(at, field->name, NULL, "boolean");
}

static void read_circumstances(struct reading *at, const struct field *field, const json_t *value)
{
    const char *key;
    json_t *said;
    char pointer[PROBLEM_POINTER_SIZE];
    if (!json_is_object(value)) {
        refuse_type(at, field->name, NULL, "object");
        return;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, said)
    {
        enum match_circumstance circumstance;
        if (!match_circumstance_from_key(str_from(key), &circumstance))
            refuse(at, "schema-additional", pointer_to(field->name, key, pointer), key);
        else if (!json_is_boolean(said))
            refuse_type(at, field->name, key, "boolean");
        else
            at->question->circumstances[circumstance] = json_is_true(said) ? SAID_YES : SAID_NO;
    }
}

static void read_radius(struct reading *at, const struct field *field, const json_t *value)
{
    if (!read_int(value, &at->question->radius_m))
        refuse_type(at, field->name, NULL, "integer");
    else if (at->question->radius_m < 1)
        refuse(at, "schema-minimum", "/radius_m", "1");
}

static void read_latitude(struct reading *at, const struct field *field, const json_t *value)
{
    struct match_position *position = &at->question->position;
    position->has_latitude = json_is_number(value);
    position->latitude = json_number_value(value);
    if (!position->has_latitude)
        refuse_type(at, field->name, NULL, "number");
}

static void read_longitude(struct reading *at, const struct field *field, const json_t *value)
{
    struct match_position *position = &at->question->position;
    position->has_longitude = json_is_number(value);
    position->longitude = json_number_value(value);
    if (!position->has_longitude)
        refuse_type(at, field->name, NULL, "number");
}

static void read_limit(struct reading *at, const struct field *field, const json_t *value)
{
    int limit;
    if (!read_int(value, &limit))
        refuse_type(at, field->name, NULL, "integer");
    else if (limit < 1)
        refuse(at, "schema-minimum", "/limit", "1");
    else
        at->question->limit = (unsigned)limit;
}

/* `ages` stands before `age`, which is refused when there are some already. */
static const struct field fields[] = {
    {"situations", read_list, offsetof(struct match_question, situations)},
    {"text", read_words, offsetof(struct match_question, text)},
    {"municipality", read_text, offsetof(struct match_question, municipality)},
    {"district", read_text, offsetof(struct match_question, district)},
    {"locality", read_text, offsetof(struct match_question, locality)},
    {"lat", read_latitude, 0},
    {"lon", read_longitude, 0},
    {"radius_m", read_radius, 0},
    {"open_at", read_text, offsetof(struct match_question, open_at)},
    {"ages", read_ages, 0},
    {"age", read_age, 0},
    {"sex", read_sex, 0},
    {"with_children", read_said, offsetof(struct match_question, with_children)},
    {"circumstances", read_circumstances, 0},
    {"target_groups", read_list, offsetof(struct match_question, target_groups)},
    {"forms", read_list, offsetof(struct match_question, forms)},
    {"languages", read_list, offsetof(struct match_question, languages)},
    {"accessibility", read_list, offsetof(struct match_question, accessibility)},
    {"with_capacity", read_flag, offsetof(struct match_question, with_capacity)},
    {"free_of_charge", read_flag, offsetof(struct match_question, free_of_charge)},
    {"limit", read_limit, 0},
    {"language", read_text, offsetof(struct match_question, language)},
};

enum { FIELD_COUNT = sizeof fields / sizeof fields[0] };

static bool is_field(const char *name)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (str_equal_z(str_from(name), fields[i].name))
            return true;
    }
    return false;
}

static void refuse_unknown_members(struct reading *at, const json_t *json)
{
    const char *name;
    json_t *value;
    char pointer[PROBLEM_POINTER_SIZE];
    json_object_foreach((json_t *)(uintptr_t)json, name, value)
    {
        if (!is_field(name))
            refuse(at, "schema-additional", pointer_to(name, NULL, pointer), name);
    }
}

bool question_from_json(const json_t *json, struct arena *arena, struct match_question *question,
                        struct error *err)
{
    struct error problems = {0};
    struct match_question read = {.now_ms = question->now_ms};
    struct reading at = {&read, arena, &problems, false};
    if (!json_is_object(json))
        return error_set_with(err, ERROR_INVALID, "schema-type", "", ERROR_ARGUMENTS("object"));
    refuse_unknown_members(&at, json);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const json_t *value = json_object_get(json, fields[i].name);
        if (value != NULL)
            fields[i].read(&at, &fields[i], value);
    }
    if (at.exhausted)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    if (problems.problem_count > 0) {
        *err = problems;
        return false;
    }
    *question = read;
    return true;
}
