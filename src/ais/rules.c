#include "ais/rules.h"

#include <pthread.h>

#include "base/embed.h"
#include "base/num.h"

enum {
	MID_FIRST = 201, /* Albania */
	MID_LAST = 775,  /* Venezuela */
	MID_END = 1000,
	IMO_DIGITS = 7,
	STATUS_COUNT = 15,      /* 15 is "undefined" */
	STATUS_TEXT_SIZE = 192, /* the longest text of M.1371 has 163 letters */
};

#define MMSI_MAX INT64_C(999999999)

/*
 * Numbers that carry a MID (ITU-R M.585-9, annexes 1 and 2): base + MID * unit + a serial number
 * below unit. Leading zeros are lost in an integer, so a coast station has seven digits and a group
 * eight. The ranges do not overlap for MID 201-775.
 */
static const struct form {
	int64_t base;
	int64_t unit;
	enum mmsi_kind kind;
} FORMS[] = {
    {0, 1000000, MMSI_SHIP},            /* MIDxxxxxx */
    {0, 10000, MMSI_BASE},              /* 00MIDxxxx */
    {0, 100000, MMSI_GROUP},            /* 0MIDxxxxx */
    {111000000, 1000, MMSI_SAR},        /* 111MIDxxx */
    {800000000, 100000, MMSI_HANDHELD}, /* 8MIDxxxxx */
    {980000000, 10000, MMSI_CRAFT},     /* 98MIDxxxx */
    {990000000, 10000, MMSI_AID},       /* 99MIDxxxx */
};

static bool all_digits_same(int64_t number)
{
	int64_t last = number % 10;

	while (number > 0 && number % 10 == last)
		number /= 10;
	return number == 0;
}

/* numbers of the right shape that no administration gave out: factory settings and test values */
static bool is_placeholder(int64_t mmsi)
{
	return mmsi == 123456789 || mmsi == 1193046 /* 0x123456 */ || all_digits_same(mmsi);
}

/* the form of a number that carries a MID of 201-775; *mid is then that MID; NULL for others */
static const struct form *form_of(int64_t mmsi, int *mid)
{
	size_t i;

	for (i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
		int64_t found = (mmsi - FORMS[i].base) / FORMS[i].unit;

		if (mmsi < FORMS[i].base || found < MID_FIRST || found > MID_LAST)
			continue;
		*mid = (int)found;
		return &FORMS[i];
	}
	return NULL;
}

/* SART, man overboard and EPIRB number makers, not administrations (M.585-9 annex 2) */
static bool is_distress(int64_t mmsi)
{
	int64_t prefix = mmsi / 1000000;

	return prefix == 970 || prefix == 972 || prefix == 974;
}

enum mmsi_kind mmsi_kind(int64_t mmsi)
{
	const struct form *form;
	int mid;

	if (mmsi < 0 || mmsi > MMSI_MAX || is_placeholder(mmsi))
		return MMSI_BAD;
	if (is_distress(mmsi))
		return MMSI_DISTRESS;
	form = form_of(mmsi, &mid);
	if (!form || (form->kind == MMSI_SHIP && mmsi % form->unit == 0))
		return MMSI_BAD;
	return form->kind;
}

/* alpha-2 by MID, "" where none is known: filled once from data/mid.csv, then only read */
static char flags[MID_END][3];
static pthread_once_t flags_once = PTHREAD_ONCE_INIT;

static void flags_set(struct span line)
{
	struct span mid, alpha2;
	int64_t number;

	if (!span_cut(line, ',', &mid, &line) || !span_cut(line, ',', &alpha2, &line))
		return;
	if (num_int(mid, &number) && number >= 0 && number < MID_END && alpha2.len == 2)
		span_copy(alpha2, flags[number], sizeof flags[number]);
}

static void flags_fill(void)
{
	struct span rest = embed_find("mid.csv");
	struct span line;
	bool more;

	do {
		more = span_cut(rest, '\n', &line, &rest);
		flags_set(line);
	} while (more);
}

const char *mmsi_flag(int64_t mmsi)
{
	int mid;

	if (mmsi_kind(mmsi) == MMSI_BAD || !form_of(mmsi, &mid))
		return "";
	pthread_once(&flags_once, flags_fill);
	return flags[mid];
}

bool mmsi_flag_exists(struct span alpha2)
{
	pthread_once(&flags_once, flags_fill);
	for (int mid = 0; mid < MID_END; mid++) {
		if (flags[mid][0] && span_eq_nocase(span_of(flags[mid]), alpha2))
			return true;
	}
	return false;
}

/* IMO resolution A.1117(30): the last digit of the weighted sum of six is the seventh */
bool imo_valid(uint32_t imo)
{
	uint32_t rest = imo / 10;
	uint32_t sum = 0;
	uint32_t weight;

	if (imo < 1000000 || imo > 9999999)
		return false;
	for (weight = 2; weight < 2 + IMO_DIGITS - 1; weight++, rest /= 10)
		sum += rest % 10 * weight;
	return sum % 10 == imo % 10;
}

uint32_t imo_parse(struct span s)
{
	uint32_t imo = 0;
	size_t i;

	s = span_trim(s);
	if (s.len > 3 && span_eq_nocase((struct span){s.ptr, 3}, SPAN("IMO")))
		s = span_trim((struct span){s.ptr + 3, s.len - 3});
	/* pandas writes whole numbers beside empty cells with a fraction */
	if (s.len > IMO_DIGITS + 1 && s.ptr[IMO_DIGITS] == '.') {
		for (i = IMO_DIGITS + 1; i < s.len && s.ptr[i] == '0'; i++)
			;
		s.len = i == s.len ? IMO_DIGITS : 0;
	}
	if (s.len != IMO_DIGITS)
		return 0;
	for (i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return 0;
		imo = imo * 10 + (uint32_t)(s.ptr[i] - '0');
	}
	return imo_valid(imo) ? imo : 0;
}

const char *type_group(int code)
{
	/* M.1371-5 table 53; codes that it keeps for later or for regional use have no word */
	static const struct {
		int first;
		int last;
		const char *word;
	} GROUPS[] = {
	    {20, 29, "wig"},        {30, 30, "fishing"},       {31, 32, "towing"},
	    {33, 33, "dredging"},   {34, 34, "diving"},        {35, 35, "military"},
	    {36, 36, "sailing"},    {37, 37, "pleasure"},      {40, 49, "highspeed"},
	    {50, 50, "pilot"},      {51, 51, "sar"},           {52, 52, "tug"},
	    {53, 53, "porttender"}, {54, 54, "antipollution"}, {55, 55, "law"},
	    {58, 58, "medical"},    {59, 59, "other"},         {60, 69, "passenger"},
	    {70, 79, "cargo"},      {80, 89, "tanker"},        {90, 99, "other"},
	};
	size_t i;

	for (i = 0; i < sizeof GROUPS / sizeof *GROUPS; i++)
		if (code >= GROUPS[i].first && code <= GROUPS[i].last)
			return GROUPS[i].word;
	return "";
}

/*
 * How the texts of M.1371-5 table 45 begin and end in the exports, in small letters and digits only
 * (letters_of): ITU's words, which Digitraffic and NOAA 2015-17 use ("power-driven vessel towing
 * astern (regional use)"), the Danish Maritime Authority's ("Reserved for future amendment [HSC]",
 * "Reserved for future use [11]"), those of gpsd, exactEarth and Spire ("Restricted
 * manoeuverability", "AIS-SART is active"), canboat's ("Hazardous material, High Speed"), and
 * nav_status_text's. The first row that fits counts.
 */
#define TEXT(begin, end, status)                                                                   \
	{                                                                                          \
		{begin, sizeof(begin) - 1}, {end, sizeof(end) - 1}, status                         \
	}
static const struct status_text {
	struct span begin;
	struct span end;
	int status;
} STATUS_TEXTS[] = {
    TEXT("underwaysailing", "", 8),
    TEXT("underway", "", 0),
    TEXT("moored", "", 5),
    TEXT("atanchor", "", 1),
    TEXT("anchored", "", 1),
    TEXT("engagedinfishing", "", 7),
    TEXT("restrictedman", "ability", 3),
    TEXT("notundercommand", "", 2),
    TEXT("constrainedby", "", 4),
    TEXT("aground", "", 6),
    TEXT("reservedforfutureamendment", "hsc", 9),
    TEXT("reservedforfutureamendment", "wig", 10),
    TEXT("reservedforhsc", "", 9),
    TEXT("reservedforwig", "", 10),
    TEXT("hazardousmaterialhighspeed", "", 9),
    TEXT("hazardousmaterialwing", "", 10),
    TEXT("powerdrivenvesseltowing", "", 11),
    TEXT("powerdrivenvesselpushing", "", 12),
    TEXT("reservedforfutureuse11", "", 11),
    TEXT("reservedforfutureuse12", "", 12),
    TEXT("reservedforfutureuse", "", 13), /* [13] in Danish files, no number in ITU's words */
    TEXT("towingastern", "", 11),
    TEXT("pushingahead", "", 12),
    TEXT("aissart", "", 14),
};
#undef TEXT

/* the letters (made small) and digits of `s`; longer texts than `letters` holds give the empty span
 */
static struct span letters_of(struct span s, char letters[STATUS_TEXT_SIZE])
{
	size_t len = 0;
	size_t i;

	for (i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			continue;
		if (len == STATUS_TEXT_SIZE)
			return (struct span){NULL, 0};
		letters[len++] = c;
	}
	return (struct span){letters, len};
}

/* also "5.0", which is what a table program makes of a column with gaps */
static int status_number(struct span s)
{
	double value;
	int status;

	if (!num_double(s, &value) || value < 0 || value >= STATUS_COUNT)
		return -1;
	status = (int)value;
	return value > status ? -1 : status;
}

static bool status_fits(const struct status_text *text, struct span letters)
{
	size_t end = text->end.len;

	if (!span_starts(letters, text->begin) || letters.len < end)
		return false;
	return span_eq((struct span){letters.ptr + letters.len - end, end}, text->end);
}

int nav_status_parse(struct span s)
{
	char buf[STATUS_TEXT_SIZE];
	struct span letters;
	size_t i;

	s = span_trim(s);
	if (s.len > 0 && s.ptr[0] >= '0' && s.ptr[0] <= '9')
		return status_number(s);
	letters = letters_of(s, buf);
	if (letters.len == 0)
		return -1;
	for (i = 0; i < sizeof STATUS_TEXTS / sizeof *STATUS_TEXTS; i++)
		if (status_fits(&STATUS_TEXTS[i], letters))
			return STATUS_TEXTS[i].status;
	return -1;
}

const char *nav_status_text(int status)
{
	static const char *const TEXTS[STATUS_COUNT] = {
	    "under way using engine",
	    "at anchor",
	    "not under command",
	    "restricted manoeuvrability",
	    "constrained by her draught",
	    "moored",
	    "aground",
	    "engaged in fishing",
	    "under way sailing",
	    "reserved for HSC",
	    "reserved for WIG",
	    "towing astern",
	    "pushing ahead or towing alongside",
	    "reserved for future use",
	    "AIS-SART active",
	};

	if (status < 0 || status >= STATUS_COUNT)
		return "";
	return TEXTS[status];
}
