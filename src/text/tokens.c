/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/text/tokens.h"

#include <string.h>
#include <utf8proc.h>

enum { LETTER_PARTS = 8, REPEATED_TOO_OFTEN = 3, FIRST_TOKENS = 16 };

/* One text being read, and the token under construction. */
struct reader {
    struct str text;
    struct arena *arena;
    struct text_token *items;
    size_t count;
    size_t capacity;
    uint32_t clause;
    bool clause_used; /* by a token */
    uint32_t units;   /* where the code point stands that is read: in UTF-16 code units, */
    size_t bytes;     /* and in bytes */
    bool open;        /* a token is under construction */
    struct text_token token;
    int32_t letters[TEXT_WORD_MAXIMUM];
    size_t letter_count;
    int32_t last; /* the letter before, and how often it has come in a row */
    unsigned repeated;
    bool cut;
    bool exhausted;
};

/* --- Letters ----------------------------------------------------------------------------------- */

static bool is_cyrillic(int32_t code)
{
    return code >= 0x400 && code <= 0x52f;
}

/* Most letters are known without a look at the tables of Unicode. */
static bool is_ascii(int32_t code)
{
    return code < 0x80;
}

static bool is_ascii_letter(int32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static bool is_letter(int32_t code)
{
    if (is_ascii(code))
        return is_ascii_letter(code);
    const utf8proc_category_t category = utf8proc_category(code);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool is_mark(int32_t code)
{
    if (is_ascii(code))
        return false;
    const utf8proc_category_t category = utf8proc_category(code);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

static bool is_digit(int32_t code)
{
    return code >= '0' && code <= '9';
}

static bool is_apostrophe(int32_t code)
{
    return code == '\'' || code == 0x2019 || code == 0x02bc || code == 0x2018 || code == '`';
}

static bool ends_clause(int32_t code)
{
    return code < 0x80 ? code != 0 && strchr(".!?;,:\n", code) != NULL : code == 0x2026;
}

/* Letters whose stroke is no mark of its own in Unicode. */
static int32_t without_stroke(int32_t code)
{
    switch (code) {
    case 0x142:
        return 'l';
    case 0x111:
        return 'd';
    case 0xf8:
        return 'o';
    case 0x131:
        return 'i';
    default:
        return code;
    }
}

/* --- The word under construction ----------------------------------------------------------------- */

static void add_letter(struct reader *at, int32_t letter)
{
    at->repeated = letter == at->last ? at->repeated + 1 : 1;
    at->last = letter;
    if (at->repeated == REPEATED_TOO_OFTEN && at->token.kind == TOKEN_WORD)
        at->letter_count -= at->letter_count > 1 ? 1 : 0; /* the second one goes again */
    if (at->repeated >= REPEATED_TOO_OFTEN && at->token.kind == TOKEN_WORD)
        return;
    if (at->letter_count < TEXT_WORD_MAXIMUM)
        at->letters[at->letter_count++] = letter;
}

/* Latin letters without their marks, Cyrillic ones as they are, all without case. */
static void add_folded(struct reader *at, int32_t code)
{
    int32_t parts[LETTER_PARTS];
    int boundary = 0;
    if (is_ascii_letter(code)) {
        add_letter(at, code | 0x20);
        return;
    }
    if (is_cyrillic(code)) {
        add_letter(at, utf8proc_tolower(code));
        return;
    }
    const utf8proc_ssize_t count = utf8proc_decompose_char(
        code, parts, LETTER_PARTS, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD,
        &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < LETTER_PARTS; i++) {
        if (is_letter(parts[i]))
            add_letter(at, without_stroke(parts[i]));
    }
}

/* A mark by itself: и and a breve are й; on Latin letters it vanishes. */
static void add_mark(struct reader *at, int32_t mark)
{
    if (at->letter_count == 0 || !is_cyrillic(at->last))
        return;
    int32_t pair[2] = {at->last, mark};
    if (utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE) != 1)
        return;
    at->letters[at->letter_count - 1] = pair[0];
    at->last = pair[0];
}

static struct str copy_letters(struct reader *at)
{
    char bytes[TEXT_WORD_BYTES];
    size_t length = 0;
    for (size_t i = 0; i < at->letter_count; i++)
        length += (size_t)utf8proc_encode_char(at->letters[i], (utf8proc_uint8_t *)bytes + length);
    return arena_copy(at->arena, (struct str){bytes, length});
}

static uint32_t number_of(const struct reader *at)
{
    uint64_t number = 0;
    for (size_t i = 0; i < at->letter_count && number < UINT32_MAX; i++)
        number = 10 * number + (uint64_t)(at->letters[i] - '0');
    return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

/* --- Tokens ------------------------------------------------------------------------------------ */

static bool has_room(struct reader *at)
{
    if (at->count < at->capacity)
        return true;
    if (at->count == TEXT_TOKENS_MAXIMUM) {
        at->cut = true;
        return false;
    }
    const size_t capacity = at->capacity == 0 ? FIRST_TOKENS : 2 * at->capacity;
    struct text_token *items = arena_array(at->arena, capacity, sizeof *items);
    if (items == NULL) {
        at->exhausted = true;
        return false;
    }
    if (at->count > 0)
        memcpy(items, at->items, at->count * sizeof *items);
    at->items = items;
    at->capacity = capacity;
    return true;
}

static void close_token(struct reader *at)
{
    if (!at->open)
        return;
    at->open = false;
    if (at->letter_count == 0 || !has_room(at))
        return;
    at->token.word = copy_letters(at);
    at->token.number = at->token.kind == TOKEN_NUMBER ? number_of(at) : 0;
    at->token.end = at->units;
    at->token.source.length = at->bytes - (size_t)(at->token.source.data - at->text.data);
    at->exhausted = at->exhausted || !str_present(at->token.word);
    at->items[at->count++] = at->token;
    at->clause_used = true;
}

static void open_token(struct reader *at, enum text_token_kind kind)
{
    if (at->open && at->token.kind == kind)
        return;
    close_token(at);
    at->open = true;
    at->token = (struct text_token){.kind = kind,
                                    .source = {at->text.data + at->bytes, 0},
                                    .clause = at->clause,
                                    .start = at->units};
    at->letter_count = 0;
    at->last = 0;
    at->repeated = 0;
}

static void end_clause(struct reader *at)
{
    at->clause += at->clause_used ? 1 : 0;
    at->clause_used = false;
}

static bool is_inside_word(const struct reader *at, int32_t code, int32_t next)
{
    return is_apostrophe(code) && at->open && at->token.kind == TOKEN_WORD && is_letter(next);
}

/* Takes a code point; `next` is the one behind it, or 0. */
static void take(struct reader *at, int32_t code, int32_t next)
{
    if (is_inside_word(at, code, next))
        return;
    if (is_digit(code)) {
        open_token(at, TOKEN_NUMBER);
        add_letter(at, code);
    } else if (is_letter(code) && !is_apostrophe(code)) {
        open_token(at, TOKEN_WORD);
        add_folded(at, code);
    } else if (is_mark(code)) {
        add_mark(at, code);
    } else {
        close_token(at);
        if (ends_clause(code))
            end_clause(at);
    }
}

/* The code point at `position`, which moves behind it; 0 at the end, a space for bytes of none. */
static int32_t next_code(struct str text, size_t *position)
{
    int32_t code = 0;
    if (*position >= text.length)
        return 0;
    const unsigned char first = (unsigned char)text.data[*position];
    if (is_ascii(first)) {
        ++*position;
        return first != 0 ? first : ' ';
    }
    const utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)text.data + *position,
                         (utf8proc_ssize_t)(text.length - *position), &code);
    *position += length > 0 ? (size_t)length : 1;
    return length > 0 && code != 0 ? code : ' ';
}

bool text_tokens_read(struct str text, struct arena *arena, struct text_tokens *tokens,
                      struct error *err)
{
    struct reader at = {.text = text, .arena = arena};
    size_t position = 0;
    int32_t code = next_code(text, &position);
    while (code != 0 && !at.cut && !at.exhausted) {
        const size_t behind = position;
        const int32_t next = next_code(text, &position);
        take(&at, code, next);
        at.units += code > 0xffff ? 2 : 1;
        at.bytes = behind;
        code = next;
    }
    close_token(&at);
    if (at.exhausted)
        return error_set(err, ERROR_MEMORY, "memory-exhausted", "");
    *tokens = (struct text_tokens){at.items, at.count, at.cut};
    return true;
}

struct str text_fold_word(struct str word, struct arena *arena)
{
    struct text_tokens tokens;
    struct error ignored;
    if (!text_tokens_read(word, arena, &tokens, &ignored) || tokens.count != 1)
        return (struct str){NULL, 0};
    return tokens.items[0].word;
}
