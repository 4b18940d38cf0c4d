/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/http/request.h"

#include "field_internal.h"

static const char *const method_names[HTTP_METHOD_COUNT] = {
    [HTTP_GET] = "GET",         [HTTP_HEAD] = "HEAD",   [HTTP_POST] = "POST",
    [HTTP_PUT] = "PUT",         [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE",
    [HTTP_OPTIONS] = "OPTIONS",
};

const char *http_method_name(enum http_method method)
{
    return method_names[method];
}

bool http_method_from_text(struct str text, enum http_method *method)
{
    for (int i = 0; i < HTTP_METHOD_COUNT; i++) {
        if (str_equal_z(text, method_names[i])) {
            *method = (enum http_method)i;
            return true;
        }
    }
    return false;
}

struct str http_request_header(const struct http_request *request, const char *name)
{
    const struct http_field *field = field_find(request->headers, request->header_count, name);
    return field == NULL ? (struct str){NULL, 0} : field->value;
}

/* Parameter names, unlike header names, differ by case. */
static struct str value_of(const struct http_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal_z(fields[i].name, name))
            return fields[i].value;
    }
    return (struct str){NULL, 0};
}

struct str http_request_query(const struct http_request *request, const char *name)
{
    return value_of(request->query, request->query_count, name);
}

struct str http_request_path_parameter(const struct http_request *request, const char *name)
{
    return value_of(request->path_parameters, request->path_parameter_count, name);
}
