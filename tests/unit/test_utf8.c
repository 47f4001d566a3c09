/*
 * text/utf8. Expectations: Unicode 15, tables 3-7 to 3-11 (well-formed sequences, and how many
 * U+FFFD an ill-formed one gives); widths by hand from EastAsianWidth.txt; the rest is what utf8.h
 * promises.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "text/utf8.h"

enum { CHARS = 120, BYTES = CHARS * UTF8_CHAR_SIZE };

static void expect_decoded(struct span bytes, const uint32_t *want, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_true(bytes.len > 0);
		assert_int_equal(utf8_next(&bytes), want[i]);
	}
	assert_int_equal(bytes.len, 0);
}

static void expect_clean(struct span raw, struct span want)
{
	char out[BYTES];
	size_t n = utf8_clean(raw, CHARS, out);

	assert_int_equal(n, want.len);
	assert_memory_equal(out, want.ptr, n);
}

/* tables 3-8 to 3-11 of the standard */
static void ill_formed_sequences_are_replaced_as_the_standard_says(void **state)
{
	enum { R = UTF8_REPLACEMENT };
	static const uint32_t eight[] = {R, R, R, R, R, R, R, R, 0x41};
	static const uint32_t beyond[] = {R, R, R, R, R, 0x41, R, R, 0x42};
	static const uint32_t cut[] = {R, R, R, R, 0x41};

	(void)state;
	expect_decoded(SPAN("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"), eight, 9);
	expect_decoded(SPAN("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), eight, 9);
	expect_decoded(SPAN("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), beyond, 9);
	expect_decoded(SPAN("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), cut, 5);
}

static void a_sequence_cut_by_the_end_is_one_replacement(void **state)
{
	static const uint32_t one[] = {UTF8_REPLACEMENT};

	(void)state;
	expect_decoded(SPAN("\xF0\x9F\x9A"), one, 1);
	expect_decoded(SPAN("\xD0"), one, 1);
}

static void every_scalar_value_reads_back(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		char text[UTF8_CHAR_SIZE];
		struct span rest = {text, 0};

		if (c == 0xD800)
			c = 0xE000;
		rest.len = utf8_put(c, text);
		assert_int_equal(utf8_next(&rest), c);
		assert_int_equal(rest.len, 0);
	}
}

static void controls_go_and_breaks_become_spaces(void **state)
{
	(void)state;
	expect_clean(SPAN("A\tB\r\nC"), SPAN("A B  C"));
	expect_clean(SPAN("A\0B\x1B[31mC\x7F"), SPAN("AB[31mC"));
	expect_clean(SPAN("A\xC2\x85"
	                  "B\xC2\x9B"
	                  "C"),
	             SPAN("A BC"));
	expect_clean(SPAN("A\xE2\x80\xA8"
	                  "B\xE2\x80\xA9"
	                  "C"),
	             SPAN("A B C"));
	expect_clean(SPAN(" \n A \t"), SPAN("A"));
	expect_clean(SPAN(" \r\n\t"), SPAN(""));
	expect_clean((struct span){NULL, 0}, SPAN(""));
}

static void hidden_characters_go(void **state)
{
	static const uint32_t hidden[] = {0xAD,   0x61C,  0x180E, 0x200B, 0x200F,  0x202A,
	                                  0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF,  0xFFF9,
	                                  0xFFFB, 0x80,   0x9F,   0x206F, 0xE0001, 0xE007F};

	(void)state;
	for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
		char raw[8] = "A";
		size_t n = 1 + utf8_put(hidden[i], raw + 1);

		raw[n++] = 'B';
		expect_clean((struct span){raw, n}, SPAN("AB"));
	}
}

static void other_scripts_and_replacements_stay(void **state)
{
	(void)state;
	expect_clean(SPAN("\xD0\x90\xD0\x9D\xD0\x93 \xE6\xB5\xB7 \xF0\x9F\x9A\xA2"),
	             SPAN("\xD0\x90\xD0\x9D\xD0\x93 \xE6\xB5\xB7 \xF0\x9F\x9A\xA2"));
	expect_clean(SPAN("K\xF8"
	                  "BE"),
	             SPAN("K\xEF\xBF\xBD"
	                  "BE"));
	expect_clean(SPAN("\xEF\xBF\xBF|\xEF\xB7\x90"), SPAN("\xEF\xBF\xBD|\xEF\xBF\xBD"));
}

static void a_long_text_is_cut_between_characters(void **state)
{
	char out[5 * UTF8_CHAR_SIZE];

	(void)state;
	assert_int_equal(utf8_clean(SPAN("abcde"), 5, out), 5);
	assert_memory_equal(out, "abcde", 5);
	assert_int_equal(utf8_clean(SPAN("abcde   \n"), 5, out), 5);
	assert_int_equal(utf8_clean(SPAN("abcdef"), 5, out), 7);
	assert_memory_equal(out, "abcd\xE2\x80\xA6", 7);
	assert_int_equal(utf8_clean(SPAN("\xF0\x9F\x9A\xA2\xF0\x9F\x9A\xA2"), 1, out), 3);
	assert_memory_equal(out, "\xE2\x80\xA6", 3);
}

/* xorshift32 (Marsaglia 2003): the same bytes in every run */
static uint32_t next_random(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

/* a first byte below 0x20, DEL, or a decoded C1 or direction character must never come out */
static void expect_safe(struct span clean)
{
	size_t chars = 0;

	for (; clean.len; chars++) {
		struct span before = clean;
		uint32_t c = utf8_next(&clean);
		char text[UTF8_CHAR_SIZE];
		size_t n = utf8_put(c, text);

		assert_int_equal(before.len - clean.len, n);
		assert_memory_equal(before.ptr, text, n);
		assert_true(c >= 0x20 && !(c >= 0x7F && c < 0xA0));
		assert_false(c >= 0x2028 && c <= 0x202E);
		assert_false(c >= 0x2060 && c <= 0x206F);
	}
	assert_true(chars <= CHARS);
}

static void random_bytes_come_out_clean_and_stay_so(void **state)
{
	uint32_t x = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char raw[400];
		char once[BYTES];
		char twice[BYTES];
		size_t n = next_random(&x) % sizeof raw;
		size_t length;

		for (size_t k = 0; k < n; k++)
			raw[k] = (char)(next_random(&x) >> (x & 1 ? 24 : 26));
		length = utf8_clean((struct span){raw, n}, CHARS, once);
		expect_safe((struct span){once, length});
		assert_int_equal(utf8_clean((struct span){once, length}, CHARS, twice), length);
		assert_memory_equal(once, twice, length);
	}
}

static void widths_are_those_of_a_terminal(void **state)
{
	(void)state;
	assert_int_equal(utf8_width(SPAN("OLYA")), 4);
	assert_int_equal(utf8_width(SPAN("\xD0\x9E\xD0\xBB\xD1\x8F")), 3);
	assert_int_equal(utf8_width(SPAN("\xE6\x97\xA5\xE6\x9C\xAC")), 4);
	assert_int_equal(utf8_width(SPAN("e\xCC\x81")), 1);
	assert_int_equal(utf8_width(SPAN("\xF0\x9F\x9A\xA2")), 2);
	assert_int_equal(utf8_width(SPAN("\xEA\xB0\x80\xEF\xBC\xA1")), 4);
	assert_int_equal(utf8_width(SPAN("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB")), 2);
	assert_int_equal(utf8_width(SPAN("\xE2\x80\xA6\xEF\xBF\xBD")), 2);
}

static void fitting_never_splits_a_wide_character(void **state)
{
	struct span wide = SPAN("\xE6\x97\xA5\xE6\x9C\xAC");

	(void)state;
	assert_int_equal(utf8_fit(wide, 4).len, 6);
	assert_int_equal(utf8_fit(wide, 3).len, 3);
	assert_int_equal(utf8_fit(wide, 1).len, 0);
	assert_int_equal(utf8_fit(SPAN("e\xCC\x81x"), 1).len, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ill_formed_sequences_are_replaced_as_the_standard_says),
	    cmocka_unit_test(a_sequence_cut_by_the_end_is_one_replacement),
	    cmocka_unit_test(every_scalar_value_reads_back),
	    cmocka_unit_test(controls_go_and_breaks_become_spaces),
	    cmocka_unit_test(hidden_characters_go),
	    cmocka_unit_test(other_scripts_and_replacements_stay),
	    cmocka_unit_test(a_long_text_is_cut_between_characters),
	    cmocka_unit_test(random_bytes_come_out_clean_and_stay_so),
	    cmocka_unit_test(widths_are_those_of_a_terminal),
	    cmocka_unit_test(fitting_never_splits_a_wide_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
