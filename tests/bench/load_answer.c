/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/load_answer.h"

#include <string.h>
#include <strings.h>

enum { LENGTH_MAXIMUM = 64 * 1024 * 1024 };

void load_answer_begin(struct load_answer *answer)
{
    answer->head_length = 0;
    answer->head_complete = false;
    answer->status = 0;
    answer->closes = false;
    answer->length = 0;
    answer->have = 0;
}

static bool take_status(struct load_answer *answer, struct str line)
{
    uint64_t status = 0;
    if (!str_starts_with(line, STR("HTTP/1.1 ")) || line.length < 12 ||
        !str_to_uint((struct str){line.data + 9, 3}, 599, &status))
        return false;
    answer->status = (int)status;
    return true;
}

static bool is_named(struct str name, const char *wanted)
{
    return name.length == strlen(wanted) && strncasecmp(name.data, wanted, name.length) == 0;
}

static bool take_field(struct load_answer *answer, struct str line, bool *has_length)
{
    struct str name;
    struct str value;
    if (!str_cut(line, ':', &name, &value))
        return false;
    while (value.length > 0 && value.data[0] == ' ')
        value = (struct str){value.data + 1, value.length - 1};
    if (is_named(name, "Content-Length")) {
        uint64_t length = 0;
        *has_length = str_to_uint(value, LENGTH_MAXIMUM, &length);
        answer->length = (size_t)length;
        return *has_length;
    }
    if (is_named(name, "Connection"))
        answer->closes = is_named(value, "close");
    return true;
}

/* Status line and fields of a complete head; its last line is empty. */
static bool take_head(struct load_answer *answer, size_t length)
{
    bool has_length = false;
    bool first = true;
    struct str rest = {answer->head, length};
    struct str line;
    while (str_cut(rest, '\n', &line, &rest)) {
        if (line.length == 0 || line.data[line.length - 1] != '\r')
            return false;
        line.length--;
        if (line.length == 0)
            break;
        if (first ? !take_status(answer, line) : !take_field(answer, line, &has_length))
            return false;
        first = false;
    }
    return !first && has_length;
}

static bool take_body(struct load_answer *answer, struct str bytes)
{
    if (bytes.length > answer->length - answer->have)
        return false;
    if (answer->body != NULL && answer->have + bytes.length <= answer->body_room)
        memcpy(answer->body + answer->have, bytes.data, bytes.length);
    answer->have += bytes.length;
    return true;
}

/* Where the head ends within what has been collected of it, or 0. */
static size_t head_end(const struct load_answer *answer, size_t from)
{
    for (size_t i = from > 3 ? from - 3 : 0; i + 4 <= answer->head_length; i++) {
        if (memcmp(answer->head + i, "\r\n\r\n", 4) == 0)
            return i + 4;
    }
    return 0;
}

enum load_answer_state load_answer_feed(struct load_answer *answer, struct str bytes)
{
    if (!answer->head_complete) {
        size_t before = answer->head_length;
        size_t room = sizeof answer->head - before;
        size_t step = bytes.length < room ? bytes.length : room;
        memcpy(answer->head + before, bytes.data, step);
        answer->head_length += step;
        size_t end = head_end(answer, before);
        if (end == 0)
            return step < bytes.length ? LOAD_ANSWER_BROKEN : LOAD_ANSWER_MORE;
        answer->head_complete = true;
        if (!take_head(answer, end))
            return LOAD_ANSWER_BROKEN;
        bytes = (struct str){bytes.data + (end - before), bytes.length - (end - before)};
    }
    if (!take_body(answer, bytes))
        return LOAD_ANSWER_BROKEN;
    return answer->have == answer->length ? LOAD_ANSWER_COMPLETE : LOAD_ANSWER_MORE;
}
