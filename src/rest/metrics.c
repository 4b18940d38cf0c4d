/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "condition_internal.h"
#include "contract_internal.h"
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "sociopoint/catalogue/generation.h"
#include "sociopoint/http/server.h"

/* Which of the two families of the request counters is being written. */
struct counts_writer {
    const struct contract *contract;
    struct builder *out;
    bool durations;
};

static void head(struct builder *out, const char *name, const char *type, const char *help)
{
    builder_printf(out, "# HELP sociopoint_%s %s\n# TYPE sociopoint_%s %s\n", name, help, name,
                   type);
}

static void gauge(struct builder *out, const char *name, const char *help, int64_t value)
{
    head(out, name, "gauge", help);
    builder_printf(out, "sociopoint_%s %lld\n", name, (long long)value);
}

/* The operation of a route; requests without a route are counted under "none". */
static const char *operation_of(const struct contract *contract,
                                const struct http_route_count *count)
{
    for (size_t i = 0; i < contract->count; i++) {
        const struct operation *operation = &contract->operations[i];
        if (operation->method == count->method &&
            strcmp(operation->path_template, count->path_template) == 0)
            return operation->id;
    }
    return strcmp(count->path_template, "/v1/") == 0 ? "getApiRootWithSlash" : "none";
}

static void write_count(void *context, const struct http_route_count *count)
{
    const struct counts_writer *writer = context;
    const char *operation = operation_of(writer->contract, count);
    uint64_t all = 0;
    for (int hundreds = 1; hundreds < 6; hundreds++) {
        all += count->answers[hundreds];
        if (!writer->durations && count->answers[hundreds] > 0)
            builder_printf(writer->out,
                           "sociopoint_requests_total{operation=\"%s\",status=\"%dxx\"} %llu\n",
                           operation, hundreds, (unsigned long long)count->answers[hundreds]);
    }
    if (!writer->durations || all == 0)
        return;
    builder_printf(writer->out,
                   "sociopoint_request_duration_seconds_sum{operation=\"%s\"} %llu.%06llu\n",
                   operation, (unsigned long long)(count->duration_us / 1000000),
                   (unsigned long long)(count->duration_us % 1000000));
    builder_printf(writer->out,
                   "sociopoint_request_duration_seconds_count{operation=\"%s\"} %llu\n", operation,
                   (unsigned long long)all);
}

static void write_counts(const struct exchange *x, struct builder *out)
{
    const struct rest_options *options = &x->rest->options;
    struct counts_writer writer = {.contract = x->rest->contract, .out = out};
    if (options->visit_counts == NULL)
        return;
    head(out, "requests_total", "counter", "Requests answered, by operation and class of status.");
    options->visit_counts(options->context, write_count, &writer);
    writer.durations = true;
    head(out, "request_duration_seconds", "summary",
         "Time from the first byte read to the last byte written.");
    options->visit_counts(options->context, write_count, &writer);
}

static void write_generation(const struct generation *generation, struct builder *out)
{
    gauge(out, "generation_seq", "Position in the change feed.", generation_seq(generation));
    gauge(out, "generation_document_bytes", "Bytes of the published documents held.",
          (int64_t)generation_document_bytes(generation));
    gauge(out, "generation_index_bytes", "Bytes of their indexes.",
          (int64_t)generation_index_bytes(generation));
    gauge(out, "unknown_terms", "Terms on services that the configuration does not know.",
          (int64_t)generation_unknown_terms(generation));
    gauge(out, "unread_schedules", "Schedules of services that could not be understood.",
          (int64_t)generation_unread_schedules(generation));
    head(out, "documents", "gauge", "Published documents held, by kind.");
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        size_t count;
        (void)generation_documents(generation, (enum document_kind)kind, &count);
        builder_printf(out, "sociopoint_documents{kind=\"%s\"} %zu\n",
                       document_kind_key((enum document_kind)kind), count);
    }
}

bool handle_metrics(struct exchange *x, struct error *err)
{
    struct rest_condition condition = condition_now(x);
    struct builder out;
    answer_begin(x, &out);
    write_counts(x, &out);
    gauge(&out, "requests_in_flight", "Requests being answered now.", (int64_t)condition.in_flight);
    head(&out, "requests_limited_total", "counter",
         "Requests refused by the limit of their client.");
    builder_printf(&out, "sociopoint_requests_limited_total %llu\n",
                   (unsigned long long)condition.limited);
    gauge(&out, "ready", "Whether there is a directory to answer from.",
          x->generation != NULL && !condition.stopping);
    gauge(&out, "degraded", "Whether answers come from something older than the database.",
          condition_degraded(x, &condition));
    gauge(&out, "database_up", "Whether the database answers.", condition.database_up);
    head(&out, "database_failures_total", "counter", "Attempts to reach the database that failed.");
    builder_printf(&out, "sociopoint_database_failures_total %lld\n",
                   (long long)condition.database_failures);
    if (x->generation != NULL) {
        gauge(&out, "generation_age_seconds", "How old the directory is.",
              condition_age_seconds(&condition));
        write_generation(x->generation, &out);
    }
    if (builder_failed(&out))
        return answer_no_memory(err);
    http_response_set(x->response, 200, STR("text/plain; version=0.0.4; charset=utf-8"),
                      builder_view(&out));
    http_response_header(x->response, "Cache-Control", STR("no-store"));
    return true;
}
