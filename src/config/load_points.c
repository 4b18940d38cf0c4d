/* SPDX-License-Identifier: EUPL-1.2 */
#include "loader_internal.h"
#include "sociopoint/config/yaml.h"
#include "sociopoint/domain/match_condition.h"
#include "sociopoint/json/value.h"

/* 0 when it is not there. The schema has seen to the range; 3.0 is an integer to it too. */
static int points_of(const json_t *object, const char *member)
{
    int64_t points = 0;
    const json_t *value = json_object_get(object, member);
    return value != NULL && json_to_int64(value, &points) ? (int)points : 0;
}

static void read_conditions(const json_t *conditions, struct match_weights *weights)
{
    for (int i = 0; i < CONDITION_COUNT; i++) {
        const json_t *points =
            json_object_get(conditions, match_condition_key((enum match_condition)i));
        weights->met[i] = points_of(points, "met");
        weights->unknown[i] = points_of(points, "unknown");
        weights->failed[i] = points_of(points, "failed");
    }
}

static void read_years(const json_t *years, struct match_weights *weights)
{
    size_t count = sizeof weights->source_year_points / sizeof weights->source_year_points[0];
    for (size_t i = 0; i < count; i++) {
        int64_t points = 0;
        if (json_to_int64(json_array_get(years, i), &points))
            weights->source_year_points[i] = (int)points;
    }
}

/* Those the match has room for; the schema allows no more. */
static void read_bands(const json_t *bands, struct match_weights *weights)
{
    weights->distance_band_count = json_array_size(bands);
    if (weights->distance_band_count > DISTANCE_BANDS_MAXIMUM)
        weights->distance_band_count = DISTANCE_BANDS_MAXIMUM;
    for (size_t i = 0; i < weights->distance_band_count; i++) {
        const json_t *band = json_array_get(bands, i);
        weights->distance_bands[i] =
            (struct distance_band){points_of(band, "within_m"), points_of(band, "points")};
    }
}

static void read_freshness(const json_t *root, struct match_weights *weights)
{
    weights->confirmed = points_of(root, "confirmed");
    weights->overdue = points_of(root, "overdue");
    weights->review_age_days = points_of(root, "review_age_days");
    weights->capacity_age_days = points_of(root, "capacity_age_days");
}

static void read_limits(const json_t *root, struct understanding_limits *limits)
{
    *limits = (struct understanding_limits){
        .sure = points_of(root, "sure"),
        .possible = points_of(root, "possible"),
        .crisis = points_of(root, "crisis"),
        .alarm = points_of(root, "alarm"),
        .danger = points_of(root, "danger"),
        .beside = points_of(root, "beside"),
        .category = points_of(root, "category"),
    };
}

void loader_read_points(struct loader *loader)
{
    struct match_weights *weights = &loader->knowledge->weights;
    struct config_yaml *yaml CLEANUP(config_yaml_freep) =
        loader_open(loader, "match.yaml", "match");
    if (yaml == NULL)
        return;
    const json_t *root = config_yaml_value(yaml);
    const json_t *situation = json_object_get(root, "situation");
    weights->named_situation = points_of(situation, "named");
    weights->kind_of_situation = points_of(situation, "kind");
    weights->target_group_of_situation = points_of(situation, "target_group");
    weights->name = points_of(root, "name");
    const json_t *diversity = json_object_get(root, "diversity");
    weights->diversity =
        (struct match_diversity){points_of(diversity, "first"), points_of(diversity, "at_most"),
                                 points_of(diversity, "within")};
    read_limits(json_object_get(root, "understanding"), &loader->knowledge->understanding.limits);
    read_freshness(root, weights);
    read_bands(json_object_get(root, "distance_bands"), weights);
    read_conditions(json_object_get(root, "conditions"), weights);
    read_years(json_object_get(root, "source_years"), weights);
}
