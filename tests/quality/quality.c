/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How well free text is understood: reads files of phrases with the situations that are right, and
 * counts. Usage: quality [--config DIR] [--failures | --each] [--floors N,N,N,N,N,N] FILE...
 *                quality [--config DIR] --export
 *
 * --failures lists what went wrong, --each everything. --floors fails when fewer percent are right
 * in the first place, or among the first three, or more percent of what is about something else are
 * answered with a situation, more crises are missed, or in more percent of what is no crisis lines
 * of one are read out than it says, or when fewer percent of one language are right in the first
 * place (85 where it is not said), in this order. --export writes what is learnt from to standard
 * output (quality/sayings.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "quality/phrases.h"
#include "quality/sayings.h"
#include "quality/tally.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/understanding.h"
#include "sociopoint/rest/rest.h"

enum { ARENA_BYTES = 8 << 20 };
enum { LANGUAGE_FLOOR = 85, PERCENT = 100, DECIMAL = 10 };

enum floor {
    FLOOR_FIRST,
    FLOOR_THREE,
    FLOOR_OTHER,
    FLOOR_MISSED,
    FLOOR_NEEDLESS,
    FLOOR_LANGUAGE,
    FLOORS
};

struct wishes {
    const char *config;
    bool list_failures;
    bool list_all;
    const char *floors; /* NULL: nothing is held */
    bool export;
};

struct run {
    const struct knowledge *knowledge;
    const struct wishes *wishes;
    struct arena *arena;
    struct tallies tallies;
    uint64_t nanoseconds;
    unsigned phrases;
};

/* --- One phrase -------------------------------------------------------------------------------- */

static void print_situations(const struct run *run, const struct match_understanding *understood)
{
    for (size_t i = 0; i < understood->situation_count; i++)
        (void)printf(
            " %.*s:%.1f%s",
            STR_ARGUMENTS(run->knowledge->situations[understood->situations[i].situation].term.key),
            (double)(PERCENT * understood->situations[i].confidence),
            understood->situations[i].danger ? "!" : "");
    (void)printf("\n");
}

static void print_phrase(const struct run *run, const struct phrase *phrase,
                         const struct match_understanding *understood)
{
    const struct answer answer = answer_of_understanding(understood);
    const int place = answer_place(run->knowledge, phrase->ids, &answer);
    const bool other = ids_are_none(phrase->ids);
    if (!run->wishes->list_all && (other ? answer.count == 0 : place == 0))
        return;
    const bool missed = answer_misses_crisis(run->knowledge, phrase->ids, &answer);
    (void)printf("  %s %s\n      wanted %s, got",
                 missed                                  ? "CRISIS"
                 : other                                 ? "other "
                 : place > 0 && place < TALLY_FIRST_ONES ? "second"
                                                         : "wrong ",
                 phrase->text, phrase->ids);
    print_situations(run, understood);
}

static uint64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool ask(struct run *run, const struct phrase *phrase)
{
    struct match_understanding understood;
    struct error err;
    arena_reset(run->arena);
    const uint64_t began = now_ns();
    if (!match_understand(run->knowledge, str_from(phrase->text), run->arena, &understood, &err))
        return false;
    run->nanoseconds += now_ns() - began;
    run->phrases++;
    const struct answer answer = answer_of_understanding(&understood);
    tallies_count(&run->tallies, run->knowledge, phrase->ids, phrase->language, &answer);
    if (run->wishes->list_failures || run->wishes->list_all)
        print_phrase(run, phrase, &understood);
    return true;
}

static bool ask_file(struct run *run, const char *path)
{
    struct phrases phrases;
    bool good = phrases_read(&phrases, path);
    for (size_t i = 0; good && i < phrases.count; i++)
        good = ask(run, &phrases.items[i]);
    phrases_done(&phrases);
    return good;
}

/* --- What came out ----------------------------------------------------------------------------- */

static void print_row(const struct tally *tally, const char *name)
{
    (void)printf("   %-4s %5u  %6.1f %%  %6.1f %%   %4u  %6.1f %%   %4u  %4u   %6.1f %%\n", name,
                 tally->asked, percent_of(tally->first, tally->asked),
                 percent_of(tally->three, tally->asked), tally->other,
                 percent_of(tally->other_answered, tally->other), tally->crises,
                 tally->crises_missed, percent_of(tally->needless, tally->calm));
}

static void print_table(const struct run *run)
{
    (void)printf("        asked   first   of three  other  answered  crises missed  needless\n");
    for (size_t i = 0; i < run->tallies.count; i++)
        print_row(&run->tallies.languages[i], run->tallies.languages[i].language);
    print_row(&run->tallies.all, "all");
    (void)printf("   %.0f us of processor time for a phrase\n",
                 (double)run->nanoseconds / 1000 / (run->phrases == 0 ? 1 : run->phrases));
}

static bool keeps_floors(const struct tallies *tallies, const char *written)
{
    const struct tally *all = &tallies->all;
    long floors[FLOORS] = {PERCENT, PERCENT,       0, 0,
                           0,       LANGUAGE_FLOOR}; /* what is not written is held strictly */
    for (int i = 0; i < FLOORS && *written != '\0'; i++) {
        char *behind = NULL;
        floors[i] = strtol(written, &behind, DECIMAL);
        written = *behind == ',' ? behind + 1 : behind;
    }
    bool reached = percent_of(all->first, all->asked) >= (double)floors[FLOOR_FIRST] &&
                   percent_of(all->three, all->asked) >= (double)floors[FLOOR_THREE] &&
                   percent_of(all->other_answered, all->other) <= (double)floors[FLOOR_OTHER] &&
                   all->crises_missed <= floors[FLOOR_MISSED] &&
                   percent_of(all->needless, all->calm) <= (double)floors[FLOOR_NEEDLESS];
    for (size_t i = 0; i < tallies->count; i++)
        reached = reached && percent_of(tallies->languages[i].first, tallies->languages[i].asked) >=
                                 (double)floors[FLOOR_LANGUAGE];
    return reached;
}

/* Reads the options; the position of the first file. */
static int read_options(int argc, char **argv, struct wishes *wishes)
{
    const struct {
        const char *name;
        bool *wish;
    } flags[] = {{"--failures", &wishes->list_failures},
                 {"--each", &wishes->list_all},
                 {"--export", &wishes->export}};
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--config") == 0 && i + 1 < argc)
            wishes->config = argv[++i];
        else if (strcmp(argv[i], "--floors") == 0 && i + 1 < argc)
            wishes->floors = argv[++i];
        for (size_t k = 0; k < sizeof flags / sizeof flags[0]; k++)
            *flags[k].wish = *flags[k].wish || strcmp(argv[i], flags[k].name) == 0;
    }
    return i;
}

static bool ask_files(struct run *run, char **files, int count)
{
    bool good = count > 0;
    for (int i = 0; good && i < count; i++)
        good = ask_file(run, files[i]);
    print_table(run);
    return good &&
           (run->wishes->floors == NULL || keeps_floors(&run->tallies, run->wishes->floors));
}

int main(int argc, char **argv)
{
    const struct text_table tables[] = {{match_text_codes, match_text_code_count},
                                        {rest_text_codes, rest_text_code_count},
                                        {NULL, 0}};
    struct error err = {0};
    struct wishes wishes = {.config = "config"};
    struct run run = {.wishes = &wishes, .arena = arena_new(ARENA_BYTES)};
    const int first = read_options(argc, argv, &wishes);
    run.knowledge = config_knowledge_load(wishes.config, tables, NULL, &err);
    if (run.knowledge == NULL || run.arena == NULL) {
        (void)fprintf(stderr, "%s is not usable: %s %s\n", wishes.config, err.problems[0].code,
                      err.problems[0].pointer);
        return EXIT_FAILURE;
    }
    const bool good = wishes.export ? sayings_write(run.knowledge, wishes.config, stdout, &err)
                                    : ask_files(&run, argv + first, argc - first);
    knowledge_release(run.knowledge);
    arena_free(run.arena);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
