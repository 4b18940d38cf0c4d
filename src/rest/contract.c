/* SPDX-License-Identifier: EUPL-1.2 */
#include "contract_internal.h"

#include <stdlib.h>
#include <string.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/base/builder.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/json/pointer.h"
#include "sociopoint/json/schema.h"
#include "sociopoint/json/value.h"

enum { CONTRACT_BYTES = 1024 * 1024, CONTRACT_OPERATIONS = 256, CONTRACT_POINTER = 512 };

/* What is being compiled. */
struct compiler {
    struct contract *contract;
    struct error *err;
};

static bool refuse(struct compiler *at, const char *problem, const char *pointer)
{
    return error_set(at->err, ERROR_INVALID, problem, pointer);
}

static bool no_memory(struct compiler *at)
{
    return error_set(at->err, ERROR_MEMORY, "memory-exhausted", "");
}

/* A C string in the contract's arena: `base` and a further part of the pointer. */
static const char *pointer_below(struct compiler *at, const char *base, const char *name)
{
    struct builder pointer;
    builder_init(&pointer, at->contract->arena, CONTRACT_POINTER);
    builder_append_z(&pointer, base);
    json_pointer_append(&pointer, str_from(name));
    builder_append_char(&pointer, '\0');
    return builder_failed(&pointer) ? NULL : builder_view(&pointer).data;
}

/* Follows one "$ref": *pointer and *value become what it leads to. */
static bool follow(struct compiler *at, const char **pointer, const json_t **value)
{
    struct str reference = json_member_str(*value, "$ref");
    if (!str_present(reference))
        return true;
    if (!str_starts_with(reference, STR("#/")))
        return refuse(at, "contract-reference-unknown", *pointer);
    struct str target = {reference.data + 1, reference.length - 1};
    const json_t *found = json_pointer_get(at->contract->document, target);
    if (found == NULL)
        return refuse(at, "contract-reference-unknown", *pointer);
    *pointer = arena_copy(at->contract->arena, target).data;
    *value = found;
    return *pointer != NULL || no_memory(at);
}

static struct json_schema *schema_at(struct compiler *at, const char *pointer, const char *name)
{
    const char *schema = pointer_below(at, pointer, name);
    if (schema == NULL) {
        (void)no_memory(at);
        return NULL;
    }
    return json_schema_compile(at->contract->document, schema, NULL, at->err);
}

static bool add_parameter(struct compiler *at, struct operation *operation, const char *pointer,
                          const json_t *value)
{
    if (pointer == NULL)
        return no_memory(at);
    if (!follow(at, &pointer, &value))
        return false;
    struct str place = json_member_str(value, "in");
    const char *name = json_string_value(json_object_get(value, "name"));
    bool in_path = str_equal_z(place, "path");
    if (name == NULL || (!in_path && !str_equal_z(place, "query")))
        return refuse(at, "contract-malformed", pointer);
    struct parameter *parameter = &operation->parameters[operation->parameter_count];
    *parameter = (struct parameter){
        .name = name,
        .in_path = in_path,
        .required = json_is_true(json_object_get(value, "required")),
        .schema = schema_at(at, pointer, "schema"),
    };
    if (parameter->schema == NULL)
        return false;
    operation->parameter_count++;
    return true;
}

/* The parameters of `owner`, a path item or an operation. */
static bool add_parameters(struct compiler *at, struct operation *operation, const char *pointer,
                           const json_t *owner)
{
    const json_t *list = json_object_get(owner, "parameters");
    const char *list_pointer = pointer_below(at, pointer, "parameters");
    if (list_pointer == NULL)
        return no_memory(at);
    for (size_t i = 0; i < json_array_size(list); i++) {
        char index[24];
        (void)snprintf(index, sizeof index, "%zu", i);
        if (!add_parameter(at, operation, pointer_below(at, list_pointer, index),
                           json_array_get(list, i)))
            return false;
    }
    return true;
}

static bool add_body(struct compiler *at, struct operation *operation, const char *pointer,
                     const json_t *value)
{
    const json_t *body = json_object_get(value, "requestBody");
    if (body == NULL)
        return true;
    const char *place = pointer_below(at, pointer, "requestBody");
    place = place == NULL ? NULL : pointer_below(at, place, "content");
    place = place == NULL ? NULL : pointer_below(at, place, "application/json");
    if (place == NULL)
        return no_memory(at);
    operation->body_required = json_is_true(json_object_get(body, "required"));
    operation->body = schema_at(at, place, "schema");
    return operation->body != NULL;
}

static bool known_operation(const struct contract *contract, const char *id)
{
    for (size_t i = 0; i < contract->count; i++) {
        if (strcmp(contract->operations[i].id, id) == 0)
            return true;
    }
    return false;
}

/* `pointer` is that of the path item. */
static bool add_operation(struct compiler *at, const char *template, const char *pointer,
                          const json_t *item, const char *method)
{
    struct contract *contract = at->contract;
    const json_t *value = json_object_get(item, method);
    const char *place = pointer_below(at, pointer, method);
    if (place == NULL)
        return no_memory(at);
    const char *id = json_string_value(json_object_get(value, "operationId"));
    if (id == NULL)
        return refuse(at, "contract-operation-unnamed", place);
    if (known_operation(contract, id))
        return refuse(at, "contract-operation-twice", id);
    if (contract->count == CONTRACT_OPERATIONS)
        return refuse(at, "contract-malformed", place);
    struct operation *operation = &contract->operations[contract->count++];
    *operation = (struct operation){
        .id = id,
        .method = strcmp(method, "get") == 0 ? HTTP_GET : HTTP_POST,
        .path_template = template,
    };
    size_t parameters = json_array_size(json_object_get(item, "parameters")) +
                        json_array_size(json_object_get(value, "parameters"));
    operation->parameters =
        arena_array(contract->arena, parameters + 1, sizeof *operation->parameters);
    if (operation->parameters == NULL)
        return no_memory(at);
    return add_parameters(at, operation, pointer, item) &&
           add_parameters(at, operation, place, value) && add_body(at, operation, place, value);
}

static bool add_path(struct compiler *at, const char *paths, const char *template,
                     const json_t *item)
{
    static const char *const silent[] = {"parameters", "summary", "description", "servers"};
    const char *pointer = pointer_below(at, paths, template);
    if (pointer == NULL)
        return no_memory(at);
    for (void *i = json_object_iter((json_t *)item); i != NULL;
         i = json_object_iter_next((json_t *)item, i)) {
        const char *name = json_object_iter_key(i);
        bool skipped = false;
        for (size_t k = 0; k < sizeof silent / sizeof silent[0]; k++)
            skipped = skipped || strcmp(name, silent[k]) == 0;
        if (skipped)
            continue;
        if (strcmp(name, "get") != 0 && strcmp(name, "post") != 0)
            return refuse(at, "contract-method-unsupported", pointer);
        if (!add_operation(at, template, pointer, item, name))
            return false;
    }
    return true;
}

static bool add_paths(struct compiler *at)
{
    json_t *paths = json_object_get(at->contract->document, "paths");
    if (!json_is_object(paths))
        return refuse(at, "contract-malformed", "/paths");
    const char *template;
    json_t *item;
    json_object_foreach(paths, template, item)
    {
        if (!add_path(at, "/paths", template, item))
            return false;
    }
    return true;
}

static const struct handler *handler_of(const struct handler *handlers, size_t count,
                                        const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(handlers[i].operation_id, id) == 0)
            return &handlers[i];
    }
    return NULL;
}

/* Each operation has one handler, and each handler an operation; all that fail are named. */
static bool bind(struct compiler *at, const struct handler *handlers, size_t count)
{
    struct contract *contract = at->contract;
    struct error found = {0};
    for (size_t i = 0; i < contract->count; i++) {
        struct operation *operation = &contract->operations[i];
        operation->handler = handler_of(handlers, count, operation->id);
        if (operation->handler == NULL)
            (void)error_add(&found, ERROR_INVALID, "contract-handler-missing", operation->id,
                            ERROR_ARGUMENTS(NULL));
    }
    for (size_t i = 0; i < count; i++) {
        bool twice = handler_of(handlers, i, handlers[i].operation_id) != NULL;
        if (twice || !known_operation(contract, handlers[i].operation_id))
            (void)error_add(&found, ERROR_INVALID, "contract-handler-surplus",
                            handlers[i].operation_id, ERROR_ARGUMENTS(NULL));
    }
    if (found.problem_count == 0)
        return true;
    *at->err = found;
    return false;
}

static struct contract *contract_new(struct str yaml, struct error *err)
{
    struct config_yaml *text CLEANUP(config_yaml_freep) =
        config_yaml_parse(yaml, "api/openapi.yaml", CONFIG_YAML_DEPTH_MAXIMUM, err);
    if (text == NULL)
        return NULL;
    struct contract *contract = calloc(1, sizeof *contract);
    if (contract == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    contract->document = json_incref(config_yaml_value(text));
    contract->arena = arena_new(CONTRACT_BYTES);
    if (contract->arena != NULL)
        contract->operations =
            arena_array(contract->arena, CONTRACT_OPERATIONS, sizeof *contract->operations);
    if (contract->operations != NULL)
        return contract;
    contract_free(contract);
    (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    return NULL;
}

struct contract *contract_compile(struct str yaml, const struct handler *handlers,
                                  size_t handler_count, struct error *err)
{
    struct contract *contract = contract_new(yaml, err);
    if (contract == NULL)
        return NULL;
    struct compiler at = {.contract = contract, .err = err};
    if (add_paths(&at) && bind(&at, handlers, handler_count))
        return contract;
    contract_free(contract);
    return NULL;
}

void contract_free(struct contract *contract)
{
    if (contract == NULL)
        return;
    for (size_t i = 0; i < contract->count; i++) {
        struct operation *operation = &contract->operations[i];
        for (size_t k = 0; k < operation->parameter_count; k++)
            json_schema_free(operation->parameters[k].schema);
        json_schema_free(operation->body);
    }
    json_decref(contract->document);
    arena_free(contract->arena);
    free(contract);
}

void contract_freep(struct contract **contract)
{
    contract_free(*contract);
}
