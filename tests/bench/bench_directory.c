/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * bench_directory --config DIR --services N [--seed N] [--per-file N] FOLDER
 *
 * Writes import files of synthetic services into the folder, for measuring the whole chain.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/synthetic.h"
#include "sociopoint/json/parse.h"

int main(int argc, char **argv)
{
    static const struct option known[] = {
        {"config", required_argument, NULL, 'c'},
        {"services", required_argument, NULL, 'n'},
        {"seed", required_argument, NULL, 's'},
        {"per-file", required_argument, NULL, 'p'},
        {NULL, 0, NULL, 0},
    };
    const char *config = "config";
    size_t services = 10000;
    size_t per_file = 5000;
    uint64_t seed = 1;
    bool understood = true;
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == 'c')
            config = optarg;
        else if (option == 'n')
            services = strtoul(optarg, NULL, 10);
        else if (option == 's')
            seed = strtoull(optarg, NULL, 10);
        else if (option == 'p')
            per_file = strtoul(optarg, NULL, 10);
        else
            understood = false;
    }
    if (!understood || optind + 1 != argc || per_file == 0) {
        (void)fprintf(stderr, "usage: bench_directory --config DIR --services N [--seed N] "
                              "[--per-file N] FOLDER\n");
        return 2;
    }
    char directory[4096];
    (void)snprintf(directory, sizeof directory, "%s/directory", config);
    json_start();
    struct synthetic *synthetic = synthetic_new(directory, seed, services);
    synthetic_write(synthetic, services, per_file, argv[optind]);
    synthetic_free(synthetic);
    return 0;
}
