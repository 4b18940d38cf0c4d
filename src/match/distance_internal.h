/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How far it is, as the crow flies: the haversine formula (R. W. Sinnott, "Virtues of the
 * Haversine", Sky and Telescope 68(2), 1984, p. 159) on a sphere with the mean radius of the Earth
 * by IUGG, 6371008.8 m. Its error against the ellipsoid is below 0.5 %.
 */
#ifndef SOCIOPOINT_MATCH_DISTANCE_INTERNAL_H
#define SOCIOPOINT_MATCH_DISTANCE_INTERNAL_H

#include <stdint.h>

/* A point from which many distances are asked. */
struct distance_origin {
    double latitude; /* radians */
    double longitude;
    double cosine; /* of the latitude */
};

/* Coordinates in millionths of a degree, WGS 84. */
struct distance_origin distance_origin_at(int32_t latitude_micro, int32_t longitude_micro);
/* Whole metres. */
int distance_to(const struct distance_origin *origin, int32_t latitude_micro,
                int32_t longitude_micro);

#endif
