/* SPDX-License-Identifier: EUPL-1.2 */
/* One request after the other, for what a right answer is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/fail.h"
#include "bench/load_answer.h"
#include "bench/load_run.h"
#include "bench/load_socket.h"

enum { BODY_ROOM = 1024 * 1024, STEP = 64 * 1024 };

struct learner {
    int port;
    int socket; /* -1: none */
    struct load_answer answer;
};

static enum load_answer_state receive(struct learner *learner)
{
    char bytes[STEP];
    ssize_t count = recv(learner->socket, bytes, sizeof bytes, 0);
    if (count <= 0)
        return LOAD_ANSWER_BROKEN;
    return load_answer_feed(&learner->answer, (struct str){bytes, (size_t)count});
}

/* False when there was no whole answer. */
static bool ask(struct learner *learner, const struct load_request *request)
{
    enum load_answer_state state = LOAD_ANSWER_MORE;
    if (learner->socket < 0)
        learner->socket = load_socket_open(learner->port, false);
    load_answer_begin(&learner->answer);
    if (!load_socket_send(learner->socket, request->wire))
        return false;
    while (state == LOAD_ANSWER_MORE)
        state = receive(learner);
    if (state == LOAD_ANSWER_BROKEN || learner->answer.closes) {
        (void)close(learner->socket);
        learner->socket = -1;
    }
    return state == LOAD_ANSWER_COMPLETE;
}

static bool contains(struct str text, struct str wanted)
{
    for (size_t i = 0; i + wanted.length <= text.length; i++) {
        if (memcmp(text.data + i, wanted.data, wanted.length) == 0)
            return true;
    }
    return false;
}

static bool right(const struct learner *learner, const struct load_request *request)
{
    const struct load_answer *answer = &learner->answer;
    struct str body = {answer->body, answer->have < BODY_ROOM ? answer->have : BODY_ROOM};
    if (answer->status == 200 && contains(body, request->expected))
        return true;
    (void)fprintf(stderr, "bench: status %d, and not \"%.*s\" in the answer to %.*s\n%.*s\n",
                  answer->status, STR_ARGUMENTS(request->expected), STR_ARGUMENTS(request->wire),
                  body.length < 2000 ? (int)body.length : 2000, body.data);
    return false;
}

static void learner_init(struct learner *learner, int port)
{
    *learner = (struct learner){.port = port, .socket = -1};
    learner->answer.body = malloc(BODY_ROOM);
    learner->answer.body_room = BODY_ROOM;
    if (learner->answer.body == NULL)
        bench_fail("no memory", "answers");
}

static void learner_done(struct learner *learner)
{
    free(learner->answer.body);
    if (learner->socket >= 0)
        (void)close(learner->socket);
}

bool load_learn(int port, struct load_plan *plan)
{
    struct learner learner;
    bool good = true;
    learner_init(&learner, port);
    for (size_t i = 0; i < plan->count && good; i++) {
        good = ask(&learner, &plan->items[i]) && right(&learner, &plan->items[i]);
        plan->items[i].length = learner.answer.length;
        plan->items[i].other = 0;
    }
    learner_done(&learner);
    return good;
}

bool load_confirm(int port, struct load_plan *plan)
{
    struct learner learner;
    bool good = true;
    learner_init(&learner, port);
    for (size_t i = 0; i < plan->count && good; i++) {
        const struct load_request *request = &plan->items[i];
        if (request->other == 0)
            continue;
        good = ask(&learner, request) && right(&learner, request) &&
               learner.answer.length == request->other;
    }
    learner_done(&learner);
    return good;
}
