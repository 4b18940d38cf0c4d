/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/domain/civil_date.h"

/* The digits from `start` as a number between `low` and `high`. */
static bool part(struct str text, size_t start, size_t length, int low, int high, int *value)
{
    int number = 0;
    for (size_t i = start; i < start + length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        number = number * 10 + (text.data[i] - '0');
    }
    *value = number;
    return number >= low && number <= high;
}

bool civil_date_from_text(struct str text, struct civil_date *date)
{
    struct civil_date read = {0};
    if (text.length > 10 && text.data[10] == 'T')
        text.length = 10;
    if (text.length != 4 && text.length != 7 && text.length != 10)
        return false;
    if (!part(text, 0, 4, 1, 9999, &read.year))
        return false;
    if (text.length >= 7 && (text.data[4] != '-' || !part(text, 5, 2, 1, 12, &read.month)))
        return false;
    if (text.length == 10 && (text.data[7] != '-' || !part(text, 8, 2, 1, 31, &read.day)))
        return false;
    *date = read;
    return true;
}
