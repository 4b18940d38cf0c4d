/* SPDX-License-Identifier: EUPL-1.2 */
#include "catalogue_internal.h"

#include <stdlib.h>
#include <string.h>

/* An entry, its kind and the first bytes of its sort key, so that most comparisons stay here. */
struct sort_item {
    enum document_kind kind;
    uint64_t prefix[2];
    struct entry *entry;
};

/* Eight bytes of the key as a number that sorts like them. */
static uint64_t prefix_of(struct str key, size_t start)
{
    uint64_t prefix = 0;
    for (size_t i = start; i < start + sizeof prefix; i++)
        prefix = prefix << 8 | (i < key.length ? (unsigned char)key.data[i] : 0);
    return prefix;
}

static int compare_items(const void *left, const void *right)
{
    const struct sort_item *a = left;
    const struct sort_item *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    for (size_t i = 0; i < sizeof a->prefix / sizeof a->prefix[0]; i++) {
        if (a->prefix[i] != b->prefix[i])
            return a->prefix[i] < b->prefix[i] ? -1 : 1;
    }
    int order = str_compare(a->entry->sort_key, b->entry->sort_key);
    return order != 0 ? order : uuid_compare_ids(&a->entry->id, &b->entry->id);
}

static struct sort_item item_of(struct entry *entry)
{
    struct str key = entry->sort_key;
    return (struct sort_item){entry->kind, {prefix_of(key, 0), prefix_of(key, 8)}, entry};
}

/* How many of the entries, which are in order, come before the item. */
static size_t count_before(struct entry *const *entries, size_t count, const struct sort_item *item)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct sort_item held = item_of(entries[middle]);
        if (compare_items(&held, item) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What has to be put together: the documents in order, the others, and the tombstones. */
struct parts {
    struct entry **kept;
    size_t kept_count;
    struct sort_item *items;
    size_t item_count;
    struct entry **tombstones;
    size_t tombstone_count;
};

static void take_apart(const struct catalogue *catalogue, struct parts *parts)
{
    for (size_t i = 0; i < catalogue->used; i++) {
        struct entry *entry = catalogue->entries[i];
        if (entry->removed)
            parts->tombstones[parts->tombstone_count++] = entry;
        else if (i < catalogue->ordered)
            parts->kept[parts->kept_count++] = entry;
        else
            parts->items[parts->item_count++] = item_of(entry);
    }
}

static void put_together(struct catalogue *catalogue, const struct parts *parts)
{
    struct entry **next = catalogue->entries;
    size_t taken = 0;
    for (size_t i = 0; i < parts->item_count; i++) {
        size_t before =
            count_before(parts->kept + taken, parts->kept_count - taken, &parts->items[i]);
        memcpy(next, parts->kept + taken, before * sizeof(struct entry *));
        taken += before;
        next += before;
        *next++ = parts->items[i].entry;
    }
    memcpy(next, parts->kept + taken, (parts->kept_count - taken) * sizeof(struct entry *));
    next += parts->kept_count - taken;
    memcpy(next, parts->tombstones, parts->tombstone_count * sizeof(struct entry *));
    catalogue->ordered = parts->kept_count + parts->item_count;
    catalogue->disordered = false;
}

bool catalogue_order(struct catalogue *catalogue)
{
    if (!catalogue->disordered)
        return true;
    struct parts parts = {
        .kept = malloc(catalogue->used * sizeof(struct entry *)),
        .items = malloc(catalogue->used * sizeof *parts.items),
        .tombstones = malloc(catalogue->used * sizeof(struct entry *)),
    };
    bool enough = parts.kept != NULL && parts.items != NULL && parts.tombstones != NULL;
    if (enough) {
        take_apart(catalogue, &parts);
        qsort(parts.items, parts.item_count, sizeof *parts.items, compare_items);
        put_together(catalogue, &parts);
        catalogue_place(catalogue);
    }
    free(parts.kept);
    free(parts.items);
    free(parts.tombstones);
    return enough;
}
