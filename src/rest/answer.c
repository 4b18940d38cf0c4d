/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange_internal.h"

#include "sociopoint/catalogue/entry.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/json/value.h"

enum { TAG_MAXIMUM = 160 };

void answer_begin(const struct exchange *x, struct builder *out)
{
    builder_init(out, x->arena, ANSWER_MAXIMUM);
}

bool answer_end(struct exchange *x, const struct builder *out, struct error *err)
{
    if (builder_failed(out))
        return answer_no_memory(err);
    http_response_set(x->response, 200, STR("application/json"), builder_view(out));
    return true;
}

/* The room in front ends like a line: no comma follows it. */
void answer_begin_composed(const struct exchange *x, struct builder *out, size_t usual)
{
    builder_init(out, x->arena, HTTP_RESPONSE_HEAD_ROOM + ANSWER_MAXIMUM);
    builder_reserve(out, HTTP_RESPONSE_HEAD_ROOM + usual);
    char *room = builder_take(out, HTTP_RESPONSE_HEAD_ROOM);
    if (room != NULL)
        room[HTTP_RESPONSE_HEAD_ROOM - 1] = '\n';
}

bool answer_end_composed(struct exchange *x, const struct builder *out, struct error *err)
{
    if (builder_failed(out))
        return answer_no_memory(err);
    http_response_set_composed(x->response, 200, STR("application/json"),
                               out->data + HTTP_RESPONSE_HEAD_ROOM,
                               out->length - HTTP_RESPONSE_HEAD_ROOM);
    return true;
}

void answer_cacheable(struct exchange *x, struct str tag, const char *vary)
{
    http_response_header(x->response, "ETag", tag);
    bool search = x->request->method == HTTP_POST; /* nobody else's answer */
    struct str kept = x->request->with_key ? STR("private, max-age=30") : STR("public, max-age=30");
    http_response_header(x->response, "Cache-Control", search ? STR("no-store") : kept);
    if (vary != NULL)
        http_response_header(x->response, "Vary", str_from(vary));
}

void answer_language(struct exchange *x)
{
    http_response_header(x->response, "Content-Language", str_from(language_tag(x->language)));
}

bool answer_unchanged(struct exchange *x, struct str tag, const char *vary)
{
    if (x->request->method == HTTP_POST ||
        !tag_listed(http_request_header(x->request, "If-None-Match"), tag))
        return false;
    x->response->status = 304;
    answer_cacheable(x, tag, vary);
    return true;
}

bool answer_not_found(struct error *err)
{
    return error_set(err, ERROR_NOT_FOUND, "not-found", "");
}

bool answer_no_memory(struct error *err)
{
    return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
}

static struct str tag_built(const struct builder *tag)
{
    return builder_failed(tag) ? (struct str){NULL, 0} : builder_view(tag);
}

struct str tag_of_document(const struct exchange *x, const struct entry *entry)
{
    struct builder tag;
    builder_init(&tag, x->arena, TAG_MAXIMUM);
    builder_append(&tag, STR("\"p"));
    builder_append(&tag, generation_epoch(x->generation));
    builder_append_char(&tag, '.');
    builder_append_int(&tag, entry->seq);
    builder_append_char(&tag, '"');
    return tag_built(&tag);
}

struct str tag_of_composed(const struct exchange *x, enum language language)
{
    struct builder tag;
    builder_init(&tag, x->arena, TAG_MAXIMUM);
    builder_append(&tag, STR("\"g"));
    if (x->generation != NULL)
        builder_append(&tag, generation_epoch(x->generation));
    builder_append_char(&tag, '.');
    builder_append_int(&tag, x->generation == NULL ? 0 : generation_seq(x->generation));
    builder_append_char(&tag, '.');
    builder_append_z(&tag, language_tag(language));
    builder_append_char(&tag, '.');
    builder_append_z(&tag, x->knowledge->hash);
    builder_append_char(&tag, '"');
    return tag_built(&tag);
}

/* Takes the next tag off the list; absent at its end or where it is no list of tags. */
static struct str next_tag(struct str *list)
{
    size_t start = 0;
    while (start < list->length &&
           (list->data[start] == ' ' || list->data[start] == '\t' || list->data[start] == ','))
        start++;
    if (list->length - start > 2 && list->data[start] == 'W' && list->data[start + 1] == '/')
        start += 2;
    if (start == list->length || list->data[start] != '"')
        return (struct str){NULL, 0};
    for (size_t end = start + 1; end < list->length; end++) {
        if (list->data[end] != '"')
            continue;
        struct str tag = {list->data + start, end + 1 - start};
        *list = (struct str){list->data + end + 1, list->length - end - 1};
        return tag;
    }
    return (struct str){NULL, 0};
}

bool tag_listed(struct str list, struct str tag)
{
    if (!str_present(list) || !str_present(tag))
        return false;
    if (str_equal_z(list, "*"))
        return true;
    for (struct str one = next_tag(&list); str_present(one); one = next_tag(&list)) {
        if (str_equal(one, tag))
            return true;
    }
    return false;
}

const json_t *exchange_parameter(const struct exchange *x, const char *name)
{
    return json_object_get(x->parameters, name);
}

bool exchange_id(const struct exchange *x, struct uuid *id)
{
    return uuid_from_text(json_str(exchange_parameter(x, "id")), id);
}
