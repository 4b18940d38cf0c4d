/* SPDX-License-Identifier: EUPL-1.2 */
#include "build_internal.h"

#include <string.h>

#include "sociopoint/base/arena.h"
#include "sociopoint/domain/civil_date.h"
#include "sociopoint/domain/opening_hours.h"

enum { KEY_WORDS = 512, CLASSES_MAXIMUM = 1 << 16 };

/* Places that are near each other: in one rectangle of this size (millionths of a degree), which is
 * about 2 km by 2 km in Czechia. */
enum { CELL_HEIGHT = 18000, CELL_WIDTH = 28000 };
enum { LATITUDE_LIMIT = 90000000, LONGITUDE_LIMIT = 180000000 };

/* --- Keys -------------------------------------------------------------------------------------- */

/* What belongs to one facet of one row; rows with equal words are of one class. */
struct key {
    uint64_t words[KEY_WORDS];
    size_t count;
    bool alone; /* the row is of no class */
};

/* The row of which a key is made. */
struct subject {
    const struct build *build;
    const struct match_row *row;
    const struct service_facts *facts;
};

static void key_add(struct key *key, uint64_t word)
{
    if (key->count == KEY_WORDS)
        key->alone = true;
    else
        key->words[key->count++] = word;
}

static void key_add_two(struct key *key, int32_t high, int32_t low)
{
    key_add(key, (uint64_t)(uint32_t)high << 32 | (uint32_t)low);
}

static void key_add_double(struct key *key, double value)
{
    uint64_t word = 0;
    _Static_assert(sizeof word == sizeof value, "one word holds it");
    memcpy(&word, &value, sizeof word);
    key_add(key, word);
}

static void key_add_point(struct key *key, const struct distance_point *point)
{
    key_add_double(key, point->x);
    key_add_double(key, point->y);
    key_add_double(key, point->z);
}

static void add_localities(struct key *key, const uint16_t *localities, size_t count)
{
    key_add(key, count);
    for (size_t i = 0; i < count; i++)
        key_add(key, localities[i]);
}

static void add_area_record(struct key *key, const struct match_area *area)
{
    key_add_two(key, area->municipality, area->whole);
    key_add(key, area->districts);
    key_add(key, area->place_districts);
    add_localities(key, area->localities, area->locality_count);
    add_localities(key, area->place_localities, area->place_locality_count);
}

/* Most rows say it all themselves. */
static void write_area(const struct subject *subject, struct key *key)
{
    const struct match_row *row = subject->row;
    const uint32_t in_records = ROW_AREA_LOCALITIES | ROW_PLACE_LOCALITIES | ROW_MORE_AREAS;
    const uint32_t said = ROW_AREA_GIVEN | ROW_WHOLE_COUNTRY | ROW_WHOLE_REGION |
                          ROW_WHOLE_MUNICIPALITY | ROW_AREA_DISTRICTS | in_records | ROW_OFFICE |
                          ROW_FIELD_ONLY | ROW_CLOSED;
    bool reachable = (row->flags & (ROW_PHONE | ROW_VISIT)) != 0;
    key_add_two(key, (int32_t)(row->flags & said), row->home * 2 + (reachable ? 1 : 0));
    key_add(key, row->municipalities);
    key_add(key, row->districts);
    key_add(key, row->place_districts);
    for (size_t i = 0; (row->flags & in_records) != 0 && i < row->area_count; i++)
        add_area_record(key, &subject->build->generation->match.areas[row->area_first + i]);
}

static void write_person(const struct subject *subject, struct key *key)
{
    const struct match_row *row = subject->row;
    key_add_two(key, row->rules, row->minimum_age * 256 + row->maximum_age);
}

static void write_groups(const struct subject *subject, struct key *key)
{
    key_add(key, subject->row->target_groups);
}

/* Codes that share a bit are told apart by the facts alone. */
static void write_offer(const struct subject *subject, struct key *key)
{
    const struct match_row *row = subject->row;
    key->alone = (row->languages & MATCH_LANGUAGE_SHARED) != 0 ||
                 (row->accessibility & MATCH_ACCESSIBILITY_SHARED) != 0;
    key_add(key, row->languages);
    key_add_two(key, row->accessibility, row->forms * 256 + row->cost);
}

/* A day, a month or a year, as far as it is one. */
static void add_date(struct key *key, struct str text)
{
    struct civil_date date = {0};
    if (!str_present(text) || !civil_date_from_text(text, &date))
        date = (struct civil_date){0};
    key_add_two(key, date.year, date.month * 32 + date.day);
}

static void write_source(const struct subject *subject, struct key *key)
{
    key_add_two(key, subject->row->source_year, (subject->row->flags & ROW_CONFIRMED) != 0);
    add_date(key, subject->facts->confirmed_on);
}

static void add_opening_rule(struct key *key, const struct opening_rule *rule)
{
    key_add(key, rule->weeks);
    key_add(key, rule->weeks_from_end);
    key_add_two(key, rule->first_day, rule->last_day);
    key_add_two(key, rule->anchor_day, rule->interval);
    key_add_two(key, (int32_t)rule->month_days, (int32_t)rule->month_days_from_end);
    key_add_two(key, rule->opens, rule->length);
    for (int i = 0; i < WEEKDAY_COUNT; i += 2)
        key_add_two(key, rule->ordinals[i], i + 1 < WEEKDAY_COUNT ? rule->ordinals[i + 1] : 0);
    key_add_two(key, rule->weekdays * 256 + rule->week_start,
                rule->frequency * 256 + rule->purpose);
    key_add_two(key, rule->holidays,
                rule->has_weekdays + 2 * rule->by_appointment + 4 * rule->unsure +
                    8 * rule->replaces);
}

static void add_hours(struct key *key, const struct opening_hours *hours)
{
    key_add(key, hours != NULL);
    if (hours == NULL)
        return;
    key_add_two(key, (int32_t)hours->rule_count, (int32_t)hours->closure_count);
    for (size_t i = 0; i < hours->rule_count; i++)
        add_opening_rule(key, &hours->rules[i]);
    for (size_t i = 0; i < hours->closure_count; i++) {
        key_add_two(key, hours->closures[i].first_day, hours->closures[i].last_day);
        key_add(key, hours->closures[i].purpose);
    }
}

/* With hours of several places it depends on the question which of them count. */
static void write_hours(const struct subject *subject, struct key *key)
{
    const struct service_facts *facts = subject->facts;
    if ((subject->row->flags & ROW_HOURS) == 0)
        return;
    for (size_t i = 0; facts->place_count > 1 && i < facts->place_count; i++)
        key->alone = key->alone || facts->places[i].hours != NULL;
    if (key->alone)
        return;
    add_hours(key, facts->hours);
    add_hours(key, facts->place_count == 0 ? NULL : facts->places[0].hours);
}

/* Coordinates are hardly ever the same, but many are near each other; most places have none, but a
 * district. */
static void add_cell(struct key *key, const struct service_place *place)
{
    key_add_two(key, (place->latitude_micro + LATITUDE_LIMIT) / CELL_HEIGHT,
                (place->longitude_micro + LONGITUDE_LIMIT) / CELL_WIDTH);
}

static void write_spot(const struct subject *subject, struct key *key)
{
    const struct match_row *row = subject->row;
    const struct service_place *place = subject->facts->places;
    const struct match_index *index = &subject->build->generation->match;
    const struct match_spot *spot = &index->spots[index->spot_first[row - index->rows]];
    if ((row->flags & ROW_FIELD_ONLY) != 0 || (row->flags & ROW_VISIT) == 0)
        return;
    key->alone = subject->facts->place_count != 1;
    key_add_two(key, (row->forms & FORM_FIELD) != 0, (row->flags & ROW_PUBLIC_PLACE) != 0);
    if (key->alone || !spot->known)
        return;
    key_add(key, place->has_coordinates);
    if (place->has_coordinates)
        add_cell(key, place);
    else
        key_add_point(key, &spot->at);
}

static void write_room(const struct subject *subject, struct key *key)
{
    const struct service_facts *facts = subject->facts;
    if (subject->row->free_places == FREE_UNKNOWN)
        return;
    key_add(key, subject->row->free_places);
    add_date(key, facts->free_as_of);
    for (size_t i = 0; i < facts->capacity_count; i++) {
        key_add(key, (uint64_t)facts->capacities[i].available);
        add_date(key, facts->capacities[i].as_of);
    }
}

static void (*const writers[FACET_COUNT])(const struct subject *subject, struct key *key) = {
    [FACET_AREA] = write_area,   [FACET_PERSON] = write_person, [FACET_GROUPS] = write_groups,
    [FACET_OFFER] = write_offer, [FACET_SOURCE] = write_source, [FACET_HOURS] = write_hours,
    [FACET_SPOT] = write_spot,   [FACET_ROOM] = write_room,
};

/* --- Classes ----------------------------------------------------------------------------------- */

/* One class under its hash. */
struct class_slot {
    const uint64_t *words; /* NULL: free */
    uint64_t hash;
    uint32_t count;
    uint32_t class;
};

/* The classes of one facet that are known so far. */
struct class_table {
    struct class_slot *slots;
    size_t mask;
    uint32_t *rows;
    size_t count;
    size_t maximum;
    bool incomplete; /* some row is of no class */
};

static bool class_table_init(struct class_table *table, const struct build *build)
{
    size_t capacity = 16;
    size_t rows = build->generation->match.row_count;
    table->maximum = rows + 1 < CLASSES_MAXIMUM ? rows + 1 : CLASSES_MAXIMUM;
    while (capacity < 2 * table->maximum)
        capacity *= 2;
    table->mask = capacity - 1;
    table->count = MATCH_NO_CLASS + 1;
    table->slots = arena_array(build->scratch, capacity, sizeof *table->slots);
    table->rows = arena_array(build->scratch, table->maximum, sizeof *table->rows);
    return table->slots != NULL && table->rows != NULL;
}

static uint64_t hash_of(const struct key *key)
{
    uint64_t hash = key->count;
    for (size_t i = 0; i < key->count; i++) {
        hash = (hash ^ key->words[i]) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return hash;
}

static struct class_slot *slot_of(const struct class_table *table, const struct key *key,
                                  uint64_t hash)
{
    size_t bytes = key->count * sizeof key->words[0];
    for (size_t i = (size_t)hash & table->mask;; i = (i + 1) & table->mask) {
        struct class_slot *slot = &table->slots[i];
        bool same = slot->words != NULL && slot->hash == hash && slot->count == key->count &&
                    memcmp(slot->words, key->words, bytes) == 0;
        if (same || slot->words == NULL)
            return slot;
    }
}

/* Finds the class of the key, or makes it for this row; false when memory is exhausted. */
static bool class_of(struct class_table *table, const struct key *key, uint32_t row,
                     struct arena *scratch, uint16_t *class)
{
    uint64_t hash = hash_of(key);
    *class = MATCH_NO_CLASS;
    if (key->alone)
        return true;
    struct class_slot *slot = slot_of(table, key, hash);
    if (slot->words == NULL) {
        if (table->count == table->maximum)
            return true;
        uint64_t *words = arena_array(scratch, key->count, sizeof *words);
        if (words == NULL)
            return false;
        memcpy(words, key->words, key->count * sizeof *words);
        table->rows[table->count] = row;
        *slot = (struct class_slot){words, hash, (uint32_t)key->count, (uint32_t)table->count++};
    }
    *class = (uint16_t)slot->class;
    return true;
}

static bool classify_row(struct build *build, struct class_table tables[FACET_COUNT], size_t row,
                         struct match_row_classes *classes)
{
    const struct match_index *index = &build->generation->match;
    const struct subject subject = {build, &index->rows[row],
                                    match_index_facts(index, &index->rows[row])};
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        struct key key;
        key.count = 0;
        key.alone = false;
        writers[facet](&subject, &key);
        if (!class_of(&tables[facet], &key, (uint32_t)row, build->scratch, &classes->of[facet]))
            return false;
        tables[facet].incomplete |= classes->of[facet] == MATCH_NO_CLASS;
    }
    return true;
}

/* The generation keeps the rows that speak for the classes. */
static bool keep_rows(struct generation *generation, const struct class_table *table,
                      struct match_classes *classes)
{
    uint32_t *rows = arena_array(generation->arena, table->count, sizeof *rows);
    if (rows == NULL)
        return false;
    memcpy(rows, table->rows, table->count * sizeof *rows);
    *classes = (struct match_classes){rows, table->count, !table->incomplete};
    return true;
}

bool build_match_classes(struct build *build)
{
    struct generation *generation = build->generation;
    size_t rows = generation->match.row_count;
    struct class_table tables[FACET_COUNT] = {0};
    struct match_row_classes *classes = arena_array(generation->arena, rows, sizeof *classes);
    if (classes == NULL)
        return false;
    generation->match.row_classes = classes;
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        if (!class_table_init(&tables[facet], build))
            return false;
    }
    for (size_t row = 0; row < rows; row++) {
        if (!classify_row(build, tables, row, &classes[row]))
            return false;
    }
    for (size_t facet = 0; facet < FACET_COUNT; facet++) {
        if (!keep_rows(generation, &tables[facet], &generation->match.classes[facet]))
            return false;
    }
    return true;
}
