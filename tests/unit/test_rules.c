/*
 * ais/rules. Expectations: MMSI forms from ITU-R M.585-9, annexes 1 and 2 (the numbers are made up
 * but for 2190064, a Danish base station, 1193046 = 0x123456 and 416002232, which Global Fishing
 * Watch documents as shared by two ships); flags from the ITU's table of maritime identification
 * digits; IMO check digits by hand (9161003: 9*7+1*6+6*5+1*4+0*3+0*2 = 103, so 3; 9074729, IMO's
 * own example: 139, so 9); ship types from M.1371-5 table 53, navigational status from its table
 * 45; the spellings are those of the exports named in rules.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ais/rules.h"
#include "base/embed.h"
#include "base/num.h"

static void test_kinds(void **state)
{
	static const struct {
		int64_t mmsi;
		enum mmsi_kind kind;
	} CASES[] = {
	    {273000001, MMSI_SHIP},     {201000001, MMSI_SHIP},     {775999999, MMSI_SHIP},
	    {416002232, MMSI_SHIP},     {280123456, MMSI_SHIP}, /* MID not given out yet */
	    {2190064, MMSI_BASE},       {2010000, MMSI_BASE},       {7759999, MMSI_BASE},
	    {20100000, MMSI_GROUP},     {77599999, MMSI_GROUP},     {111273001, MMSI_SAR},
	    {827312345, MMSI_HANDHELD}, {970112345, MMSI_DISTRESS}, {972112345, MMSI_DISTRESS},
	    {974112345, MMSI_DISTRESS}, {982731234, MMSI_CRAFT},    {992731234, MMSI_AID},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_int_equal(mmsi_kind(CASES[i].mmsi), CASES[i].kind);
}

static void test_bad(void **state)
{
	static const int64_t BAD[] = {
	    0,         1,         12345,     123456789,  1193046,    111111111, 222222222,
	    333333333, 999999999, 7777777,   273000000,  775000000,  200999999, 776000001,
	    -1,        INT64_MIN, INT64_MAX, 1000000000, 2730000010, 2009999,   7760000,
	    20099999,  77600000,  111200999, 111776000,  820099999,  877600000, 971123456,
	    973123456, 975123456, 982009999, 987760000,  992009999,  997760000, 100000000,
	};

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
		assert_int_equal(mmsi_kind(BAD[i]), MMSI_BAD);
		assert_string_equal(mmsi_flag(BAD[i]), "");
	}
}

static void test_flags(void **state)
{
	static const struct {
		int64_t mmsi;
		const char *flag;
	} CASES[] = {
	    {273000001, "RU"}, {445000001, "KP"}, {422000001, "IR"}, {423000001, "AZ"},
	    {436000001, "KZ"}, {434000001, "TM"}, {374000001, "PA"}, {471000001, "AE"},
	    {316000001, "CA"}, {303000001, "US"}, {338000001, "US"}, {330000001, "GD"},
	    {204000001, "PT"}, {255000001, "PT"}, {231000001, "FO"}, {477000001, "HK"},
	    {416002232, "TW"}, {201000001, "AL"}, {775000001, "VE"}, {280123456, ""},
	    {2190064, "DK"},   {27300001, "RU"},  {111273001, "RU"}, {827312345, "RU"},
	    {982731234, "RU"}, {992731234, "RU"}, {970273123, ""},   {974422001, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_string_equal(mmsi_flag(CASES[i].mmsi), CASES[i].flag);
}

/* every row of the table is what mmsi_flag says of a ship with that MID, in order and without gaps
 */
static void test_mid_table(void **state)
{
	struct span rest = embed_find("mid.csv");
	struct span line, field;
	int64_t mid, before = 200;
	size_t rows = 0;

	(void)state;
	assert_true(span_cut(rest, '\n', &line, &rest));
	assert_true(span_eq(line, SPAN("mid,alpha2,country,source")));
	while (span_cut(rest, '\n', &line, &rest)) {
		assert_true(span_cut(line, ',', &field, &line));
		assert_true(num_int(field, &mid));
		assert_true(mid > before && mid <= 775);
		assert_true(span_cut(line, ',', &field, &line));
		assert_true(span_eq(field, span_of(mmsi_flag(mid * 1000000 + 1))));
		before = mid;
		rows++;
	}
	assert_int_equal(rest.len, 0);
	assert_int_equal(rows, 292); /* 289 in libais, and 374, 471, 550 */
}

static void test_imo_valid(void **state)
{
	(void)state;
	assert_true(imo_valid(9161003));
	assert_true(imo_valid(9074729));
	for (uint32_t last = 0; last < 10; last++)
		assert_int_equal(imo_valid(9161000 + last), last == 3);
	assert_false(imo_valid(0));
	assert_false(imo_valid(999999));
	assert_false(imo_valid(10000000));
	assert_false(imo_valid(UINT32_MAX));
}

static void test_imo_parse(void **state)
{
	static const char *const GOOD[] = {"9161003",      "IMO9161003",      "IMO 9161003",
	                                   " imo9161003",  "Imo\t 9161003\r", "9161003.0",
	                                   "IMO9161003.00"};
	static const char *const BAD[] = {"",         "IMO",      "0",         "IMO0000000",
	                                  "9161004",  "916100",   "91610030",  "IMO100637903",
	                                  "+9161003", "9161003a", "9 161003",  "IMO IMO 9161003",
	                                  "09161003", "-9161003", "9161003.5", "9161003.x"};

	(void)state;
	for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
		assert_int_equal(imo_parse(span_of(GOOD[i])), 9161003);
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
		assert_int_equal(imo_parse(span_of(BAD[i])), 0);
	assert_int_equal(imo_parse((struct span){NULL, 0}), 0);
}

static void test_type_group(void **state)
{
	static const struct {
		int code;
		const char *word;
	} CASES[] = {
	    {-1, ""},           {0, ""},
	    {19, ""},           {20, "wig"},
	    {29, "wig"},        {30, "fishing"},
	    {31, "towing"},     {32, "towing"},
	    {33, "dredging"},   {34, "diving"},
	    {35, "military"},   {36, "sailing"},
	    {37, "pleasure"},   {38, ""},
	    {39, ""},           {40, "highspeed"},
	    {49, "highspeed"},  {50, "pilot"},
	    {51, "sar"},        {52, "tug"},
	    {53, "porttender"}, {54, "antipollution"},
	    {55, "law"},        {56, ""},
	    {57, ""},           {58, "medical"},
	    {59, "other"},      {60, "passenger"},
	    {69, "passenger"},  {70, "cargo"},
	    {79, "cargo"},      {80, "tanker"},
	    {89, "tanker"},     {90, "other"},
	    {99, "other"},      {100, ""},
	    {255, ""},          {1004, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_string_equal(type_group(CASES[i].code), CASES[i].word);
}

static void test_status_spellings(void **state)
{
	static const struct {
		const char *text;
		int status;
	} CASES[] = {
	    {"under way using engine", 0},
	    {"Under Way Using Engine", 0},
	    {"UNDERWAY USING ENGINE", 0},
	    {"at anchor", 1},
	    {"Not under command", 2},
	    {"restricted maneuverability", 3},
	    {"Restricted manoeuvrability", 3},
	    {"Restricted manoeuverability", 3},
	    {"constrained by her draught", 4},
	    {"Constrained by draught", 4},
	    {"Moored", 5},
	    {" moored ", 5},
	    {"aground", 6},
	    {"Engaged in Fishing", 7},
	    {"engaged in fishing", 7},
	    {"Under way sailing", 8},
	    {"Reserved for future amendment [HSC]", 9},
	    {"Reserved for future amendment [WIG]", 10},
	    {"Reserved for future amendment of Navigational Status for HSC", 9},
	    {"reserved for future amendment of navigational status for ships carrying DG, HS, or "
	     "MP, "
	     "or IMO hazard or pollutant category C, high speed craft (HSC)",
	     9},
	    {"reserved for future amendment of navigational status for ships carrying dangerous "
	     "goods "
	     "(DG), harmful substances (HS) or marine pollutants (MP), or IMO hazard or pollutant "
	     "category A, wing in ground (WIG)",
	     10},
	    {"Power-driven vessel towing astern", 11},
	    {"power-driven vessel towing astern (regional use)", 11},
	    {"Reserved for future use [11]", 11},
	    {"Power-driven vessel pushing ahead or towing alongside", 12},
	    {"Reserved for future use [12]", 12},
	    {"Reserved for future use [13]", 13},
	    {"reserved for future use", 13},
	    {"AIS-SART is active", 14},
	    {"AIS-SART (active)", 14},
	    {"AIS-SART (active), MOB-AIS, EPIRB-AIS", 14},
	};

	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_int_equal(nav_status_parse(span_of(CASES[i].text)), CASES[i].status);
}

static void test_status_numbers(void **state)
{
	static const char *const UNKNOWN[] = {
	    "",
	    " ",
	    "15",
	    "16",
	    "255",
	    "-1",
	    "-0",
	    "0.5",
	    "14.5",
	    "1e9",
	    "5x",
	    "+5",
	    "99999999999999999999",
	    "nan",
	    "undefined",
	    "Undefined",
	    "unknown",
	    "Unknown value",
	    "None",
	    "not defined = default",
	    "Restricted",
	    "undefined = default (also used by AIS-SART, MOB-AIS and EPIRB-AIS under test)",
	};
	static const char *const NUMBERS[] = {"0", "1", "2",  "3",  "4",  "5",  "6", "7",
	                                      "8", "9", "10", "11", "12", "13", "14"};

	(void)state;
	for (size_t i = 0; i < sizeof UNKNOWN / sizeof *UNKNOWN; i++)
		assert_int_equal(nav_status_parse(span_of(UNKNOWN[i])), -1);
	for (int i = 0; i < 15; i++)
		assert_int_equal(nav_status_parse(span_of(NUMBERS[i])), i);
	assert_int_equal(nav_status_parse(SPAN("5.0")), 5);
	assert_int_equal(nav_status_parse(SPAN(" 05 ")), 5);
	assert_int_equal(nav_status_parse((struct span){NULL, 0}), -1);
}

static void test_status_texts(void **state)
{
	char longer[4096];

	(void)state;
	for (int i = 0; i < 15; i++)
		assert_int_equal(nav_status_parse(span_of(nav_status_text(i))), i);
	assert_string_equal(nav_status_text(-1), "");
	assert_string_equal(nav_status_text(15), "");
	assert_string_equal(nav_status_text(5), "moored");
	memset(longer, 'a', sizeof longer);
	memcpy(longer, "moored", 6);
	assert_int_equal(nav_status_parse((struct span){longer, 192}), 5);
	assert_int_equal(nav_status_parse((struct span){longer, 193}), -1);
	assert_int_equal(nav_status_parse((struct span){longer, sizeof longer}), -1);
	memset(longer, '-', sizeof longer);
	assert_int_equal(nav_status_parse((struct span){longer, sizeof longer}), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_kinds),          cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_flags),          cmocka_unit_test(test_mid_table),
	    cmocka_unit_test(test_imo_valid),      cmocka_unit_test(test_imo_parse),
	    cmocka_unit_test(test_type_group),     cmocka_unit_test(test_status_spellings),
	    cmocka_unit_test(test_status_numbers), cmocka_unit_test(test_status_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
