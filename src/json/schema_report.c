/* SPDX-License-Identifier: EUPL-1.2 */
#include "schema_validate_internal.h"
#include "sociopoint/json/pointer.h"

enum { POINTER_ROOM = PROBLEM_POINTER_SIZE + 64 };

static void append_steps(struct builder *pointer, const struct step *at)
{
    if (at == NULL)
        return;
    append_steps(pointer, at->up);
    if (str_present(at->name))
        json_pointer_append(pointer, at->name);
    else
        json_pointer_append_index(pointer, at->index);
}

/* Cut between two steps, so that what is left names a container. */
static struct str cut_to_fit(const struct builder *builder)
{
    struct str pointer = builder_view(builder);
    if (!builder_failed(builder) && pointer.length < PROBLEM_POINTER_SIZE)
        return pointer;
    if (pointer.length >= PROBLEM_POINTER_SIZE)
        pointer.length = PROBLEM_POINTER_SIZE - 1;
    while (pointer.length > 0 && pointer.data[pointer.length] != '/')
        pointer.length--;
    return pointer;
}

/* On the stack: without memory a problem must still say where it is. */
static void pointer_text(const struct run *run, const struct step *at,
                         char text[PROBLEM_POINTER_SIZE])
{
    char room[POINTER_ROOM] = "";
    struct builder pointer;

    builder_init_fixed(&pointer, room, sizeof room);
    builder_append_z(&pointer, run->base);
    append_steps(&pointer, at);
    (void)str_copy_z(cut_to_fit(&pointer), text, PROBLEM_POINTER_SIZE);
}

static bool add(struct run *run, enum error_code class, const struct step *at, const char *code,
                const char *const arguments[PROBLEM_ARGUMENTS])
{
    char pointer[PROBLEM_POINTER_SIZE];
    bool first = !run->reported;

    run->reported = true;
    pointer_text(run, at, pointer);
    if (first)
        return error_set_with(run->err, class, code, pointer, arguments);
    return error_add(run->err, class, code, pointer, arguments);
}

bool report(struct run *run, const struct step *at, const char *code, const char *first,
            const char *second)
{
    if (run->quiet || run->aborted)
        return false;
    return add(run, ERROR_INVALID, at, code, ERROR_ARGUMENTS(first, second));
}

bool report_count(struct run *run, const struct step *at, const char *code, size_t count)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%zu", count);
    return report(run, at, code, text, NULL);
}

bool run_abort(struct run *run, const struct step *at, enum error_code class, const char *code,
               const char *argument)
{
    if (run->aborted)
        return false;
    run->aborted = true;
    return add(run, class, at, code, ERROR_ARGUMENTS(argument));
}

bool run_is_over(const struct run *run)
{
    return run->quiet || run->aborted || (run->reported && run->err->more);
}
