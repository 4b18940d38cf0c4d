/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/distance.h"

static const double radius_m = 6371008.8;
static const double pi = 3.14159265358979323846;

static double radians(int32_t micro)
{
    return micro * 1e-6 * pi / 180;
}

struct distance_point distance_point_at(int32_t latitude_micro, int32_t longitude_micro)
{
    const double latitude = radians(latitude_micro);
    const double longitude = radians(longitude_micro);
    const double from_axis = radius_m * cos(latitude);
    return (struct distance_point){from_axis * cos(longitude), from_axis * sin(longitude),
                                   radius_m * sin(latitude)};
}

double distance_straight_of(double metres)
{
    const double half = metres / (2 * radius_m);
    return 2 * radius_m * (half < pi / 2 ? sin(half) : 1);
}

int distance_metres(double straight)
{
    const double half = straight / (2 * radius_m);
    return (int)(2 * radius_m * asin(half < 1 ? half : 1) + 0.5);
}
