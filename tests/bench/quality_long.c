/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/quality_long.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/fail.h"
#include "bench/statistics.h"
#include "quality/phrases.h"
#include "sociopoint/base/arena.h"
#include "sociopoint/match/understanding.h"

enum { TEXT_BYTES = 64 * 1024, REPETITIONS = 25, STEP = 61 };
/* More than a cache of the machine holds, and what of it is one line. */
enum { OTHER_BYTES = 80 << 20, CACHE_LINE = 64 };

struct asking {
    const struct knowledge *knowledge;
    struct arena *arena;
    volatile unsigned char *other;
};

static double cpu_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double understand(struct asking *at, struct str text)
{
    struct match_understanding understood;
    struct error err;
    arena_reset(at->arena);
    const double began = cpu_us();
    if (!match_understand(at->knowledge, text, at->arena, &understood, &err))
        bench_fail("not enough memory", "understanding");
    return cpu_us() - began;
}

/* Nothing of what is known is in a cache afterwards. */
static void do_other_things(struct asking *at)
{
    for (size_t i = 0; i < OTHER_BYTES; i += CACHE_LINE)
        at->other[i]++;
}

static double median_us(struct asking *at, struct str text, bool cold)
{
    double times[REPETITIONS];
    (void)understand(at, text);
    for (int i = 0; i < REPETITIONS; i++) {
        if (cold)
            do_other_things(at);
        times[i] = understand(at, text);
    }
    return spread_of(times, REPETITIONS).median;
}

static void print_text(struct asking *at, const char *name, struct str text)
{
    const double warm = median_us(at, text, false);
    const double cold = median_us(at, text, true);
    (void)printf("| %-25s | %8.0f | %8.0f | %8zu |\n", name, warm, cold, arena_used(at->arena));
}

/* Phrases one behind the other, far ones of the file beside each other, until it has so many words. */
static struct str story(char *buffer, const struct phrases *phrases, size_t words)
{
    size_t length = 0;
    size_t found = 0;
    for (size_t i = 0; i < phrases->count && found < words; i++) {
        const char *phrase = phrases->items[i * STEP % phrases->count].text;
        for (; *phrase != '\0' && found < words && length + 2 < TEXT_BYTES; phrase++) {
            found += *phrase == ' ' ? 1 : 0;
            buffer[length++] = *phrase;
        }
        found++;
        buffer[length++] = ',';
        buffer[length++] = ' ';
    }
    return (struct str){buffer, length};
}

static struct str repeated(char *buffer, const char *piece)
{
    const size_t length = strlen(piece);
    size_t filled = 0;
    for (; filled + length <= TEXT_BYTES; filled += length)
        memcpy(buffer + filled, piece, length);
    return (struct str){buffer, filled};
}

void quality_long_print(const struct knowledge *knowledge, const struct phrases *phrases,
                        struct arena *arena)
{
    static const struct {
        const char *name;
        size_t words;
    } stories[] = {{"12 words", 12}, {"60 words", 60}, {"1,024 words", 1024}};
    static const struct {
        const char *name;
        const char *piece;
    } hostile[] = {
        {"64 KiB of one letter", "a"},
        {"64 KiB of combining marks", "\xCC\x81"},
        {"64 KiB of misspelt words", "exekutro dluhhy psychologg "},
        {"64 KiB of words of danger", "sebevražda chci umřít zabít se "},
    };
    static char buffer[TEXT_BYTES];
    struct asking at = {knowledge, arena, calloc(1, OTHER_BYTES)};
    if (at.other == NULL)
        bench_fail("no memory", "understanding");
    (void)printf("\n| Text | us, warm | us, cold | Bytes |\n|---|---:|---:|---:|\n");
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++)
        print_text(&at, stories[i].name, story(buffer, phrases, stories[i].words));
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
        print_text(&at, hostile[i].name, repeated(buffer, hostile[i].piece));
    free((void *)at.other);
}
