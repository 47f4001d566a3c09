/*
 * data/ports.csv, as text and through geo/ports. Expectations: the header that geo/ports.c reads;
 * each region's box as in data/coast/coast.geojson; the ports that the watched areas are about; the
 * harbour distances by GeographicLib (a channel cannot be shorter than the geodesic).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/num.h"
#include "geo/geodesic.h"
#include "geo/ports.h"

enum { FIELDS = 11, FIELD_SIZE = 512 };
enum {
	NAME,
	LAT,
	LON,
	COUNTRY,
	REGION,
	KIND,
	APPROACH_LAT,
	APPROACH_LON,
	CHANNEL_NM,
	FREEZES,
	SOURCE,
};

struct row {
	char fields[FIELDS][FIELD_SIZE];
};

/* one RFC 4180 field off the row's front, into text; the comma after it is taken too */
static void take_field(struct span *row, char text[FIELD_SIZE])
{
	size_t len = 0;
	size_t i = 0;
	bool quoted = false;

	for (; i < row->len && (quoted || row->ptr[i] != ','); i++) {
		if (row->ptr[i] == '"') {
			quoted = !quoted;
			continue;
		}
		assert_true(len < FIELD_SIZE - 1);
		text[len++] = row->ptr[i];
	}
	text[len] = '\0';
	assert_false(quoted);
	i += i < row->len;
	*row = (struct span){row->ptr + i, row->len - i};
}

/* the next row of the file; false after the last */
static bool next_row(struct span *rest, struct row *row)
{
	struct span line;

	if (rest->len == 0)
		return false;
	assert_true(span_cut(*rest, '\n', &line, rest)); /* each line ends in LF */
	for (size_t i = 0; i < FIELDS; i++) {
		assert_true(i == 0 || line.len > 0 || i == SOURCE);
		take_field(&line, row->fields[i]);
	}
	assert_int_equal(line.len, 0);
	return true;
}

static struct span rows_begin(void)
{
	struct span rest = embed_find("ports.csv");
	struct span header;

	assert_true(span_cut(rest, '\n', &header, &rest));
	assert_true(span_eq(header, SPAN("name,lat,lon,country,region,kind,approach_lat,"
	                                 "approach_lon,channel_nm,freezes,source")));
	return rest;
}

static double number(const char *text)
{
	double value = NAN;

	assert_true(num_double(span_of(text), &value));
	return value;
}

static bool find_row(const char *name, struct row *row)
{
	struct span rest = rows_begin();

	while (next_row(&rest, row)) {
		if (strcmp(row->fields[NAME], name) == 0)
			return true;
	}
	return false;
}

static void expect_in_region(const struct row *row)
{
	double lat = number(row->fields[LAT]);
	double lon = number(row->fields[LON]);
	bool far_east = strcmp(row->fields[REGION], "far_east") == 0;

	assert_true(far_east || strcmp(row->fields[REGION], "caspian") == 0);
	assert_true(far_east ? lat > 34 && lat < 50 && lon > 126 && lon < 145
	                     : lat > 35 && lat < 48.5 && lon > 45 && lon < 56);
}

/* either all of approach_lat, approach_lon and channel_nm, or none; never shorter than straight */
static void expect_approach(const struct row *row)
{
	double straight;

	assert_int_equal(row->fields[APPROACH_LAT][0] == '\0', row->fields[CHANNEL_NM][0] == '\0');
	assert_int_equal(row->fields[APPROACH_LON][0] == '\0', row->fields[CHANNEL_NM][0] == '\0');
	if (row->fields[CHANNEL_NM][0] == '\0')
		return;
	straight =
	    geo_distance_nm(number(row->fields[LAT]), number(row->fields[LON]),
	                    number(row->fields[APPROACH_LAT]), number(row->fields[APPROACH_LON]));
	assert_true(number(row->fields[CHANNEL_NM]) >= straight);
	assert_true(number(row->fields[CHANNEL_NM]) < 1.5 * straight);
}

static void test_rows(void **state)
{
	struct span rest = rows_begin();
	struct ports *ports = ports_new();
	struct row row;
	size_t count = 0;

	(void)state;
	for (; next_row(&rest, &row); count++) {
		const struct port *port;

		assert_true(count < ports_count(ports)); /* no row was passed over */
		port = ports_at(ports, count);
		assert_true(span_eq(port->name, span_of(row.fields[NAME])));
		assert_true(fabs(port->lat_deg - number(row.fields[LAT])) < 1e-12);
		assert_true(fabs(port->lon_deg - number(row.fields[LON])) < 1e-12);
		assert_string_equal(port->country, row.fields[COUNTRY]);
		assert_true(strlen(row.fields[SOURCE]) > 10);
		expect_in_region(&row);
		expect_approach(&row);
	}
	assert_int_equal(ports_count(ports), count);
	assert_true(count >= 45);
	ports_free(ports);
}

static void test_names_once(void **state)
{
	struct ports *ports = ports_new();

	(void)state;
	for (size_t i = 0; i < ports_count(ports); i++) {
		for (size_t k = 0; k < i; k++)
			assert_false(span_eq(ports_at(ports, i)->name, ports_at(ports, k)->name));
		assert_null(
		    memchr(ports_at(ports, i)->name.ptr, ';', ports_at(ports, i)->name.len));
	}
	ports_free(ports);
}

static void test_asked_for(void **state)
{
	static const struct {
		const char *name;
		const char *country;
	} CASES[] = {
	    {"Vladivostok", "RU"},    {"Vostochny", "RU"},
	    {"Nakhodka", "RU"},       {"Slavyanka", "RU"},
	    {"Zarubino", "RU"},       {"Posyet", "RU"},
	    {"Dunai", "RU"},          {"Olga", "RU"},
	    {"Preobrazheniye", "RU"}, {"Rajin", "KP"},
	    {"Sonbong", "KP"},        {"Chongjin", "KP"},
	    {"Kimchaek", "KP"},       {"Hungnam", "KP"},
	    {"Wonsan", "KP"},         {"Olya", "RU"},
	    {"Astrakhan", "RU"},      {"Makhachkala", "RU"},
	    {"Aktau", "KZ"},          {"Kuryk", "KZ"},
	    {"Bautino", "KZ"},        {"Atyrau", "KZ"},
	    {"Turkmenbashi", "TM"},   {"Hazar", "TM"},
	    {"Baku", "AZ"},           {"Alat", "AZ"},
	    {"Sumqayit", "AZ"},       {"Sangachal", "AZ"},
	    {"Amirabad", "IR"},       {"Anzali", "IR"},
	    {"Nowshahr", "IR"},       {"Astara", "IR"},
	    {"Fereydunkenar", "IR"},  {"Bandar-e Torkaman", "IR"},
	};
	struct row row;

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		assert_true(find_row(CASES[i].name, &row));
		assert_string_equal(row.fields[COUNTRY], CASES[i].country);
		assert_true(strcmp(row.fields[KIND], "port") == 0 ||
		            strcmp(row.fields[KIND], "terminal") == 0);
	}
}

/* a port without a sourced position is not in the table, and data/NOTICE says so */
static void test_left_out(void **state)
{
	static const char *const NAMES[] = {"Kozmino", "Neka"};
	static char notice[65536];
	FILE *file = fopen("data/NOTICE", "rb");
	struct row row;
	const char *list;

	(void)state;
	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
		assert_false(find_row(NAMES[i], &row));
	if (!file) {
		print_message("data/NOTICE is not below the working directory\n");
		skip();
	}
	notice[fread(notice, 1, sizeof notice - 1, file)] = '\0';
	fclose(file);
	list = strstr(notice, "Left out");
	assert_non_null(list);
	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
		assert_non_null(strstr(list, NAMES[i]));
}

static void test_canal_ports(void **state)
{
	struct row row;

	(void)state;
	assert_true(find_row("Olya", &row));
	assert_string_equal(row.fields[APPROACH_LAT], "44.76");
	assert_string_equal(row.fields[APPROACH_LON], "47.76");
	assert_string_equal(row.fields[CHANNEL_NM], "63");
	assert_true(find_row("Astrakhan", &row));
	assert_string_equal(row.fields[APPROACH_LAT], "44.76");
	assert_string_equal(row.fields[APPROACH_LON], "47.76");
	assert_string_equal(row.fields[CHANNEL_NM], "112"); /* (20 + 188) km / 1.852 = 112.3 nm */
}

/* what geo/ports makes of a cell: nothing is NAN */
static void expect_number(double value, const char *text)
{
	assert_true(text[0] ? fabs(value - number(text)) < 1e-12 : isnan(value));
}

/* yes or nothing, and then the source says so */
static void expect_freezes(const struct port *port, const struct row *row)
{
	const char *freezes = row->fields[FREEZES];

	assert_true(freezes[0] == '\0' || strcmp(freezes, "yes") == 0);
	assert_int_equal(port->freezes, freezes[0] != '\0');
	if (port->freezes)
		assert_non_null(strstr(row->fields[SOURCE], "Ice: "));
}

static void test_facts(void **state)
{
	struct span rest = rows_begin();
	struct ports *ports = ports_new();
	struct row row;

	(void)state;
	for (size_t i = 0; next_row(&rest, &row); i++) {
		const struct port *port = ports_at(ports, i);

		assert_true(span_eq(port->region, span_of(row.fields[REGION])));
		expect_number(port->approach_lat_deg, row.fields[APPROACH_LAT]);
		expect_number(port->approach_lon_deg, row.fields[APPROACH_LON]);
		expect_number(port->channel_nm, row.fields[CHANNEL_NM]);
		expect_freezes(port, &row);
	}
	ports_free(ports);
}

/* the Volga and the Ural freeze; Vladivostok and Baku are kept open or do not */
static void test_freezing(void **state)
{
	static const char *const YES[] = {"Olya", "Astrakhan", "Atyrau"};
	static const char *const NO[] = {"Vladivostok", "Baku", "Amirabad"};
	struct row row;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_true(find_row(YES[i], &row));
		assert_string_equal(row.fields[FREEZES], "yes");
		assert_true(find_row(NO[i], &row));
		assert_string_equal(row.fields[FREEZES], "");
	}
}

/* only a port or terminal may be a ship's port: not the roads, the canal points or a town */
static void test_nearest(void **state)
{
	struct ports *ports = ports_new();
	const struct port *port;
	double nm;

	(void)state;
	port = ports_nearest(ports, 43.07, 131.98, 10, &nm); /* Vladivostok roads */
	assert_non_null(port);
	assert_true(span_eq(port->name, SPAN("Vladivostok")));
	assert_true(nm > 4 && nm < 5.5);
	assert_null(ports_nearest(ports, 44.76, 47.76, 20, &nm)); /* sea end of the canal */
	assert_true(isnan(nm));
	port = ports_nearest(ports, 45.39177, 47.36452, 30, &nm); /* Lagan, a town */
	assert_non_null(port);
	assert_true(span_eq(port->name, SPAN("Olya")));
	ports_free(ports);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),        cmocka_unit_test(test_names_once),
	    cmocka_unit_test(test_asked_for),   cmocka_unit_test(test_left_out),
	    cmocka_unit_test(test_canal_ports), cmocka_unit_test(test_nearest),
	    cmocka_unit_test(test_facts),       cmocka_unit_test(test_freezing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
