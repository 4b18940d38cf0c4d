/* SPDX-License-Identifier: EUPL-1.2 */
#include "distance_internal.h"

#include <math.h>

static const double earth_radius_m = 6371008.8;

static double radians(int32_t micro)
{
    static const double pi = 3.14159265358979323846;
    return micro * 1e-6 * pi / 180;
}

struct distance_origin distance_origin_at(int32_t latitude_micro, int32_t longitude_micro)
{
    double latitude = radians(latitude_micro);
    return (struct distance_origin){latitude, radians(longitude_micro), cos(latitude)};
}

int distance_to(const struct distance_origin *origin, int32_t latitude_micro,
                int32_t longitude_micro)
{
    double latitude = radians(latitude_micro);
    double across = sin((latitude - origin->latitude) / 2);
    double along = sin((radians(longitude_micro) - origin->longitude) / 2);
    double haversine = across * across + origin->cosine * cos(latitude) * along * along;
    return (int)(2 * earth_radius_m * asin(sqrt(haversine < 1 ? haversine : 1)) + 0.5);
}
