/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "command_internal.h"
#include "published_internal.h"

#include "sociopoint/catalogue/generation.h"
#include "sociopoint/catalogue/holder.h"
#include "sociopoint/directory/needs.h"
#include "sociopoint/domain/knowledge.h"

static void print_needs(const struct generation *generation)
{
    const struct knowledge *knowledge = generation_knowledge(generation);
    struct need needs[KNOWLEDGE_SITUATIONS_MAXIMUM];
    size_t without = 0;
    size_t without_phone = 0;
    directory_needs(generation, knowledge->default_municipality, needs);
    (void)printf("%-30s %8s %10s %9s %8s\n", "situation", "local", "with phone", "national",
                 "by kind");
    for (size_t i = 0; i < knowledge->situation_count; i++) {
        const struct need *need = &needs[i];
        struct str key = knowledge->situations[i].term.key;
        (void)printf("%-30.*s %8zu %10zu %9zu %8zu%s\n", STR_ARGUMENTS(key), need->local,
                     need->local_with_phone, need->national, need->by_kind,
                     need->local == 0              ? "  nobody here"
                     : need->local_with_phone == 0 ? "  no phone"
                                                   : "");
        without += need->local == 0;
        without_phone += need->local > 0 && need->local_with_phone == 0;
    }
    (void)printf("%zu situations: %zu without a local service, %zu with local services but none "
                 "with a phone of its own\n",
                 knowledge->situation_count, without, without_phone);
}

int command_coverage_of_needs(const struct options *options)
{
    struct configuration configuration;
    struct error err;
    if (!configuration_load(options, &configuration, &err))
        return EXIT_CONFIGURATION;
    struct generation_holder *holder = published_read(&configuration, &err);
    int status = holder == NULL ? report_error(&err) : EXIT_GOOD;
    if (holder != NULL) {
        const struct generation *generation = generation_acquire(holder);
        print_needs(generation);
        generation_release(holder, generation);
    }
    generation_holder_free(holder);
    configuration_done(&configuration);
    return status;
}
