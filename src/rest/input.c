/* SPDX-License-Identifier: EUPL-1.2 */
#include "input_internal.h"

#include <string.h>
#include <strings.h>

#include "contract_internal.h"
#include "exchange_internal.h"
#include "problem_internal.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/json/schema.h"

/* The texts given for a parameter, in the arena; NULL without memory. */
static const struct str *texts_of(const struct exchange *x, const struct parameter *parameter,
                                  size_t *count)
{
    const struct http_request *request = x->request;
    const struct http_field *fields =
        parameter->in_path ? request->path_parameters : request->query;
    size_t field_count = parameter->in_path ? request->path_parameter_count : request->query_count;
    struct str *texts = arena_array(x->arena, field_count + 1, sizeof *texts);
    *count = 0;
    for (size_t i = 0; texts != NULL && i < field_count; i++) {
        if (str_equal_z(fields[i].name, parameter->name))
            texts[(*count)++] = fields[i].value;
    }
    return texts;
}

static bool take_parameter(struct exchange *x, const struct parameter *parameter, struct error *err)
{
    size_t count;
    const struct str *texts = texts_of(x, parameter, &count);
    if (texts == NULL)
        return answer_no_memory(err);
    if (count == 0)
        return !parameter->required ||
               error_set(err, ERROR_MALFORMED, "parameter-missing", parameter->name);
    json_t *value CLEANUP(json_decrefp) =
        json_from_parameter(parameter->schema, parameter->name, texts, count, err);
    if (value == NULL || !json_schema_validate(parameter->schema, value, parameter->name, err))
        return false;
    return json_object_set(x->parameters, parameter->name, value) == 0 || answer_no_memory(err);
}

static bool known_parameter(const struct operation *operation, struct str name)
{
    for (size_t i = 0; i < operation->parameter_count; i++) {
        if (!operation->parameters[i].in_path && str_equal_z(name, operation->parameters[i].name))
            return true;
    }
    return false;
}

static void find_unknown(const struct exchange *x, struct error *found)
{
    for (size_t i = 0; i < x->request->query_count; i++) {
        char name[PROBLEM_POINTER_SIZE];
        if (known_parameter(x->operation, x->request->query[i].name))
            continue;
        (void)str_copy_z(x->request->query[i].name, name, sizeof name);
        (void)error_add(found, ERROR_MALFORMED, "parameter-unknown", name, ERROR_ARGUMENTS(NULL));
    }
}

bool input_parameters(struct exchange *x, struct error *err)
{
    struct error found;
    error_clear(&found);
    x->parameters = json_object();
    if (x->parameters == NULL)
        return answer_no_memory(err);
    for (size_t i = 0; i < x->operation->parameter_count; i++) {
        struct error one;
        error_clear(&one);
        if (take_parameter(x, &x->operation->parameters[i], &one))
            continue;
        if (one.code == ERROR_MEMORY) {
            *err = one;
            return false;
        }
        problems_join(&found, &one);
    }
    find_unknown(x, &found);
    if (found.problem_count == 0)
        return true;
    found.code = ERROR_MALFORMED;
    *err = found;
    return false;
}

/* application/json, with or without parameters (charset). */
static bool is_json(struct str content_type)
{
    static const char json[] = "application/json";
    size_t length = sizeof json - 1;
    struct str type = content_type;
    struct str parameters;
    (void)str_cut(content_type, ';', &type, &parameters);
    while (type.length > 0 && type.data[type.length - 1] == ' ')
        type.length--;
    return type.length == length && strncasecmp(type.data, json, length) == 0;
}

static bool parse_body(struct exchange *x, struct error *err)
{
    x->body = json_parse(x->request->body, &json_limits_request, err);
    if (x->body != NULL)
        return true;
    bool too_large = err->problem_count > 0 && strcmp(err->problems[0].code, "json-too-large") == 0;
    if (err->code == ERROR_LIMIT && !too_large)
        err->code = ERROR_MALFORMED;
    return false;
}

bool input_body(struct exchange *x, struct error *err)
{
    x->part = PART_BODY;
    if (x->operation->body == NULL)
        return x->request->body.length == 0 ||
               error_set(err, ERROR_MALFORMED, "body-unexpected", "");
    if (x->request->body.length == 0)
        return !x->operation->body_required || error_set(err, ERROR_MALFORMED, "body-missing", "");
    if (!is_json(http_request_header(x->request, "Content-Type")))
        return error_set(err, ERROR_UNSUPPORTED, "body-type-unsupported", "");
    if (!parse_body(x, err))
        return false;
    if (json_schema_validate(x->operation->body, x->body, "", err))
        return true;
    if (err->code == ERROR_LIMIT)
        err->code = ERROR_INVALID;
    return false;
}
