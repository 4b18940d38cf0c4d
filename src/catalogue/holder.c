/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/catalogue/holder.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "generation_internal.h"

struct generation_holder {
    pthread_mutex_t mutex;
    struct generation *current; /* guarded by mutex */
    struct generation *retired; /* guarded by mutex; linked by generation.next */
};

struct generation_holder *generation_holder_new(void)
{
    struct generation_holder *holder = calloc(1, sizeof *holder);
    if (holder == NULL)
        return NULL;
    if (pthread_mutex_init(&holder->mutex, NULL) != 0) {
        free(holder);
        return NULL;
    }
    return holder;
}

/* Frees a list linked by generation.next. */
static void free_list(struct generation *list)
{
    while (list != NULL) {
        struct generation *next = list->next;
        assert(list->readers == 0);
        generation_free(list);
        list = next;
    }
}

void generation_holder_free(struct generation_holder *holder)
{
    if (holder == NULL)
        return;
    free_list(holder->retired);
    free_list(holder->current);
    (void)pthread_mutex_destroy(&holder->mutex); /* nobody holds it any more */
    free(holder);
}

/* Locking a normal mutex that is not destroyed does not fail. */
static void lock(struct generation_holder *holder)
{
    int failed = pthread_mutex_lock(&holder->mutex);
    assert(failed == 0);
    (void)failed;
}

static void unlock(struct generation_holder *holder)
{
    int failed = pthread_mutex_unlock(&holder->mutex);
    assert(failed == 0);
    (void)failed;
}

const struct generation *generation_acquire(struct generation_holder *holder)
{
    lock(holder);
    struct generation *generation = holder->current;
    if (generation != NULL)
        generation->readers++;
    unlock(holder);
    return generation;
}

void generation_release(struct generation_holder *holder, const struct generation *generation)
{
    if (generation == NULL)
        return;
    /* Readers see a constant; the count beside it is the holder's. */
    struct generation *counted = (struct generation *)(uintptr_t)generation;
    lock(holder);
    assert(counted->readers > 0);
    counted->readers--;
    unlock(holder);
}

/* Unlinks the retired ones without readers; the mutex is held. `waiting` counts the others. */
static struct generation *take_left(struct generation_holder *holder, size_t *waiting)
{
    struct generation *left = NULL;
    struct generation **link = &holder->retired;
    *waiting = 0;
    while (*link != NULL) {
        struct generation *generation = *link;
        if (generation->readers > 0) {
            link = &generation->next;
            (*waiting)++;
            continue;
        }
        *link = generation->next;
        generation->next = left;
        left = generation;
    }
    return left;
}

void generation_publish(struct generation_holder *holder, struct generation *fresh)
{
    size_t waiting;
    lock(holder);
    struct generation *old = holder->current;
    holder->current = fresh;
    if (old != NULL) {
        old->next = holder->retired;
        holder->retired = old;
    }
    struct generation *left = take_left(holder, &waiting);
    unlock(holder);
    free_list(left);
}

size_t generation_collect(struct generation_holder *holder)
{
    size_t waiting;
    lock(holder);
    struct generation *left = take_left(holder, &waiting);
    unlock(holder);
    free_list(left);
    return waiting;
}
