/*
 * text/sixbit. Expectations: the armouring of IEC 61162-1 as a formula (48 + value, 8 more from 40
 * on), M.1371-5 table 47 for text ('@' to '_' are 0-31, ' ' to '?' are 32-63), and a reader that
 * takes one bit at a time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "text/sixbit.h"

static char armour(unsigned value)
{
	return (char)(value < 40 ? 48 + value : 56 + value);
}

static struct bits bits_of(const char *payload, unsigned fill)
{
	struct bits bits;

	memset(&bits, 0xA5, sizeof bits);
	bits_clear(&bits);
	assert_true(bits_append(&bits, span_of(payload), fill));
	return bits;
}

/* characters in no order, the same each time (a linear congruence of Park and Miller) */
static void scramble(char *payload, size_t len)
{
	uint32_t x = 1;

	for (size_t i = 0; i < len; i++) {
		x = (uint32_t)((uint64_t)x * 48271 % 2147483647);
		payload[i] = armour(x >> 8 & 63);
	}
}

static void test_characters(void **state)
{
	char c[1];

	(void)state;
	for (unsigned byte = 0; byte < 256; byte++) {
		struct bits bits;
		unsigned value = 0;

		c[0] = (char)byte;
		while (value < 64 && armour(value) != c[0])
			value++;
		bits_clear(&bits);
		assert_int_equal(bits_append(&bits, (struct span){c, 1}, 0), value < 64);
		if (value < 64)
			assert_int_equal(bits_unsigned(&bits, 0, 6), value);
	}
}

/* a bad character at any place of a payload of any length */
static void test_bad_anywhere(void **state)
{
	static const char BAD[] = {'X', '_', 'x', '/', ' ', '\0', (char)0x80, (char)0xFF};
	char payload[40];

	(void)state;
	for (size_t len = 1; len < sizeof payload; len++) {
		for (size_t at = 0; at < len; at++) {
			struct bits bits;

			memset(payload, 'w', sizeof payload);
			payload[at] = BAD[(len + at) % sizeof BAD];
			bits_clear(&bits);
			assert_false(bits_append(&bits, (struct span){payload, len}, 0));
		}
	}
}

static void test_fill(void **state)
{
	struct bits bits;

	(void)state;
	for (unsigned fill = 0; fill <= 5; fill++) {
		bits = bits_of("0ww", fill);
		assert_int_equal(bits.count, 18 - fill);
		assert_int_equal(bits_unsigned(&bits, 0, 32), 0x03FFC000U >> (fill + 14)
		                                                                 << (fill + 14));
	}
	bits_clear(&bits);
	assert_false(bits_append(&bits, SPAN("ww"), 6));
	bits_clear(&bits);
	assert_false(bits_append(&bits, SPAN(""), 1));
	bits_clear(&bits);
	assert_true(bits_append(&bits, SPAN(""), 0));
	assert_true(bits_append(&bits, (struct span){NULL, 0}, 0));
	assert_int_equal(bits.count, 0);
	assert_int_equal(bits_unsigned(&bits, 0, 32), 0);
}

static void test_pieces(void **state)
{
	char payload[100];

	(void)state;
	scramble(payload, sizeof payload);
	for (size_t len = 0; len <= sizeof payload; len++) {
		struct bits whole;

		bits_clear(&whole);
		assert_true(bits_append(&whole, (struct span){payload, len}, len > 0));
		for (size_t cut = 0; cut < len; cut++) {
			struct bits bits;

			memset(&bits, 0xA5, sizeof bits);
			bits_clear(&bits);
			assert_true(bits_append(&bits, (struct span){payload, cut}, 0));
			assert_true(bits_append(&bits, (struct span){payload + cut, len - cut}, 1));
			assert_int_equal(bits.count, whole.count);
			/* with the zeros behind the end */
			assert_memory_equal(bits.bytes, whole.bytes, whole.count / 8 + 8);
		}
	}
}

/* the fill bits of a part in the middle are no part of the message */
static void test_fill_between(void **state)
{
	struct bits bits = bits_of("w", 4);

	(void)state;
	assert_true(bits_append(&bits, SPAN("0w"), 0));
	assert_int_equal(bits.count, 14);
	assert_int_equal(bits_unsigned(&bits, 0, 14), 0x303F);
	assert_int_equal(bits_unsigned(&bits, 0, 32), 0x303FU << 18);
}

static void test_too_many(void **state)
{
	static char payload[SIXBIT_CHARS_MAX + 1];
	struct bits bits;

	(void)state;
	scramble(payload, sizeof payload);
	bits_clear(&bits);
	assert_false(bits_append(&bits, (struct span){payload, SIXBIT_CHARS_MAX + 1}, 0));
	bits_clear(&bits);
	assert_true(bits_append(&bits, (struct span){payload, SIXBIT_CHARS_MAX}, 0));
	assert_int_equal(bits.count, SIXBIT_CHARS_MAX * 6);
	assert_int_equal(bits_unsigned(&bits, SIXBIT_CHARS_MAX * 6 - 6, 32) >> 26,
	                 bits_unsigned(&bits, SIXBIT_CHARS_MAX * 6 - 6, 6));
	assert_false(bits_append(&bits, SPAN("0"), 0));
}

static uint32_t one_by_one(const struct bits *bits, uint32_t offset, unsigned width)
{
	uint32_t value = 0;

	for (uint32_t i = offset; i < offset + width; i++) {
		unsigned bit = i < bits->count && (bits->bytes[i / 8] >> (7 - i % 8) & 1);

		value = value << 1 | bit;
	}
	return value;
}

/* every width at every offset, over and far behind the end */
static void test_unsigned(void **state)
{
	char payload[24];
	struct bits bits;

	(void)state;
	scramble(payload, sizeof payload - 1);
	payload[sizeof payload - 1] = '\0';
	bits = bits_of(payload, 3);
	for (uint32_t offset = 0; offset < 400; offset++) {
		for (unsigned width = 1; width <= 32; width++)
			assert_int_equal(bits_unsigned(&bits, offset, width),
			                 one_by_one(&bits, offset, width));
	}
	assert_int_equal(bits_unsigned(&bits, UINT32_MAX, 32), 0);
}

static void test_signed(void **state)
{
	struct bits ones = bits_of("wwwwwwww", 0);
	struct bits lowest = bits_of("P0000000", 0);  /* 100000 000000 ... */
	struct bits highest = bits_of("Owwwwwww", 0); /* 011111 111111 ... */

	(void)state;
	for (unsigned width = 1; width <= 32; width++) {
		assert_int_equal(bits_signed(&ones, 3, width), -1);
		assert_int_equal(bits_signed(&lowest, 0, width), -(INT64_C(1) << (width - 1)));
		assert_int_equal(bits_signed(&highest, 0, width), (INT64_C(1) << (width - 1)) - 1);
	}
}

static void assert_text(const char *payload, uint32_t offset, unsigned chars, const char *want)
{
	struct bits bits = bits_of(payload, 0);
	char out[70];
	size_t len;

	memset(out, '#', sizeof out);
	len = bits_text(&bits, offset, chars, out);
	assert_int_equal(len, strlen(want));
	assert_memory_equal(out, want, len);
	for (size_t i = chars; i < sizeof out; i++)
		assert_int_equal(out[i], '#');
}

static void test_text_table(void **state)
{
	char payload[64] = "";

	(void)state;
	for (unsigned i = 1; i < 64; i++)
		payload[i - 1] = armour(i);
	assert_text(payload, 0, 63,
	            "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?");
}

static void test_text(void **state)
{
	(void)state;
	/* '1' stands for 1, 'A'; 'P' for 32, ' '; '0' for 0, '@' */
	assert_text("123", 0, 3, "ABC");
	assert_text("123", 0, 2, "AB");
	assert_text("123", 6, 2, "BC");
	assert_text("P1P2PP", 0, 6, " A B");
	assert_text("1203", 0, 4, "AB");
	assert_text("1PP0PP3", 0, 7, "A");
	assert_text("0123", 0, 4, "");
	assert_text("PPPP", 0, 4, "");
	assert_text("12", 0, 5, "AB"); /* zeros behind the end are @ */
	assert_text("12", 60, 5, "");
	assert_text("12", 0, 0, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_characters),   cmocka_unit_test(test_bad_anywhere),
	    cmocka_unit_test(test_fill),         cmocka_unit_test(test_pieces),
	    cmocka_unit_test(test_fill_between), cmocka_unit_test(test_too_many),
	    cmocka_unit_test(test_unsigned),     cmocka_unit_test(test_signed),
	    cmocka_unit_test(test_text_table),   cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
