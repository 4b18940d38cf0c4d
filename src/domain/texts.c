/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/texts.h"

#include <string.h>

enum { SLOTS_PER_TEXT = 4, ESCAPED_MAXIMUM = 16 * 1024 };

/* --- Finding one ------------------------------------------------------------------------------- */

/* Eight bytes at a time: codes are long and begin alike. */
static size_t first_slot(struct str code, size_t slot_count)
{
    uint64_t hash = code.length;
    for (size_t i = 0; i < code.length; i += sizeof hash) {
        uint64_t word = 0;
        size_t left = code.length - i;
        memcpy(&word, code.data + i, left < sizeof word ? left : sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return (size_t)hash & (slot_count - 1);
}

static const struct text *find_indexed(const struct texts *texts, struct str code)
{
    size_t slot = first_slot(code, texts->slot_count);
    for (; texts->slots[slot] != 0; slot = (slot + 1) & (texts->slot_count - 1)) {
        const struct text *text = &texts->texts[texts->slots[slot] - 1];
        if (str_equal(text->code, code))
            return text;
    }
    return NULL;
}

static const struct text *find(const struct texts *texts, struct str code)
{
    if (texts->slots != NULL)
        return find_indexed(texts, code);
    size_t low = 0;
    size_t high = texts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(texts->texts[middle].code, code);
        if (order == 0)
            return &texts->texts[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct str texts_find(const struct texts *texts, enum language language, const char *code)
{
    const struct text *text = find(texts, str_from(code));
    return text == NULL ? (struct str){NULL, 0} : text->sentence.in[language];
}

/* --- Preparing them ---------------------------------------------------------------------------- */

/* Most sentences have nothing to escape, and then take no memory. */
static bool escape(struct str sentence, struct arena *arena, struct str *escaped)
{
    char memory[ESCAPED_MAXIMUM];
    struct builder out;
    builder_init_fixed(&out, memory, sizeof memory);
    builder_append_escaped(&out, sentence);
    if (builder_failed(&out))
        return false;
    *escaped = sentence;
    if (out.length != sentence.length)
        *escaped = arena_copy(arena, builder_view(&out));
    return !str_present(sentence) || str_present(*escaped);
}

static void enter(const struct text *text, size_t position, uint16_t *slots, size_t slot_count)
{
    size_t slot = first_slot(text->code, slot_count);
    while (slots[slot] != 0)
        slot = (slot + 1) & (slot_count - 1);
    slots[slot] = (uint16_t)(position + 1);
}

bool texts_prepare(struct text *items, size_t count, struct arena *arena, struct texts *texts)
{
    size_t slot_count = SLOTS_PER_TEXT;
    while (slot_count < count * SLOTS_PER_TEXT)
        slot_count *= 2;
    uint16_t *slots = arena_array(arena, slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < LANGUAGE_COUNT; k++) {
            if (!escape(items[i].sentence.in[k], arena, &items[i].escaped.in[k]))
                return false;
        }
        enter(&items[i], i, slots, slot_count);
    }
    *texts = (struct texts){items, count, slots, slot_count};
    return true;
}

/* --- Saying one -------------------------------------------------------------------------------- */

/* Whether a placeholder starts at `position`; its number is stored. */
static bool placeholder_at(struct str sentence, size_t position, size_t *number)
{
    if (sentence.length - position < 3 || sentence.data[position] != '{' ||
        sentence.data[position + 2] != '}')
        return false;
    char digit = sentence.data[position + 1];
    if (digit < '0' || digit > '2')
        return false;
    *number = (size_t)(digit - '0');
    return true;
}

static size_t next_brace(struct str sentence, size_t from)
{
    const char *brace = memchr(sentence.data + from, '{', sentence.length - from);
    return brace == NULL ? sentence.length : (size_t)(brace - sentence.data);
}

/* `append` puts an argument in its place, as it is or escaped. */
static void append_filled(struct str sentence, const struct str arguments[3],
                          void (*append)(struct builder *out, struct str piece),
                          struct builder *out)
{
    size_t start = 0;
    for (size_t i = 0; (i = next_brace(sentence, i)) < sentence.length; i++) {
        size_t number;
        if (!placeholder_at(sentence, i, &number))
            continue;
        builder_append(out, (struct str){sentence.data + start, i - start});
        append(out, arguments[number]);
        start = i + 3;
        i += 2;
    }
    builder_append(out, (struct str){sentence.data + start, sentence.length - start});
}

void texts_append(const struct texts *texts, enum language language, const char *code,
                  const struct str arguments[3], struct builder *out)
{
    struct str sentence = texts_find(texts, language, code);
    if (str_present(sentence))
        append_filled(sentence, arguments, builder_append, out);
    else
        builder_append_z(out, code);
}

void texts_append_escaped(const struct texts *texts, enum language language, struct str code,
                          const struct str arguments[3], struct builder *out)
{
    const struct text *text = find(texts, code);
    if (text != NULL)
        append_filled(text->escaped.in[language], arguments, builder_append_escaped, out);
    else
        builder_append_escaped(out, code);
}
