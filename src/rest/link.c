/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange_internal.h"
#include "list_internal.h"
#include "sociopoint/http/uri.h"

enum { LINK_MAXIMUM = 16 * 1024 };

/* One link: the request's own path and parameters, with another page. */
static void append_link(const struct exchange *x, const char *relation, size_t page,
                        struct builder *out)
{
    const struct http_request *request = x->request;
    builder_append_z(out, out->length == 0 ? "<" : ", <");
    builder_append(out, request->path);
    builder_append_z(out, "?page=");
    builder_append_int(out, (int64_t)page);
    for (size_t i = 0; i < request->query_count; i++) {
        if (str_equal_z(request->query[i].name, "page"))
            continue;
        builder_append_char(out, '&');
        http_uri_append(out, request->query[i].name);
        builder_append_char(out, '=');
        http_uri_append(out, request->query[i].value);
    }
    builder_printf(out, ">; rel=\"%s\"", relation);
}

bool link_header(struct exchange *x, const struct list_page *page, struct error *err)
{
    struct builder out;
    if (page->total_pages == 0)
        return true;
    builder_init(&out, x->arena, LINK_MAXIMUM);
    append_link(x, "first", 1, &out);
    if (page->page_number > 1)
        append_link(x, "prev",
                    page->page_number - 1 < page->total_pages ? page->page_number - 1
                                                              : page->total_pages,
                    &out);
    if (page->page_number < page->total_pages)
        append_link(x, "next", page->page_number + 1, &out);
    append_link(x, "last", page->total_pages, &out);
    if (builder_failed(&out))
        return answer_no_memory(err);
    http_response_header(x->response, "Link", builder_view(&out));
    return true;
}
