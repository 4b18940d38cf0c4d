/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How far it is, as the crow flies, on a sphere with the mean radius of the Earth by IUGG,
 * 6371008.8 m; the error against the ellipsoid is below 0.5 %.
 *
 * Points stand in space, and what is compared is the straight line between two of them, which is
 * quickly found and grows with the way along the sphere: of a way d on radius r it is the chord
 * 2 r sin(d / 2r), for 10 km a millimetre less than these.
 */
#ifndef SOCIOPOINT_DOMAIN_DISTANCE_H
#define SOCIOPOINT_DOMAIN_DISTANCE_H

#include <math.h>
#include <stdint.h>

/* Metres from the middle of the Earth. */
struct distance_point {
    double x;
    double y;
    double z;
};

/* Coordinates in millionths of a degree, WGS 84. */
struct distance_point distance_point_at(int32_t latitude_micro, int32_t longitude_micro);
/* The straight line of a way along the sphere; both in metres. */
double distance_straight_of(double metres);
/* The way along the sphere, in whole metres, of which this is the straight line. */
int distance_metres(double straight);

/* The straight line between two points, in metres. */
static inline double distance_straight(const struct distance_point *from,
                                       const struct distance_point *to)
{
    const double x = to->x - from->x;
    const double y = to->y - from->y;
    const double z = to->z - from->z;
    return sqrt(x * x + y * y + z * z);
}

#endif
