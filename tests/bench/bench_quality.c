/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How well and how fast free text is understood, beside PostgreSQL's full-text search over the same
 * vocabulary. Usage: bench_quality --config DIR --dsn DSN --ask SQL --tuning FILE --markdown FILE
 * FILE...
 *
 * PostgreSQL is shown twice: silent below the least score at which it answers at most 5 % of what
 * is about something else in --tuning (which is shown first), and never silent. Then what one long
 * or hostile text costs us.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/fail.h"
#include "bench/quality_long.h"
#include "bench/quality_peer.h"
#include "bench/statistics.h"
#include "quality/phrases.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/match/match.h"
#include "sociopoint/rest/rest.h"

enum { ARENA_BYTES = 64 << 20, FILES_MAXIMUM = 8 };
enum { REPETITIONS = 2, OTHER_PERCENT = 5 };
enum candidate { OURS, SEARCH, SEARCH_NEVER_SILENT, CANDIDATES };

struct asked {
    struct answer ours;
    struct answer found;
    double score; /* of what was found */
    double ours_us;
    double found_us;
};

struct asked_file {
    const char *path;
    struct phrases phrases;
    struct asked *asked;
};

struct comparison {
    const char *config;
    const char *dsn;
    const char *statement;
    const char *tuning;
    const struct knowledge *knowledge;
    struct arena *arena;
    struct asked_file files[FILES_MAXIMUM];
    size_t file_count;
    double silent_below;
};

/* --- Asking ------------------------------------------------------------------------------------ */

static double cpu_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double understand(struct comparison *at, struct str text, struct answer *answer)
{
    struct match_understanding understood;
    struct error err;
    arena_reset(at->arena);
    const double began = cpu_us();
    if (!match_understand(at->knowledge, text, at->arena, &understood, &err))
        bench_fail("not enough memory", "understanding");
    const double took = cpu_us() - began;
    *answer = answer_of_understanding(&understood);
    return took;
}

/* The best of several times, so that what else the machine does counts less; of both alike. */
static void ask(struct comparison *at, struct quality_peer *peer, const char *text,
                struct asked *asked)
{
    for (int i = 0; i < REPETITIONS; i++) {
        const double ours = understand(at, str_from(text), &asked->ours);
        const double found =
            quality_peer_ask(peer, at->knowledge, text, &asked->found, &asked->score);
        asked->ours_us = i == 0 || ours < asked->ours_us ? ours : asked->ours_us;
        asked->found_us = i == 0 || found < asked->found_us ? found : asked->found_us;
    }
    asked->found.crisis_lines = answer_names_crisis(at->knowledge, &asked->found);
}

static void ask_file(struct comparison *at, struct quality_peer *peer, const char *path)
{
    struct asked_file *file = &at->files[at->file_count++];
    file->path = path;
    if (!phrases_read(&file->phrases, path) || file->phrases.count == 0)
        bench_fail("no phrases", path);
    file->asked = calloc(file->phrases.count, sizeof *file->asked);
    if (file->asked == NULL)
        bench_fail("no memory", path);
    for (size_t i = 0; i < file->phrases.count; i++)
        ask(at, peer, file->phrases.items[i].text, &file->asked[i]);
}

/* --- When the search keeps silent -------------------------------------------------------------- */

/* The least score at which at most 5 % of what is about something else is answered. */
static double choose_silence(const struct asked_file *file)
{
    double *scores = calloc(file->phrases.count, sizeof *scores);
    size_t count = 0;
    if (scores == NULL)
        bench_fail("no memory", file->path);
    for (size_t i = 0; i < file->phrases.count; i++) {
        if (ids_are_none(file->phrases.items[i].ids))
            scores[count++] = file->asked[i].score;
    }
    if (count == 0)
        bench_fail("nothing about something else", file->path);
    (void)percentile(scores, count, 1.0);
    const double least = scores[count - 1 - count * OTHER_PERCENT / 100];
    free(scores);
    return least;
}

static struct answer answer_of(const struct comparison *at, const struct asked *asked,
                               enum candidate candidate)
{
    if (candidate == OURS)
        return asked->ours;
    if (candidate == SEARCH && asked->score <= at->silent_below)
        return (struct answer){0};
    return asked->found;
}

/* --- The table --------------------------------------------------------------------------------- */

static struct tallies count(const struct comparison *at, const struct asked_file *file,
                            enum candidate candidate)
{
    struct tallies tallies = {0};
    for (size_t i = 0; i < file->phrases.count; i++) {
        const struct phrase *phrase = &file->phrases.items[i];
        const struct answer answer = answer_of(at, &file->asked[i], candidate);
        tallies_count(&tallies, at->knowledge, phrase->ids, phrase->language, &answer);
    }
    return tallies;
}

/* The median of the phrases of a language, or of all ("all"). */
static double median_us(const struct asked_file *file, const char *language, bool ours)
{
    double *times = calloc(file->phrases.count, sizeof *times);
    size_t count = 0;
    if (times == NULL)
        bench_fail("no memory", file->path);
    for (size_t i = 0; i < file->phrases.count; i++) {
        if (strcmp(language, "all") == 0 || strcmp(language, file->phrases.items[i].language) == 0)
            times[count++] = ours ? file->asked[i].ours_us : file->asked[i].found_us;
    }
    const double median = spread_of(times, count).median;
    free(times);
    return median;
}

static void print_row(const struct asked_file *file, const struct tally *tally,
                      const char *language, enum candidate candidate)
{
    static const char *const names[] = {"Sociopoint", "PostgreSQL", "PostgreSQL, never silent"};
    const char *slash = strrchr(file->path, '/');
    const double ours = median_us(file, language, true);
    const double us = candidate == OURS ? ours : median_us(file, language, false);
    (void)printf("| %-10s | %-3s | %-24s | %5u | %5.1f %% | %5.1f %% | %5u | %5.1f %% | %5u | %5u "
                 "| %7.0f | %5.0f |\n",
                 slash == NULL ? file->path : slash + 1, language, names[candidate], tally->asked,
                 percent_of(tally->first, tally->asked), percent_of(tally->three, tally->asked),
                 tally->other, percent_of(tally->other_answered, tally->other), tally->crises,
                 tally->crises_missed, us, ours > 0 ? us / ours : 0);
}

static void print_file(const struct comparison *at, const struct asked_file *file)
{
    struct tallies tallies[CANDIDATES];
    for (int k = 0; k < CANDIDATES; k++)
        tallies[k] = count(at, file, (enum candidate)k);
    for (size_t i = 0; i < tallies[OURS].count; i++) {
        for (int k = 0; k < CANDIDATES; k++)
            print_row(file, &tallies[k].languages[i], tallies[k].languages[i].language,
                      (enum candidate)k);
    }
    for (int k = 0; k < CANDIDATES; k++)
        print_row(file, &tallies[k].all, "all", (enum candidate)k);
}

/* --- All of it ---------------------------------------------------------------------------------- */

static void print_all(struct comparison *at)
{
    (void)printf("| File | | Who | Phrases | First right | Of three | Something else "
                 "| Answered | Crises | Missed | us a phrase | Times ours |\n"
                 "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (size_t i = 0; i < at->file_count; i++)
        print_file(at, &at->files[i]);
    quality_long_print(at->knowledge, &at->files[0].phrases, at->arena);
}

/* --- The program ------------------------------------------------------------------------------- */

static void take(struct comparison *at, int option)
{
    const char **const texts[] = {
        ['c'] = &at->config, ['d'] = &at->dsn, ['a'] = &at->statement, ['t'] = &at->tuning};
    if (option <= 0 || (size_t)option >= sizeof texts / sizeof texts[0] || texts[option] == NULL)
        bench_fail("see the head of the source", "arguments");
    *texts[option] = optarg;
}

static void read_options(struct comparison *at, int argc, char **argv)
{
    static const struct option known[] = {
        {"config", required_argument, NULL, 'c'},
        {"dsn", required_argument, NULL, 'd'},
        {"ask", required_argument, NULL, 'a'},
        {"tuning", required_argument, NULL, 't'},
        {NULL, 0, NULL, 0},
    };
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;)
        take(at, option);
    if (at->config == NULL || at->dsn == NULL || at->statement == NULL || at->tuning == NULL ||
        argc - optind >= FILES_MAXIMUM)
        bench_fail("see the head of the source", "arguments");
}

static const struct knowledge *load(const char *config)
{
    const struct text_table tables[] = {{match_text_codes, match_text_code_count},
                                        {rest_text_codes, rest_text_code_count},
                                        {NULL, 0}};
    struct error err = {0};
    const struct knowledge *knowledge = config_knowledge_load(config, tables, NULL, &err);
    if (knowledge == NULL)
        bench_fail(err.problems[0].code, err.problems[0].pointer);
    return knowledge;
}

int main(int argc, char **argv)
{
    struct comparison at = {.arena = arena_new(ARENA_BYTES)};
    read_options(&at, argc, argv);
    at.knowledge = load(at.config);
    if (at.arena == NULL)
        bench_fail("no memory", "arena");
    struct quality_peer *peer = quality_peer_new(at.dsn, at.statement);
    ask_file(&at, peer, at.tuning);
    for (int i = optind; i < argc; i++) {
        if (strcmp(argv[i], at.tuning) != 0)
            ask_file(&at, peer, argv[i]);
    }
    quality_peer_free(peer);
    at.silent_below = choose_silence(&at.files[0]);
    print_all(&at);
    for (size_t i = 0; i < at.file_count; i++) {
        phrases_done(&at.files[i].phrases);
        free(at.files[i].asked);
    }
    knowledge_release(at.knowledge);
    arena_free(at.arena);
    return EXIT_SUCCESS;
}
