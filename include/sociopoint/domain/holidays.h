/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Public holidays of Czechia by law 245/2000 Sb.: state holidays (section 1) and other holidays
 * (section 2); Good Friday is one since 2016 (law 359/2015 Sb.). Pure functions, for any thread.
 */
#ifndef SOCIOPOINT_DOMAIN_HOLIDAYS_H
#define SOCIOPOINT_DOMAIN_HOLIDAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "sociopoint/domain/civil_date.h"

enum holiday {
    HOLIDAY_NONE,
    HOLIDAY_NEW_YEAR, /* also the day of restoration of the independent Czech state */
    HOLIDAY_GOOD_FRIDAY,
    HOLIDAY_EASTER_MONDAY,
    HOLIDAY_LABOUR_DAY,
    HOLIDAY_VICTORY_DAY,
    HOLIDAY_CYRIL_AND_METHODIUS,
    HOLIDAY_JAN_HUS,
    HOLIDAY_CZECH_STATEHOOD,
    HOLIDAY_CZECHOSLOVAK_STATE,
    HOLIDAY_FREEDOM_AND_DEMOCRACY,
    HOLIDAY_CHRISTMAS_EVE,
    HOLIDAY_CHRISTMAS_DAY,
    HOLIDAY_SAINT_STEPHEN,
    HOLIDAY_COUNT
};

/*
 * Easter Sunday of the Gregorian calendar: the anonymous computus of Nature, 20 April 1876, in the
 * form of J. Meeus, Astronomical Algorithms, 2nd edition, chapter 8. Years 1 to 9999.
 */
struct civil_date easter_sunday(int year);

/* The public holiday of a day (civil_time.h); HOLIDAY_NONE on most. */
enum holiday holiday_of_day(int32_t day);
/* The public holidays of a month: bit n is its n-th day. */
uint32_t holiday_days_of_month(int year, int month);
/* "good-friday", ...; "none" for HOLIDAY_NONE. Static storage. */
const char *holiday_key(enum holiday holiday);
/* Monday to Friday and no public holiday. */
bool holiday_is_working_day(int32_t day);

#endif
