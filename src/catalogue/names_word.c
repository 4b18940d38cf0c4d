/* SPDX-License-Identifier: EUPL-1.2 */
/* Words of names, whatever their ending. */
#include <string.h>

#include "names_internal.h"

/* A Cyrillic letter takes two bytes, so that its stem may be three letters long. */
enum { STEM_BYTES_MINIMUM = 4, CYRILLIC_STEM_MINIMUM = 6 };

/* Folded endings of nouns and adjectives, longer ones before those they end in. */
static const struct str endings[] = {
    STR_CONSTANT("ych"), STR_CONSTANT("ich"), STR_CONSTANT("ach"), STR_CONSTANT("ech"),
    STR_CONSTANT("ami"), STR_CONSTANT("emi"), STR_CONSTANT("ymi"), STR_CONSTANT("imi"),
    STR_CONSTANT("eho"), STR_CONSTANT("emu"), STR_CONSTANT("ovi"), STR_CONSTANT("ove"),
    STR_CONSTANT("ou"),  STR_CONSTANT("um"),  STR_CONSTANT("em"),  STR_CONSTANT("ym"),
    STR_CONSTANT("im"),  STR_CONSTANT("am"),  STR_CONSTANT("a"),   STR_CONSTANT("e"),
    STR_CONSTANT("i"),   STR_CONSTANT("o"),   STR_CONSTANT("u"),   STR_CONSTANT("y"),
    STR_CONSTANT("ого"), STR_CONSTANT("ому"), STR_CONSTANT("ами"), STR_CONSTANT("ями"),
    STR_CONSTANT("ій"),  STR_CONSTANT("ої"),  STR_CONSTANT("ою"),  STR_CONSTANT("ий"),
    STR_CONSTANT("ом"),  STR_CONSTANT("ам"),  STR_CONSTANT("ах"),  STR_CONSTANT("ів"),
    STR_CONSTANT("а"),   STR_CONSTANT("я"),   STR_CONSTANT("е"),   STR_CONSTANT("є"),
    STR_CONSTANT("и"),   STR_CONSTANT("і"),   STR_CONSTANT("ї"),   STR_CONSTANT("о"),
    STR_CONSTANT("у"),   STR_CONSTANT("ю"),   STR_CONSTANT("ь"),
};

/* Folded words that bind others; a single letter is one, too. */
static const struct str small_words[] = {
    STR_CONSTANT("do"),  STR_CONSTANT("ke"),  STR_CONSTANT("na"),  STR_CONSTANT("nad"),
    STR_CONSTANT("od"),  STR_CONSTANT("po"),  STR_CONSTANT("pod"), STR_CONSTANT("pri"),
    STR_CONSTANT("pro"), STR_CONSTANT("se"),  STR_CONSTANT("sv"),  STR_CONSTANT("ve"),
    STR_CONSTANT("za"),  STR_CONSTANT("ze"),  STR_CONSTANT("cr"),  STR_CONSTANT("cz"),
    STR_CONSTANT("ops"), STR_CONSTANT("sro"), STR_CONSTANT("zu"),  STR_CONSTANT("zs"),
    STR_CONSTANT("and"), STR_CONSTANT("for"), STR_CONSTANT("of"),  STR_CONSTANT("the"),
    STR_CONSTANT("in"),  STR_CONSTANT("для"), STR_CONSTANT("на"),  STR_CONSTANT("та"),
    STR_CONSTANT("із"),  STR_CONSTANT("від"),
};

static bool ends_with(struct str word, struct str ending)
{
    return word.length > ending.length &&
           memcmp(word.data + word.length - ending.length, ending.data, ending.length) == 0;
}

struct str name_stem(struct str word, char room[NAME_STEM_BYTES])
{
    struct str stem = word;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const bool latin = (unsigned char)endings[i].data[0] < 0x80;
        const size_t least = latin ? STEM_BYTES_MINIMUM : CYRILLIC_STEM_MINIMUM;
        if (!ends_with(word, endings[i]) || word.length - endings[i].length < least)
            continue;
        stem.length = word.length - endings[i].length;
        break;
    }
    if (stem.length == 0 || stem.length > NAME_STEM_BYTES || stem.data[stem.length - 1] != 'c')
        return stem;
    memcpy(room, stem.data, stem.length); /* "bance" is of "banka" */
    room[stem.length - 1] = 'k';
    return (struct str){room, stem.length};
}

bool name_word_is_small(struct str word)
{
    const size_t letter = (word.length > 0 && (unsigned char)word.data[0] >= 0x80) ? 2 : 1;
    if (word.length <= letter)
        return true;
    for (size_t i = 0; i < sizeof small_words / sizeof small_words[0]; i++) {
        if (str_equal(word, small_words[i]))
            return true;
    }
    return false;
}

struct str name_squeeze(struct str word, char *room)
{
    size_t length = 0;
    for (size_t i = 0; i < word.length; i++) {
        const bool letter = (unsigned char)word.data[i] < 0x80;
        if (!letter || length == 0 || room[length - 1] != word.data[i])
            room[length++] = word.data[i];
    }
    return (struct str){room, length};
}
