/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/str.h"
#include "sociopoint/store/store.h"

static const char *const names[STORE_KIND_COUNT] = {
    [STORE_ORGANIZATION] = "organization",
    [STORE_LOCATION] = "location",
    [STORE_SERVICE] = "service",
    [STORE_SERVICE_AT_LOCATION] = "service_at_location",
    [STORE_TAXONOMY] = "taxonomy",
    [STORE_TAXONOMY_TERM] = "taxonomy_term",
    [STORE_EVENT] = "event",
};

const char *store_kind_name(enum store_kind kind)
{
    return names[kind];
}

bool store_kind_from_name(struct str name, enum store_kind *kind)
{
    for (int i = 0; i < STORE_KIND_COUNT; i++) {
        if (!str_equal_z(name, names[i]))
            continue;
        *kind = (enum store_kind)i;
        return true;
    }
    return false;
}
