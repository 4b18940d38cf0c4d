/* SPDX-License-Identifier: EUPL-1.2 */
#include "published_internal.h"

#include "command_internal.h"

#include "sociopoint/catalogue/holder.h"
#include "sociopoint/directory/refresh.h"
#include "sociopoint/store/store.h"

enum { READ_MS = 60000 }; /* long enough for a large directory */

struct generation_holder *published_read(const struct configuration *configuration,
                                         struct error *err)
{
    struct generation_holder *holder = generation_holder_new();
    const struct store_settings read = configuration_store(configuration, STORE_ROLE_READ);
    const struct refresh_options options = {.read = &read, .holder = holder};
    if (holder == NULL) {
        (void)error_set(err, ERROR_MEMORY, "memory-exhausted", "");
        return NULL;
    }
    struct refresher *refresher = refresh_start(&options, configuration->knowledge, err);
    bool loaded = refresher != NULL && refresh_wait_first(refresher, READ_MS);
    refresh_stop(refresher);
    if (loaded)
        return holder;
    if (refresher != NULL)
        (void)error_set(err, ERROR_UNAVAILABLE, "database-unavailable", "");
    generation_holder_free(holder);
    return NULL;
}
