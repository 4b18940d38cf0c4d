/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench/synthetic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/random.h"
#include "sociopoint/config/loader.h"
#include "sociopoint/json/parse.h"
#include "sociopoint/match/match.h"
#include "sociopoint/rest/rest.h"

enum { SAMPLES_MAXIMUM = 4096, SERVICES_PER_ORGANIZATION = 2, WORD_SIZE = 32, NAME_SIZE = 512 };

/* One real record with what belongs to it. */
struct sample {
    json_t *service;      /* borrowed, like the rest */
    json_t *organization; /* may be NULL: of another file */
    const char *municipality;
    bool office;
};

struct synthetic {
    json_t *files; /* the real ones, which own everything */
    json_t *locations;
    struct sample samples[SAMPLES_MAXIMUM];
    size_t sample_count;
    uint64_t seed;
    size_t organizations;
};

_Noreturn void synthetic_fail(const char *what, const char *which)
{
    (void)fprintf(stderr, "%s: %s\n", what, which);
    exit(2);
}

const struct knowledge *synthetic_knowledge(const char *config)
{
    const struct text_table tables[] = {
        {match_text_codes, match_text_code_count},
        {rest_text_codes, rest_text_code_count},
        {NULL, 0},
    };
    struct error err = {0};
    const struct knowledge *knowledge = config_knowledge_load(config, tables, NULL, &err);
    if (knowledge == NULL)
        synthetic_fail(err.problems[0].code, err.problems[0].pointer);
    return knowledge;
}

/* --- The real records -------------------------------------------------------------------------- */

static json_t *find_key(json_t *records, const char *key)
{
    size_t i;
    json_t *record;
    json_array_foreach(records, i, record)
    {
        if (strcmp(json_string_value(json_object_get(record, "key")), key) == 0)
            return record;
    }
    return NULL;
}

static void add_samples(struct synthetic *synthetic, json_t *file)
{
    json_t *organizations = json_object_get(file, "organizations");
    size_t i;
    json_t *service;
    json_t *location;
    json_array_foreach(json_object_get(file, "locations"), i, location)
    {
        const char *key = json_string_value(json_object_get(location, "key"));
        if (key == NULL || json_object_set(synthetic->locations, key, location) != 0)
            synthetic_fail("no location", "a real file");
    }
    json_array_foreach(json_object_get(file, "services"), i, service)
    {
        const char *owner = json_string_value(json_object_get(service, "organization"));
        if (owner == NULL || synthetic->sample_count == SAMPLES_MAXIMUM)
            synthetic_fail("no service, or too many", "a real file");
        struct sample *sample = &synthetic->samples[synthetic->sample_count++];
        sample->service = service;
        sample->organization = find_key(organizations, owner);
        sample->municipality = json_string_value(json_object_get(file, "municipality"));
        sample->office = json_is_true(json_object_get(sample->organization, "office"));
    }
}

struct synthetic *synthetic_new(const char *directory, uint64_t seed, size_t services)
{
    static const char *const names[] = {"ostrava.json", "brno.json"};
    struct synthetic *synthetic = calloc(1, sizeof *synthetic);
    if (synthetic == NULL)
        synthetic_fail("no memory", "synthetic services");
    synthetic->files = json_array();
    synthetic->locations = json_object();
    synthetic->seed = seed;
    synthetic->organizations = services / SERVICES_PER_ORGANIZATION + 1;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[4096];
        struct error err = {0};
        (void)snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        json_t *file = json_parse_file(path, &json_limits_file, &err);
        if (file == NULL || json_array_append_new(synthetic->files, file) != 0)
            synthetic_fail("cannot read", path);
        add_samples(synthetic, file);
    }
    return synthetic;
}

void synthetic_free(struct synthetic *synthetic)
{
    if (synthetic == NULL)
        return;
    json_decref(synthetic->locations);
    json_decref(synthetic->files);
    free(synthetic);
}

/* --- Drawing ----------------------------------------------------------------------------------- */

/* What one service is put together from. */
struct draw {
    const struct synthetic *synthetic;
    struct random random;
    size_t n;
    const struct sample *what;  /* what it is and for whom */
    const struct sample *where; /* and so on */
    const struct sample *phones;
    const struct sample *hours;
    const struct sample *source;
    size_t organization;
};

static const struct sample *any_sample(struct draw *draw)
{
    return &draw->synthetic->samples[random_below(&draw->random, draw->synthetic->sample_count)];
}

/* Offices serve their district, others what they say: both keep their way, and their city. */
static const struct sample *sample_alike(struct draw *draw, const struct sample *as)
{
    const struct sample *sample = any_sample(draw);
    while (sample->office != as->office || strcmp(sample->municipality, as->municipality) != 0)
        sample = any_sample(draw);
    return sample;
}

static const char *kind_of(const struct sample *sample)
{
    const char *kind = json_string_value(json_object_get(sample->service, "kind"));
    return kind == NULL ? "" : kind;
}

static const struct sample *sample_of_kind(struct draw *draw)
{
    const struct sample *sample = any_sample(draw);
    while (strcmp(kind_of(sample), kind_of(draw->what)) != 0)
        sample = any_sample(draw);
    return sample;
}

static void draw_init(struct draw *draw, const struct synthetic *synthetic, size_t n)
{
    *draw = (struct draw){.synthetic = synthetic, .n = n};
    draw->random.state = synthetic->seed ^ (n + 1) * UINT64_C(0xd1342543de82ef95);
    draw->what = any_sample(draw);
    draw->where = sample_alike(draw, draw->what);
    draw->phones = sample_alike(draw, draw->what);
    draw->hours = sample_alike(draw, draw->what);
    draw->source = sample_alike(draw, draw->what);
    /* The lesser of two: some organisations are large, most are small. */
    size_t one = random_below(&draw->random, synthetic->organizations);
    size_t other = random_below(&draw->random, synthetic->organizations);
    draw->organization = one < other ? one : other;
}

/* An invented proper name: "Kavoriba". */
static void invent_word(struct random *random, char word[WORD_SIZE])
{
    static const char *const syllables[] = {"ka", "vo", "ri",  "ba", "le",  "mi", "no", "ste",
                                            "du", "ha", "pro", "sy", "tem", "ža", "čí", "ře"};
    size_t count = 2 + random_below(random, 3);
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(word + length, WORD_SIZE - length, "%s",
                                   syllables[random_below(random, 13)]);
    word[0] = (char)(word[0] - 'a' + 'A');
}

/* --- Records ----------------------------------------------------------------------------------- */

static void set_new(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0)
        synthetic_fail("no memory", name);
}

static void set_copies(json_t *object, const json_t *from, const char *const *names)
{
    for (; *names != NULL; names++) {
        json_t *value = json_object_get(from, *names);
        if (value != NULL)
            set_new(object, *names, json_deep_copy(value));
    }
}

/* Leaves one item out, or adds one of a record of the same kind, now and then. */
static void vary(struct draw *draw, json_t *service, const char *name)
{
    json_t *items = json_object_get(service, name);
    if (json_array_size(items) > 1 && random_percent(&draw->random, 10))
        (void)json_array_remove(items, random_below(&draw->random, json_array_size(items)));
    if (items == NULL || !random_percent(&draw->random, 15))
        return;
    json_t *others = json_object_get(sample_of_kind(draw)->service, name);
    if (json_array_size(others) == 0)
        return;
    json_t *added = json_array_get(others, random_below(&draw->random, json_array_size(others)));
    size_t i;
    json_t *item;
    json_array_foreach(items, i, item)
    {
        if (json_equal(item, added))
            return;
    }
    if (json_array_append_new(items, json_deep_copy(added)) != 0)
        synthetic_fail("no memory", name);
}

static json_t *make_organization(const struct draw *draw)
{
    struct random random = {draw->synthetic->seed ^ ~(uint64_t)draw->organization};
    char word[WORD_SIZE];
    invent_word(&random, word);
    bool office = draw->what->office;
    json_t *record =
        json_pack("{s:o, s:o}", "key",
                  json_sprintf("%s-%06zu", office ? "office" : "organization", draw->organization),
                  "name", json_sprintf("%s %s", office ? "Úřad" : "Společnost", word));
    if (office)
        set_new(record, "office", json_true());
    set_new(record, "website", json_string("https://example.org/"));
    if (random_percent(&random, 40))
        set_new(record, "phones", json_pack("[{s:s}]", "number", "+420 599 000 000"));
    return record;
}

/* Some places have coordinates: somewhere in the city. */
static void set_coordinates(struct draw *draw, json_t *location)
{
    bool brno = strcmp(draw->where->municipality, "brno") == 0;
    double north = (double)random_below(&draw->random, 16000) / 1e5 - 0.08;
    double east = (double)random_below(&draw->random, 20000) / 1e5 - 0.10;
    if (json_is_true(json_object_get(location, "concealed")) || !random_percent(&draw->random, 20))
        return;
    set_new(location, "latitude", json_real((brno ? 49.195 : 49.82) + north));
    set_new(location, "longitude", json_real((brno ? 16.607 : 18.26) + east));
}

static json_t *make_locations(struct draw *draw, const char *organization)
{
    static const char *const kept[] = {"address", "locality",  "concealed",
                                       "area",    "schedules", NULL};
    json_t *records = json_array();
    json_t *keys = json_object_get(draw->where->service, "locations");
    size_t i;
    json_t *key;
    json_array_foreach(keys, i, key)
    {
        json_t *from = json_object_get(draw->synthetic->locations, json_string_value(key));
        json_t *record = json_pack("{s:o, s:s}", "key", json_sprintf("place-%07zu-%zu", draw->n, i),
                                   "organization", organization);
        set_copies(record, from, kept);
        json_t *address = json_object_get(record, "address");
        if (json_object_get(address, "street") != NULL)
            set_new(address, "street",
                    json_sprintf("Vymyšlená %zu", 1 + random_below(&draw->random, 2000)));
        set_coordinates(draw, record);
        if (json_array_append_new(records, record) != 0)
            synthetic_fail("no memory", "locations");
    }
    return records;
}

static json_t *key_list(const json_t *records)
{
    json_t *keys = json_array();
    size_t i;
    json_t *record;
    json_array_foreach(records, i, record)(void)
        json_array_append(keys, json_object_get(record, "key"));
    return keys;
}

static json_t *make_service(struct draw *draw, const json_t *organization, const json_t *locations)
{
    static const char *const what[] = {"description", "status",
                                       "kind",        "forms",
                                       "situations",  "target_groups",
                                       "rules",       "minimum_age",
                                       "maximum_age", "registered_maximum",
                                       "free_places", "cost",
                                       "languages",   "accessibility",
                                       "capacities",  NULL};
    static const char *const where[] = {"area", NULL};
    static const char *const phones[] = {"phones", "email", "emails", "url", NULL};
    static const char *const hours[] = {"hours_text", "schedules", "closures", NULL};
    static const char *const source[] = {"source", NULL};
    char word[WORD_SIZE];
    invent_word(&draw->random, word);
    const char *name = json_string_value(json_object_get(draw->what->service, "name"));
    json_t *record = json_pack("{s:o, s:O, s:o}", "key", json_sprintf("service-%07zu", draw->n),
                               "organization", json_object_get(organization, "key"), "name",
                               json_sprintf("%s %zu: %s", word, draw->n, name));
    set_copies(record, draw->what->service, what);
    set_copies(record, draw->where->service, where);
    set_copies(record, draw->phones->service, phones);
    set_copies(record, draw->hours->service, hours);
    set_copies(record, draw->source->service, source);
    vary(draw, record, "situations");
    vary(draw, record, "target_groups");
    if (json_array_size(locations) > 0)
        set_new(record, "locations", key_list(locations));
    return record;
}

json_t *synthetic_record(const struct synthetic *synthetic, size_t n)
{
    struct draw draw;
    draw_init(&draw, synthetic, n);
    json_t *organization = make_organization(&draw);
    const char *key = json_string_value(json_object_get(organization, "key"));
    json_t *locations = make_locations(&draw, key);
    json_t *service = make_service(&draw, organization, locations);
    json_t *record =
        json_pack("{s:s, s:o, s:o, s:o}", "municipality", draw.what->municipality, "organization",
                  organization, "locations", locations, "service", service);
    if (record == NULL)
        synthetic_fail("no memory", "a synthetic record");
    return record;
}
