/* SPDX-License-Identifier: EUPL-1.2 */
#include "condition_internal.h"
#include "exchange_internal.h"
#include "handlers_internal.h"
#include "sociopoint/base/clock.h"
#include "sociopoint/catalogue/generation.h"
#include "write_internal.h"

struct rest_condition condition_now(const struct exchange *x)
{
    const struct rest_options *options = &x->rest->options;
    struct rest_condition condition = {0};
    if (options->condition != NULL)
        condition = options->condition(options->context);
    if (condition.current_at_ms == 0 && x->generation != NULL)
        condition.current_at_ms = generation_loaded_at_ms(x->generation);
    return condition;
}

int64_t condition_age_seconds(const struct rest_condition *condition)
{
    int64_t age_ms = clock_wall_ms() - condition->current_at_ms;
    return age_ms > 0 ? age_ms / 1000 : 0;
}

bool condition_degraded(const struct exchange *x, const struct rest_condition *condition)
{
    return x->generation == NULL || generation_degraded(x->generation) || !condition->database_up;
}

bool handle_live(struct exchange *x, struct error *err)
{
    (void)err;
    http_response_set(x->response, 200, STR("application/json"), STR("{\"status\":\"live\"}"));
    http_response_header(x->response, "Cache-Control", STR("no-store"));
    return true;
}

static void write_generation(const struct exchange *x, const struct rest_condition *condition,
                             struct builder *out)
{
    const struct generation *generation = x->generation;
    struct builder cursor;
    size_t services;
    builder_init(&cursor, x->arena, 256);
    builder_append(&cursor, generation_epoch(generation));
    builder_append_char(&cursor, ':');
    builder_append_int(&cursor, generation_seq(generation));
    (void)generation_documents(generation, DOCUMENT_SERVICE, &services);
    if (generation_degraded(generation))
        write_time(out, "degraded_since", generation_degraded_since_ms(generation));
    write_text(out, "cursor", builder_view(&cursor));
    write_time(out, "loaded_at", generation_loaded_at_ms(generation));
    write_int(out, "age_seconds", condition_age_seconds(condition));
    write_int(out, "services", (int64_t)services);
}

bool handle_ready(struct exchange *x, struct error *err)
{
    struct rest_condition condition = condition_now(x);
    bool ready = x->generation != NULL && !condition.stopping;
    const char *status = condition.stopping ? "stopping" : ready ? "ready" : "starting";
    struct builder out;
    answer_begin(x, &out);
    write_object(&out, NULL);
    write_text_z(&out, "status", status);
    write_flag(&out, "degraded", condition_degraded(x, &condition));
    write_text_z(&out, "database", condition.database_up ? "up" : "down");
    if (x->generation != NULL)
        write_generation(x, &condition, &out);
    write_object_end(&out);
    if (!answer_end(x, &out, err))
        return false;
    http_response_header(x->response, "Cache-Control", STR("no-store"));
    if (!ready) {
        x->response->status = 503;
        http_response_header(x->response, "Retry-After", STR("5"));
    }
    return true;
}
