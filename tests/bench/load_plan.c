/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/load_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/fail.h"

enum { LINE_MAXIMUM = 16 * 1024 };

static struct str keep(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL)
        bench_fail("no memory", "plan");
    memcpy(copy, text, length);
    copy[length] = '\0';
    return (struct str){copy, length};
}

static struct str wire_of(struct str method, struct str path, struct str body, bool closes)
{
    char text[LINE_MAXIMUM];
    const char *last = closes ? "Connection: close\r\n" : "";
    bool bare = str_equal_z(body, "-");
    int length = bare ? snprintf(text, sizeof text, "%.*s %.*s HTTP/1.1\r\nHost: bench\r\n%s\r\n",
                                 STR_ARGUMENTS(method), STR_ARGUMENTS(path), last)
                      : snprintf(text, sizeof text,
                                 "%.*s %.*s HTTP/1.1\r\nHost: bench\r\n%sContent-Type: "
                                 "application/json\r\nContent-Length: %zu\r\n\r\n%.*s",
                                 STR_ARGUMENTS(method), STR_ARGUMENTS(path), last, body.length,
                                 STR_ARGUMENTS(body));
    if (length < 0 || (size_t)length >= sizeof text)
        bench_fail("a request is too long", "plan");
    return keep(text, (size_t)length);
}

bool load_plan_parse(struct str line, bool closes, struct load_request *request)
{
    struct str field[4];
    for (size_t i = 0; i < 3; i++) {
        if (!str_cut(line, '\t', &field[i], &line) || field[i].length == 0)
            return false;
    }
    field[3] = line;
    if (line.length == 0 || memchr(line.data, '\t', line.length) != NULL)
        return false;
    *request = (struct load_request){.wire = wire_of(field[0], field[1], field[2], closes),
                                     .expected = keep(line.data, line.length)};
    return true;
}

static void add_line(struct load_plan *plan, struct str line, bool closes)
{
    struct load_request *more =
        realloc(plan->items, (plan->count + 1) * sizeof *plan->items); /* once for each line */
    if (more == NULL)
        bench_fail("no memory", "plan");
    plan->items = more;
    if (!load_plan_parse(line, closes, &more[plan->count]))
        bench_fail("a line of the plan does not have four fields", line.data);
    plan->count++;
}

void load_plan_read(struct load_plan *plan, const char *path, bool closes)
{
    char line[LINE_MAXIMUM];
    *plan = (struct load_plan){0};
    FILE *file = fopen(path, "r");
    if (file == NULL)
        bench_fail("cannot read", path);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        add_line(plan, str_from(line), closes);
    }
    (void)fclose(file);
    if (plan->count == 0)
        bench_fail("an empty plan", path);
}

void load_plan_done(struct load_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        free((char *)(uintptr_t)plan->items[i].wire.data);
        free((char *)(uintptr_t)plan->items[i].expected.data);
    }
    free(plan->items);
}

bool load_request_takes(struct load_request *request, size_t length)
{
    if (length == request->length)
        return true;
    if (request->other == 0)
        request->other = length;
    return length == request->other;
}
