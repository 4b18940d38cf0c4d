/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How well free text is understood: reads files of phrases with the situations that are right, and
 * counts. Usage: quality [--config DIR] [--failures | --each] [--goals] FILE...
 *
 * --failures lists what went wrong, --each everything; --goals fails when a goal is not reached:
 * first right 92 % of
 * all and 85 % of each language, one of the first three right 98 %, something else answered with a
 * situation at most 5 %, no crisis missed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sociopoint/config/loader.h"
#include "sociopoint/match/match.h"
#include "sociopoint/match/understanding.h"
#include "sociopoint/rest/rest.h"

enum { LINE_SIZE = 4096, LANGUAGES_MAXIMUM = 8, ARENA_BYTES = 8 << 20, FIRST_ONES = 3 };
enum { FIRST_GOAL = 92, LANGUAGE_GOAL = 85, THREE_GOAL = 98, OTHER_GOAL = 5, PERCENT = 100 };

struct tally {
    char language[LANGUAGES_MAXIMUM];
    unsigned asked; /* about a situation */
    unsigned first;
    unsigned three;
    unsigned other; /* about something else */
    unsigned other_answered;
    unsigned crises;
    unsigned crises_missed;
};

struct run {
    const struct knowledge *knowledge;
    struct arena *arena;
    bool list_failures;
    bool list_all;
    struct tally languages[LANGUAGES_MAXIMUM];
    size_t language_count;
    struct tally all;
    uint64_t nanoseconds;
    unsigned phrases;
};

/* --- Counting ---------------------------------------------------------------------------------- */

static struct tally *tally_of(struct run *run, const char *language)
{
    for (size_t i = 0; i < run->language_count; i++) {
        if (strcmp(run->languages[i].language, language) == 0)
            return &run->languages[i];
    }
    struct tally *tally = &run->languages[run->language_count];
    run->language_count += run->language_count + 1 < LANGUAGES_MAXIMUM ? 1 : 0;
    (void)snprintf(tally->language, sizeof tally->language, "%s", language);
    return tally;
}

/* Whether the comma-separated ids name the situation. */
static bool names(const struct run *run, const char *ids, uint16_t situation)
{
    struct str rest = str_from(ids);
    while (str_present(rest)) {
        struct str id = rest;
        struct str behind = {NULL, 0};
        (void)str_cut(rest, ',', &id, &behind);
        if (str_equal(id, run->knowledge->situations[situation].term.key))
            return true;
        rest = behind;
    }
    return false;
}

/* The place of the first right situation, or -1. */
static int place_of_right(const struct run *run, const char *ids,
                          const struct match_understanding *understood)
{
    for (size_t i = 0; i < understood->situation_count; i++) {
        if (names(run, ids, understood->situations[i].situation))
            return (int)i;
    }
    return -1;
}

/* Whether the first id is a crisis. */
static bool is_crisis(const struct run *run, const char *ids)
{
    struct str first = str_from(ids);
    struct str behind;
    (void)str_cut(first, ',', &first, &behind);
    const int situation = knowledge_situation(run->knowledge, first);
    return situation != KNOWLEDGE_NONE &&
           run->knowledge->situations[situation].urgency == URGENCY_CRISIS;
}

/* A crisis is not missed when some crisis is among what is answered. */
static bool crisis_answered(const struct run *run, const struct match_understanding *understood)
{
    for (size_t i = 0; i < understood->situation_count; i++) {
        if (run->knowledge->situations[understood->situations[i].situation].urgency ==
            URGENCY_CRISIS)
            return true;
    }
    return understood->crisis_line_count > 0;
}

static void count(struct run *run, struct tally *tally, const char *ids,
                  const struct match_understanding *understood)
{
    if (strcmp(ids, "none") == 0) {
        tally->other++;
        tally->other_answered += understood->situation_count > 0 ? 1 : 0;
        return;
    }
    const int place = place_of_right(run, ids, understood);
    tally->asked++;
    tally->first += place == 0 ? 1 : 0;
    tally->three += place >= 0 && place < FIRST_ONES ? 1 : 0;
    if (!is_crisis(run, ids))
        return;
    tally->crises++;
    tally->crises_missed += crisis_answered(run, understood) ? 0 : 1;
}

static void print_phrase(const struct run *run, const char *phrase, const char *ids,
                         const struct match_understanding *understood)
{
    const int place = place_of_right(run, ids, understood);
    const bool other = strcmp(ids, "none") == 0;
    if (!run->list_all && (other ? understood->situation_count == 0 : place == 0))
        return;
    const bool missed = !other && is_crisis(run, ids) && !crisis_answered(run, understood);
    (void)printf("  %s %s\n      wanted %s, got",
                 missed                            ? "CRISIS"
                 : other                           ? "other "
                 : place > 0 && place < FIRST_ONES ? "second"
                                                   : "wrong ",
                 phrase, ids);
    for (size_t i = 0; i < understood->situation_count; i++)
        (void)printf(
            " %.*s:%.1f%s",
            STR_ARGUMENTS(run->knowledge->situations[understood->situations[i].situation].term.key),
            (double)(PERCENT * understood->situations[i].confidence),
            understood->situations[i].danger ? "!" : "");
    (void)printf("\n");
}

/* --- Files ------------------------------------------------------------------------------------- */

static uint64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool ask(struct run *run, const char *phrase, const char *ids, const char *language)
{
    struct match_understanding understood;
    struct error err;
    arena_reset(run->arena);
    const uint64_t began = now_ns();
    if (!match_understand(run->knowledge, str_from(phrase), run->arena, &understood, &err))
        return false;
    run->nanoseconds += now_ns() - began;
    run->phrases++;
    count(run, tally_of(run, language), ids, &understood);
    count(run, &run->all, ids, &understood);
    if (run->list_failures || run->list_all)
        print_phrase(run, phrase, ids, &understood);
    return true;
}

/* One line: phrase, ids, and maybe a language, between tabs. */
static bool ask_line(struct run *run, char *line)
{
    line[strcspn(line, "\r\n")] = '\0';
    char *ids = strchr(line, '\t');
    if (ids == NULL)
        return line[0] == '\0';
    *ids++ = '\0';
    char *language = strchr(ids, '\t');
    if (language != NULL)
        *language++ = '\0';
    return ask(run, line, ids, language == NULL ? "-" : language);
}

static bool ask_file(struct run *run, const char *path)
{
    char line[LINE_SIZE];
    bool good = true;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        return false;
    }
    while (good && fgets(line, sizeof line, file) != NULL)
        good = ask_line(run, line);
    (void)fclose(file);
    if (!good)
        (void)fprintf(stderr, "%s: '%s' is no phrase\n", path, line);
    return good;
}

/* --- What came out ----------------------------------------------------------------------------- */

static double percent(unsigned part, unsigned whole)
{
    return whole == 0 ? 0 : (double)PERCENT * part / whole;
}

static void print_row(const struct tally *tally, const char *name)
{
    (void)printf("   %-4s %5u  %6.1f %%  %6.1f %%   %4u  %6.1f %%   %4u  %4u\n", name, tally->asked,
                 percent(tally->first, tally->asked), percent(tally->three, tally->asked),
                 tally->other, percent(tally->other_answered, tally->other), tally->crises,
                 tally->crises_missed);
}

static void print_table(const struct run *run)
{
    (void)printf("        asked   first   of three  other  answered  crises missed\n");
    for (size_t i = 0; i < run->language_count; i++)
        print_row(&run->languages[i], run->languages[i].language);
    print_row(&run->all, "all");
    (void)printf("   %.0f us of processor time for a phrase\n",
                 (double)run->nanoseconds / 1000 / (run->phrases == 0 ? 1 : run->phrases));
}

static bool reaches_goals(const struct run *run)
{
    const struct tally *all = &run->all;
    bool reached = percent(all->first, all->asked) >= FIRST_GOAL &&
                   percent(all->three, all->asked) >= THREE_GOAL &&
                   percent(all->other_answered, all->other) <= OTHER_GOAL &&
                   all->crises_missed == 0;
    for (size_t i = 0; i < run->language_count; i++)
        reached =
            reached && percent(run->languages[i].first, run->languages[i].asked) >= LANGUAGE_GOAL;
    return reached;
}

/* Reads the options; the position of the first file. */
static int read_options(int argc, char **argv, const char **config, struct run *run, bool *goals)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--config") == 0 && i + 1 < argc)
            *config = argv[++i];
        run->list_all = run->list_all || strcmp(argv[i], "--each") == 0;
        run->list_failures = run->list_failures || strcmp(argv[i], "--failures") == 0;
        *goals = *goals || strcmp(argv[i], "--goals") == 0;
    }
    return i;
}

int main(int argc, char **argv)
{
    const struct text_table tables[] = {{match_text_codes, match_text_code_count},
                                        {rest_text_codes, rest_text_code_count},
                                        {NULL, 0}};
    const char *config = "config";
    bool goals = false;
    struct error err = {0};
    struct run run = {.arena = arena_new(ARENA_BYTES)};
    const int first = read_options(argc, argv, &config, &run, &goals);
    run.knowledge = config_knowledge_load(config, tables, NULL, &err);
    if (run.knowledge == NULL || run.arena == NULL) {
        (void)fprintf(stderr, "%s is not usable: %s %s\n", config, err.problems[0].code,
                      err.problems[0].pointer);
        return EXIT_FAILURE;
    }
    bool good = first < argc;
    for (int i = first; good && i < argc; i++)
        good = ask_file(&run, argv[i]);
    print_table(&run);
    good = good && (!goals || reaches_goals(&run));
    knowledge_release(run.knowledge);
    arena_free(run.arena);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
