/*
 * report/gap_id. Expectations: the ids that Global Fishing Watch's own detector gives (pipe-gaps,
 * commit 9d9426e, below AISGAP_CORPUS), and Python's hashlib.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "report/gap_id.h"

static void a_gap_id_is_the_published_one(void **state)
{
	struct fix off = {.t_ms = INT64_C(1706716800000), .lat_deg = 65.4, .lon_deg = 0};
	char id[GAP_ID_SIZE];
	char zoned[GAP_ID_SIZE];

	(void)state;
	gap_id(446013750, &off, 0, id);
	assert_string_equal(id, "23f9a588d00f5e6e39900e25944b564e");
	/* md5("446013750|1706716800.0|65.4|0.0|2"), by Python's hashlib */
	gap_id(446013750, &off, 2, zoned);
	assert_string_equal(zoned, "a75600349c2cb2683db1ee18afea662e");
}

/* the text behind the next "key": after *at, which moves there */
static struct span next_value(const char **at, const char *key)
{
	const char *found = strstr(*at, key);
	struct span value;

	if (!found)
		return (struct span){NULL, 0};
	found += strlen(key);
	found += *found == '"';
	value = (struct span){found, strcspn(found, "\",\n")};
	*at = found + value.len;
	return value;
}

/* compares each gap of an oracle file; returns how many there are. null hashes as 0.0 */
static size_t compare_ids(const char *text)
{
	size_t n = 0;

	for (;; n++) {
		struct span want = next_value(&text, "\"gap_id\": ");
		struct fix off = {0};
		double seconds;
		int64_t mmsi;
		char id[GAP_ID_SIZE];

		if (!want.len)
			return n;
		assert_true(num_int(next_value(&text, "\"ssvid\": "), &mmsi));
		assert_true(num_double(next_value(&text, "\"start_timestamp\": "), &seconds));
		num_double(next_value(&text, "\"start_lat\": "), &off.lat_deg);
		num_double(next_value(&text, "\"start_lon\": "), &off.lon_deg);
		off.t_ms = (int64_t)lround(seconds * 1000);
		gap_id(mmsi, &off, 0, id);
		assert_int_equal(want.len, 32);
		assert_memory_equal(id, want.ptr, 32);
	}
}

static char *read_file(const char *directory, const char *name)
{
	char path[1024];
	FILE *file;
	char *text;

	snprintf(path, sizeof path, "%s/%s", directory, name);
	file = fopen(path, "r");
	if (!file)
		return NULL;
	text = calloc(1, 1 << 20);
	assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
	fclose(file);
	return text;
}

static void expect_oracle(const char *corpus, const char *name, size_t gaps)
{
	char *text = read_file(corpus, name);

	assert_non_null(text);
	assert_int_equal(compare_ids(text), gaps);
	free(text);
}

static void gap_ids_are_those_of_pipe_gaps(void **state)
{
	const char *corpus = getenv("AISGAP_CORPUS");

	(void)state;
	if (!corpus) {
		print_message("AISGAP_CORPUS is not set\n");
		skip();
	}
	expect_oracle(corpus, "pipe-gaps/oracle_sample_messages.json", 255);
	expect_oracle(corpus, "pipe-gaps/oracle_test_cases_closed.json", 26);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_gap_id_is_the_published_one),
	    cmocka_unit_test(gap_ids_are_those_of_pipe_gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
