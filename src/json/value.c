/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/json/value.h"

#include <float.h>

#include "value_internal.h"

static const double two_to_53 = 9007199254740992.0;
static const double two_to_63 = 9223372036854775808.0;

/* mantissa * 10^exponent; the mantissa has no trailing zeros. */
struct decimal {
    uint64_t mantissa;
    int exponent;
};

struct str json_str(const json_t *value)
{
    if (!json_is_string(value))
        return (struct str){NULL, 0};
    return (struct str){json_string_value(value), json_string_length(value)};
}

struct str json_member_str(const json_t *object, const char *name)
{
    return json_str(json_object_get(object, name));
}

static int compare_int_with_real(int64_t number, double real)
{
    if (real >= two_to_63)
        return -1;
    if (real < -two_to_63)
        return 1;
    int64_t whole = (int64_t)real; /* towards zero */
    if (number != whole)
        return number < whole ? -1 : 1;
    double rest = real - (double)whole;
    return rest > 0 ? -1 : rest < 0;
}

int json_number_compare(const json_t *left, const json_t *right)
{
    if (json_is_integer(left) && json_is_integer(right)) {
        json_int_t a = json_integer_value(left);
        json_int_t b = json_integer_value(right);
        return (a > b) - (a < b);
    }
    if (json_is_integer(left))
        return compare_int_with_real(json_integer_value(left), json_real_value(right));
    if (json_is_integer(right))
        return -compare_int_with_real(json_integer_value(right), json_real_value(left));
    double a = json_real_value(left);
    double b = json_real_value(right);
    return (a > b) - (a < b);
}

static bool arrays_equal(const json_t *left, const json_t *right)
{
    size_t count = json_array_size(left);

    if (count != json_array_size(right))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!json_value_equal(json_array_get(left, i), json_array_get(right, i)))
            return false;
    }
    return true;
}

static bool objects_equal(const json_t *left, const json_t *right)
{
    const char *key;
    size_t length;
    json_t *value;

    if (json_object_size(left) != json_object_size(right))
        return false;
    json_object_keylen_foreach((json_t *)left, key, length, value)
    {
        const json_t *other = json_object_getn(right, key, length);
        if (other == NULL || !json_value_equal(value, other))
            return false;
    }
    return true;
}

bool json_value_equal(const json_t *left, const json_t *right)
{
    if (json_is_number(left) && json_is_number(right))
        return json_number_compare(left, right) == 0;
    if (json_typeof(left) != json_typeof(right))
        return false;
    switch (json_typeof(left)) {
    case JSON_STRING:
        return str_equal(json_str(left), json_str(right));
    case JSON_ARRAY:
        return arrays_equal(left, right);
    case JSON_OBJECT:
        return objects_equal(left, right);
    default:
        return true; /* null, true and false are their types */
    }
}

bool json_number_is_integral(const json_t *number)
{
    if (json_is_integer(number))
        return true;
    if (!json_is_real(number))
        return false;
    double real = json_real_value(number);
    if (real >= two_to_53 || real <= -two_to_53)
        return true; /* such doubles have no bits for a fraction */
    return (double)(int64_t)real == real;
}

bool json_to_int64(const json_t *value, int64_t *number)
{
    if (json_is_integer(value)) {
        *number = json_integer_value(value);
        return true;
    }
    if (!json_is_real(value) || !json_number_is_integral(value))
        return false;
    double real = json_real_value(value);
    if (real >= two_to_63 || real < -two_to_63)
        return false;
    *number = (int64_t)real;
    return true;
}

char *json_number_to_text(const json_t *number, char text[JSON_NUMBER_TEXT_SIZE])
{
    if (json_is_integer(number)) {
        (void)snprintf(text, JSON_NUMBER_TEXT_SIZE, "%lld", (long long)json_integer_value(number));
        return text;
    }
    double real = json_real_value(number);
    for (int digits = DBL_DIG; digits <= DBL_DECIMAL_DIG; digits++) {
        (void)snprintf(text, JSON_NUMBER_TEXT_SIZE, "%.*g", digits, real);
        if (strtod(text, NULL) == real)
            break;
    }
    return text;
}

/* The size of the number as the shortest decimal that reads back as the same. */
static struct decimal decimal_of(const json_t *number)
{
    char text[JSON_NUMBER_TEXT_SIZE];
    struct decimal decimal = {0, 0};
    bool fraction = false;
    const char *at = json_number_to_text(number, text);

    for (; *at != '\0' && *at != 'e'; at++) {
        if (*at == '.') {
            fraction = true;
        } else if (*at != '-') {
            decimal.mantissa = decimal.mantissa * 10 + (uint64_t)(*at - '0');
            decimal.exponent -= fraction;
        }
    }
    if (*at == 'e')
        decimal.exponent += (int)strtol(at + 1, NULL, 10);
    while (decimal.mantissa != 0 && decimal.mantissa % 10 == 0) {
        decimal.mantissa /= 10;
        decimal.exponent++;
    }
    return decimal;
}

/* The sum modulo `modulus` of two numbers below it; the modulus is at most 2^63, so nothing overflows. */
static uint64_t add_modulo(uint64_t left, uint64_t right, uint64_t modulus)
{
    uint64_t sum = left + right;
    return sum >= modulus ? sum - modulus : sum;
}

bool json_number_is_multiple(const json_t *number, const json_t *factor)
{
    struct decimal dividend = decimal_of(number);
    struct decimal divisor = decimal_of(factor);
    int shift = dividend.exponent - divisor.exponent;

    if (dividend.mantissa == 0)
        return true;
    for (; shift < 0; shift++) {
        if (__builtin_mul_overflow(divisor.mantissa, 10, &divisor.mantissa))
            return false; /* the divisor is the larger of the two */
    }
    uint64_t rest = dividend.mantissa % divisor.mantissa;
    for (; shift > 0 && rest != 0; shift--) {
        uint64_t twice = add_modulo(rest, rest, divisor.mantissa);
        uint64_t eightfold = add_modulo(twice, twice, divisor.mantissa);
        eightfold = add_modulo(eightfold, eightfold, divisor.mantissa);
        rest = add_modulo(eightfold, twice, divisor.mantissa);
    }
    return rest == 0;
}

size_t json_code_points(struct str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

static uint64_t mix(uint64_t hash)
{
    hash = (hash ^ (hash >> 33)) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ (hash >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
    return hash ^ (hash >> 33);
}

static uint64_t hash_bytes(const char *data, size_t length, uint64_t seed)
{
    uint64_t hash = seed;

    for (size_t i = 0; i < length; i++)
        hash = mix(hash ^ (unsigned char)data[i]);
    return mix(hash ^ length);
}

/* Equal numbers are the same double, whatever they are stored as (two different ones may be, too). */
static uint64_t hash_number(const json_t *number, uint64_t seed)
{
    double value = json_number_value(number);
    uint64_t bits;

    if (value == 0)
        value = 0; /* -0.0 */
    memcpy(&bits, &value, sizeof bits);
    return mix(seed ^ bits);
}

static uint64_t hash_object(const json_t *object, uint64_t seed)
{
    uint64_t sum = 0;
    const char *key;
    size_t length;
    json_t *value;

    json_object_keylen_foreach((json_t *)object, key, length, value)
    {
        sum += mix(hash_bytes(key, length, seed) ^ json_value_hash(value, ~seed));
    }
    return sum;
}

uint64_t json_value_hash(const json_t *value, uint64_t seed)
{
    uint64_t hash = mix(seed + (uint64_t)json_typeof(value));

    switch (json_typeof(value)) {
    case JSON_STRING:
        return hash_bytes(json_string_value(value), json_string_length(value), hash);
    case JSON_INTEGER:
    case JSON_REAL:
        return hash_number(value, mix(seed));
    case JSON_OBJECT:
        return hash_object(value, hash);
    case JSON_ARRAY:
        for (size_t i = 0; i < json_array_size(value); i++)
            hash = mix(hash ^ json_value_hash(json_array_get(value, i), seed));
        return hash;
    default:
        return hash;
    }
}
