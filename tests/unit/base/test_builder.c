/* SPDX-License-Identifier: EUPL-1.2 */
#include "sociopoint/base/builder.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "support/run.h"

enum { LONGEST = 40, ROOM = 8 };

/* What stands for a byte in a JSON string (RFC 8259, section 7), written down by itself. */
static void expect_byte(unsigned char byte, char text[ROOM])
{
    static const char named[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = byte == 0 ? NULL : strchr(named, byte);
    if (found != NULL)
        (void)snprintf(text, ROOM, "\\%c", letters[found - named]);
    else if (byte < 0x20)
        (void)snprintf(text, ROOM, "\\u%04x", byte);
    else
        (void)snprintf(text, ROOM, "%c", byte);
}

/* Each byte at each place of a text of some words of eight: wherever it stands it is found, and nothing else is. */
START_TEST(test_builder_escapes_a_byte_wherever_it_stands)
{
    char expected[ROOM];
    char text[LONGEST];
    expect_byte((unsigned char)_i, expected);
    for (size_t length = 1; length <= LONGEST; length++) {
        for (size_t place = 0; place < length; place++) {
            struct builder out;
            memset(text, 'x', length);
            text[place] = (char)_i;
            builder_init(&out, NULL, 1000);
            builder_append_escaped(&out, (struct str){text, length});
            ck_assert_uint_eq(out.length, length - 1 + strlen(expected));
            ck_assert_mem_eq(out.data + place, expected, strlen(expected));
            for (size_t i = 0; i < out.length; i++)
                ck_assert(out.data[i] == 'x' || (i >= place && i < place + strlen(expected)));
            builder_done(&out);
        }
    }
}
END_TEST

START_TEST(test_builder_escapes_within_its_maximum)
{
    char memory[ROOM];
    struct builder out;
    builder_init_fixed(&out, memory, sizeof memory);
    builder_append_escaped(&out, STR("1234567"));
    ck_assert(!builder_failed(&out));
    builder_append_escaped(&out, STR("\n"));
    ck_assert(builder_failed(&out));
    builder_append_escaped(&out, STR("8"));
    ck_assert(builder_failed(&out));
}
END_TEST

START_TEST(test_builder_open_promises_room_and_close_takes_what_was_used)
{
    char memory[ROOM];
    struct builder out;
    builder_init_fixed(&out, memory, sizeof memory);
    char *to = builder_open(&out, ROOM);
    ck_assert_ptr_eq(to, memory);
    memcpy(to, "abc", 3);
    builder_close(&out, to + 3);
    ck_assert(str_equal_z(builder_view(&out), "abc"));
    ck_assert_ptr_eq(builder_open(&out, ROOM - 3), memory + 3);
    ck_assert_ptr_null(builder_open(&out, ROOM - 2));
    ck_assert(builder_failed(&out));
    ck_assert_ptr_null(builder_open(&out, 1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("builder");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, test_builder_escapes_a_byte_wherever_it_stands, 0, 256);
    tcase_add_test(tcase, test_builder_escapes_within_its_maximum);
    tcase_add_test(tcase, test_builder_open_promises_room_and_close_takes_what_was_used);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
