/*
 * Identity by hand: which values are kept when there are more than eight, and which of them held
 * when. IMO numbers end in the check digit of IMO Resolution A.1117(30): 9074729 is the
 * resolution's own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "law/traffic.h"
#include "track/identity.h"

struct ship {
	struct identity identity;
	struct identity_run run;
};

static void say(struct ship *ship, int64_t t_ms, const struct statics *statics)
{
	uint64_t print = identity_print(statics);

	if (!identity_run_add(&ship->run, print, t_ms))
		identity_begin(&ship->identity, &ship->run, statics, print, t_ms);
}

static void say_name(struct ship *ship, int64_t t_ms, const char *name)
{
	say(ship, t_ms, &(struct statics){.name = span_of(name)});
}

static void sink(struct ship *ship)
{
	identity_free(&ship->identity);
	free(ship->run.bytes);
}

static void expect_name_at(struct ship *ship, int64_t t_ms, const char *name)
{
	struct span at;

	identity_settle(&ship->identity, &ship->run);
	at = identity_at(&ship->identity, STATIC_NAME, t_ms);
	assert_true(span_eq(at, span_of(name)));
}

/* the latest value first seen by then; before all, the earliest */
static void name_at_a_time(void **state)
{
	struct ship ship = {0};

	(void)state;
	expect_name_at(&ship, 0, "");
	say_name(&ship, 200, "SECOND");
	say_name(&ship, 100, "FIRST");
	say_name(&ship, 300, " SECOND@@@@ ");
	say_name(&ship, 400, "FIRST");
	expect_name_at(&ship, 99, "FIRST");
	expect_name_at(&ship, 100, "FIRST");
	expect_name_at(&ship, 199, "FIRST");
	expect_name_at(&ship, 200, "SECOND");
	expect_name_at(&ship, 1000, "SECOND");
	assert_int_equal(ship.identity.kind[STATIC_NAME].count, 2);
	assert_int_equal(ship.identity.kind[STATIC_NAME].at[0].first_ms, 100);
	assert_int_equal(ship.identity.kind[STATIC_NAME].at[0].last_ms, 400);
	assert_int_equal(ship.identity.kind[STATIC_NAME].at[1].last_ms, 300);
	assert_int_equal(identity_at(&ship.identity, STATIC_CALLSIGN, 100).len, 0);
	sink(&ship);
}

/* a run of equal fields is taken in with its first and last time, whatever its order */
static void runs(void **state)
{
	struct ship ship = {0};
	const struct identity_value *value;

	(void)state;
	say_name(&ship, 50, "A");
	say_name(&ship, 20, "A");
	say_name(&ship, 90, "A");
	say_name(&ship, 60, "A");
	identity_settle(&ship.identity, &ship.run);
	value = &ship.identity.kind[STATIC_NAME].at[0];
	assert_int_equal(value->first_ms, 20);
	assert_int_equal(value->last_ms, 90);
	assert_true(value->in_first && value->in_last);
	sink(&ship);
}

static const struct identity_value *value_of(const struct identity *identity, enum static_kind kind,
                                             const char *text)
{
	const struct identity_kind *k = &identity->kind[kind];

	for (int i = 0; i < k->count; i++) {
		if (span_eq((struct span){k->at[i].text, k->at[i].length}, span_of(text)))
			return &k->at[i];
	}
	return NULL;
}

/* twenty names, each seen once: the first eight and the last eight stay, and overflow tells */
static void more_names_than_are_kept(void **state)
{
	struct ship ship = {0};
	char name[24];

	(void)state;
	for (int i = 0; i < 20; i++) {
		assert_false(i <= IDENTITY_KEEP && ship.identity.kind[STATIC_NAME].overflow);
		snprintf(name, sizeof name, "NAME %02d", i * 7 % 20);
		say_name(&ship, i * 7 % 20, name);
	}
	identity_settle(&ship.identity, &ship.run);
	assert_true(ship.identity.kind[STATIC_NAME].overflow);
	assert_int_equal(ship.identity.kind[STATIC_NAME].count, 16);
	for (int i = 0; i < 20; i++) {
		const struct identity_value *value;

		snprintf(name, sizeof name, "NAME %02d", i);
		value = value_of(&ship.identity, STATIC_NAME, name);
		assert_int_equal(value != NULL, i < 8 || i >= 12);
		assert_true(!value || value->in_first == (i < 8));
		assert_true(!value || value->in_last == (i >= 12));
	}
	sink(&ship);
}

/* at one instant the smaller texts stay */
static void ties(void **state)
{
	struct ship ship = {0};

	(void)state;
	for (int i = 9; i-- > 0;)
		say_name(&ship, 5,
		         (const char *[]){"A", "B", "C", "D", "E", "F", "G", "H", "I"}[i]);
	identity_settle(&ship.identity, &ship.run);
	assert_int_equal(ship.identity.kind[STATIC_NAME].count, 8);
	assert_null(value_of(&ship.identity, STATIC_NAME, "I"));
	assert_true(ship.identity.kind[STATIC_NAME].overflow);
	sink(&ship);
}

static void eight_names_do_not_overflow(void **state)
{
	struct ship ship = {0};

	(void)state;
	for (int i = 0; i < 16; i++)
		say_name(&ship, i, (const char *[]){"A", "B", "C", "D", "E", "F", "G", "H"}[i % 8]);
	identity_settle(&ship.identity, &ship.run);
	assert_int_equal(ship.identity.kind[STATIC_NAME].count, 8);
	assert_false(ship.identity.kind[STATIC_NAME].overflow);
	sink(&ship);
}

/* the first 32 numbers stay: nobody pushes a listed number out by sending others after it */
static void imo_numbers(void **state)
{
	struct ship ship = {0};
	char number[16];

	(void)state;
	say(&ship, 1, &(struct statics){.imo = SPAN("IMO 9074729")});
	say(&ship, 2, &(struct statics){.imo = SPAN("9074728")}); /* wrong check digit */
	say(&ship, 3, &(struct statics){.imo = SPAN("0")});
	for (uint32_t i = 0; i < 60; i++) {
		snprintf(number, sizeof number, "%u", traffic_imo(i));
		say(&ship, 10 + i, &(struct statics){.imo = span_of(number)});
	}
	identity_settle(&ship.identity, &ship.run);
	assert_non_null(value_of(&ship.identity, STATIC_IMO, "9074729"));
	assert_null(value_of(&ship.identity, STATIC_IMO, "9074728"));
	assert_int_equal(ship.identity.kind[STATIC_IMO].count, IDENTITY_KEEP_IMO + IDENTITY_KEEP);
	assert_true(ship.identity.kind[STATIC_IMO].overflow);
	sink(&ship);
}

static void joined(void **state)
{
	struct ship a = {0};
	struct ship b = {0};

	(void)state;
	say_name(&a, 10, "ONE");
	say_name(&a, 30, "TWO");
	say_name(&b, 5, "TWO");
	say_name(&b, 20, "THREE");
	identity_settle(&a.identity, &a.run);
	identity_settle(&b.identity, &b.run);
	identity_join(&a.identity, &b.identity);
	identity_join(&a.identity, &b.identity);
	assert_int_equal(a.identity.kind[STATIC_NAME].count, 3);
	assert_int_equal(value_of(&a.identity, STATIC_NAME, "TWO")->first_ms, 5);
	assert_int_equal(value_of(&a.identity, STATIC_NAME, "TWO")->last_ms, 30);
	expect_name_at(&a, 15, "ONE");
	expect_name_at(&a, 25, "THREE");
	sink(&a);
	sink(&b);
}

/* prints are equal for equal fields, and a field moved to its neighbour makes another */
static void prints(void **state)
{
	const struct statics a = {.name = SPAN("AB"), .callsign = SPAN("C")};
	const struct statics b = {.name = SPAN("A"), .callsign = SPAN("BC")};
	const struct statics c = {.name = SPAN("C"), .callsign = SPAN("AB")};
	char copy[] = "ABC";
	const struct statics moved = {.name = {copy, 2}, .callsign = {copy + 2, 1}};

	(void)state;
	assert_true(identity_print(&a) == identity_print(&moved));
	assert_true(identity_print(&a) != identity_print(&b));
	assert_true(identity_print(&a) != identity_print(&c));
}

/* fields as a row holds them: name and call sign side by side, `name` bytes for the name */
static struct statics side_by_side(const char *text, size_t name, size_t callsign)
{
	struct span whole = span_of(text);

	return (struct statics){.name = {whole.ptr, name},
	                        .callsign = {whole.ptr + whole.len - callsign, callsign},
	                        .whole = whole};
}

/*
 * Three pairs that once had one print: bytes chosen to make a product of the hash 0, the same bytes
 * in two layouts, and a newline inside quotes (where fields are parted by a newline).
 */
static void prints_that_were_alike(void **state)
{
	struct statics first = side_by_side("\x15\x7c\x4a\x7f\xb9\x79\x37\x9e"
	                                    "FIRST",
	                                    13, 0);
	struct statics other = side_by_side("\x15\x7c\x4a\x7f\xb9\x79\x37\x9e"
	                                    "OTHER",
	                                    13, 0);
	struct statics as_name = side_by_side("X", 1, 0);
	struct statics as_callsign = side_by_side("X", 0, 1);
	struct statics one_field = side_by_side("A\nB\n", 3, 0);
	struct statics two_fields = side_by_side("A\nB\n", 1, 2);

	(void)state;
	assert_true(identity_print(&first) != identity_print(&other));
	assert_true(identity_print(&as_name) != identity_print(&as_callsign));
	assert_true(identity_print(&one_field) != identity_print(&two_fields));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(name_at_a_time),
	    cmocka_unit_test(runs),
	    cmocka_unit_test(more_names_than_are_kept),
	    cmocka_unit_test(ties),
	    cmocka_unit_test(eight_names_do_not_overflow),
	    cmocka_unit_test(imo_numbers),
	    cmocka_unit_test(joined),
	    cmocka_unit_test(prints),
	    cmocka_unit_test(prints_that_were_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
