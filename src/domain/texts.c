/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/texts.h"

#include <string.h>

static const struct text *find(const struct texts *texts, struct str code)
{
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

void texts_append(const struct texts *texts, enum language language, const char *code,
                  const struct str arguments[3], struct builder *out)
{
    struct str sentence = texts_find(texts, language, code);
    if (!str_present(sentence)) {
        builder_append_z(out, code);
        return;
    }
    size_t start = 0;
    for (size_t i = 0; (i = next_brace(sentence, i)) < sentence.length; i++) {
        size_t number;
        if (!placeholder_at(sentence, i, &number))
            continue;
        builder_append(out, (struct str){sentence.data + start, i - start});
        builder_append(out, arguments[number]);
        start = i + 3;
        i += 2;
    }
    builder_append(out, (struct str){sentence.data + start, sentence.length - start});
}
