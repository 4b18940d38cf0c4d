/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * modules: domain
 * The smallest readers: UTF-8, folded names, moments, dates, ids.
 */
#include "fuzz/fuzz.h"

#include "sociopoint/base/arena.h"
#include "sociopoint/base/fold.h"
#include "sociopoint/base/moment.h"
#include "sociopoint/base/uuid.h"
#include "sociopoint/domain/civil_date.h"
#include "sociopoint/domain/civil_time.h"

static void fold(struct str text, struct arena *arena)
{
    struct str folded = fold_name(text, arena);
    FUZZ_REQUIRE(str_present(folded) && folded.length <= text.length);
    FUZZ_REQUIRE(str_is_utf8(folded));
    FUZZ_REQUIRE(fold_is(text, folded));
    FUZZ_REQUIRE(str_equal(fold_name(folded, arena), folded));
}

static void read_dates(struct str text)
{
    struct civil_date date;
    int64_t wall_ms;
    if (civil_date_from_text(text, &date)) {
        FUZZ_REQUIRE(date.month >= 0 && date.month <= 12 && date.day >= 0 && date.day <= 31);
        if (civil_date_exists(date)) {
            struct civil_date again = civil_day_date(civil_day_from_date(date));
            FUZZ_REQUIRE(again.year == date.year && again.month == date.month &&
                         again.day == date.day);
        }
    }
    if (moment_from_text(text, &wall_ms)) {
        char out[CIVIL_TIME_TEXT_SIZE];
        int64_t again;
        struct civil_time time = civil_time_at(wall_ms); /* beyond the year 9999: its last day */
        FUZZ_REQUIRE(time.utc_ms == wall_ms || time.offset_minutes == 60);
        FUZZ_REQUIRE(!moment_from_text(str_from(civil_time_format(&time, out)), &again) ||
                     again / 1000 == time.utc_ms / 1000 || wall_ms < 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = fuzz_str(data, size);
    struct uuid id;
    char out[UUID_TEXT_SIZE];
    char cut[17];
    struct arena *arena = arena_new(4 * size + 64);
    FUZZ_REQUIRE(arena != NULL);
    FUZZ_REQUIRE(strlen(str_copy_z(text, cut, sizeof cut)) < sizeof cut);
    if (str_is_utf8(text))
        fold(text, arena);
    read_dates(text);
    if (uuid_from_text(text, &id))
        FUZZ_REQUIRE(strlen(uuid_to_text(&id, out)) == UUID_TEXT_SIZE - 1);
    arena_free(arena);
    return 0;
}
