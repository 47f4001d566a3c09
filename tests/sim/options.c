#include "options.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "calendar.h"
#include "layout.h"

enum kind { WHOLE, DECIMAL, TEXT, TIME, SPAN, COUNT_OR_PERCENT, CHOICE, LAYOUT };

struct choice {
	const char *option;
	const char *names[6];
};

static const struct choice choices[] = {
    {"order", {"time", "vessel", "reverse", "random"}},
    {"region", {"both", "vladivostok", "caspian", "world"}},
    {"stations", {"none", "sparse", "normal", "dense"}},
    {"switch-offs-in", {"all", "inside"}},
    {"switch-offs-at", {"random", "sea", "anchor", "port", "mixed"}},
    {"switch-off-spread", {"even", "log"}},
};

struct option {
	const char *name;
	enum kind kind;
	size_t offset;
	const char *value;
	const char *help;
};

#define AT(field) offsetof(struct options, field)

static const struct option table[] = {
    {"seed", WHOLE, AT(seed), "1", "N: another seed, another world"},
    {"vessels", WHOLE, AT(vessels), "100",
     "N: 1 to 900000; vessel order holds one at a time, others all"},
    {"days", DECIMAL, AT(days), "3", "D: length of the simulated time"},
    {"start", TIME, AT(start_ms), "2025-03-01", "ISO: first moment, UTC"},
    {"layout", LAYOUT, AT(layout), "noaa2018", "NAME: one of the list below"},
    {"order", CHOICE, AT(order), "time", "time|vessel|reverse|random (the last two hold all rows)"},
    {"thin", WHOLE, AT(thin_s), "0", "S: at most one row per ship in each S seconds (NOAA: 60)"},
    {"region", CHOICE, AT(region), "both",
     "both|vladivostok|caspian|world: where ships inside are"},
    {"inside", DECIMAL, AT(inside), "0.7", "F: share of ships in the regions, the rest far away"},
    {"class-b", DECIMAL, AT(class_b), "20", "PCT: ships with a class B transponder"},
    {"fixtures", WHOLE, AT(fixtures), "6",
     "N: base stations, aids, SAR aircraft, if the layout has them"},
    {"truth", TEXT, AT(truth), "", "FILE: CSV of what silences really were"},
    {"truth-min", DECIMAL, AT(truth_min_h), "1",
     "H: shortest silence of other causes written there"},
    {"cast", TEXT, AT(cast), "", "FILE: CSV of the ships: identity, region, clock error"},
    {"switch-offs", COUNT_OR_PERCENT, AT(switch_offs), "0",
     "N or P%: number, or per cent of ships"},
    {"switch-offs-in", CHOICE, AT(switch_offs_in), "all", "all|inside: which ships switch off"},
    {"switch-offs-at", CHOICE, AT(switch_offs_at), "random",
     "random|sea|anchor|port|mixed: where they begin; mixed: a third each"},
    {"switch-off-hours", SPAN, AT(switch_off_h), "7:36", "MIN:MAX hours"},
    {"switch-off-spread", CHOICE, AT(switch_off_spread), "even",
     "even|log: durations spread evenly, or evenly in their logarithm"},
    {"stations", CHOICE, AT(stations), "normal", "none|sparse|normal|dense: coast stations"},
    {"station-layout", WHOLE, AT(station_layout), "0",
     "N: 0 as listed; else each moved by up to 25 km, antennas 0.6 to 1.5 times as high"},
    {"stations-gone", DECIMAL, AT(stations_gone), "0", "PCT of those stations that do not exist"},
    {"satellites", WHOLE, AT(satellites), "6", "N: receiving satellites, 0 to 64"},
    {"density", DECIMAL, AT(density), "1",
     "F: traffic heard by a satellite; more means less decoded"},
    {"outages", WHOLE, AT(outages), "0", "N: outages of single stations"},
    {"outage-hours", SPAN, AT(outage_h), "3:14", "MIN:MAX hours"},
    {"holes", WHOLE, AT(holes), "0", "N: holes of the whole feed"},
    {"hole-hours", SPAN, AT(hole_h), "2:10", "MIN:MAX hours"},
    {"shadows", DECIMAL, AT(shadows), "2",
     "PCT of 20 minute slots in which a ship is screened ashore"},
    {"rush", DECIMAL, AT(rush), "0",
     "PCT by which chances of decoding fall at 08 and 18 UTC, smoothly from 2 h before to 2 h "
     "after"},
    {"interference", WHOLE, AT(interference), "0",
     "N: times (1 to 4 h) and places (15 to 40 nm round a port) of false GNSS positions"},
    {"convoys", WHOLE, AT(convoys), "0",
     "N: groups of 6 ships that sail together, out beyond the stations' range and back"},
    {"duplicates", DECIMAL, AT(duplicates), "0", "PCT of rows repeated, up to 20 times"},
    {"disorder", DECIMAL, AT(disorder), "0", "PCT of rows that arrive up to 15 minutes late"},
    {"shared", WHOLE, AT(shared), "0", "N: ships that send the MMSI of another one far away"},
    {"clock-errors", WHOLE, AT(clock_errors), "0", "N: ships whose reports carry wrong times"},
    {"future", WHOLE, AT(future), "0", "N: ships with one report of the year 2037"},
    {"sentinels", DECIMAL, AT(sentinels), "0.3",
     "PCT of rows with position, speed or course missing"},
    {"rows", WHOLE, AT(rows), "1000000", "N: bench: reports of position to write, exactly"},
    {"hours", DECIMAL, AT(hours), "48", "H: bench: length of the simulated time"},
};

/* a decimal number in millionths */
static bool read_decimal(const char *s, int64_t *value)
{
	int64_t v = 0;
	int64_t unit = 1000000;
	bool digits = false;

	for (; *s >= '0' && *s <= '9' && v < INT64_C(1000000000000000); s++, digits = true)
		v = v * 10 + (*s - '0') * INT64_C(1000000);
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++, digits = true)
			v += (*s - '0') * (unit /= 10);
	*value = v;
	return digits && *s == '\0';
}

static bool read_whole(const char *s, int64_t *value)
{
	bool ok = read_decimal(s, value) && *value % 1000000 == 0;

	*value /= 1000000;
	return ok;
}

static bool read_span(const char *s, struct span_opt *span)
{
	char part[32];
	const char *colon = strchr(s, ':');
	size_t n = colon ? (size_t)(colon - s) : 0;

	if (!colon || n >= sizeof(part))
		return false;
	memcpy(part, s, n);
	part[n] = '\0';
	return read_decimal(part, &span->lo) && read_decimal(colon + 1, &span->hi) &&
	       span->lo <= span->hi;
}

static bool read_choice(const char *option, const char *s, int64_t *value)
{
	size_t i;
	int k;

	for (i = 0; i < sizeof(choices) / sizeof(*choices); i++) {
		if (strcmp(choices[i].option, option) != 0)
			continue;
		for (k = 0; choices[i].names[k]; k++) {
			*value = k;
			if (strcmp(choices[i].names[k], s) == 0)
				return true;
		}
	}
	return false;
}

static bool read_count_or_percent(const char *s, struct options *o)
{
	char number[32];
	size_t n = strlen(s);

	o->switch_offs = 0;
	o->switch_offs_percent = 0;
	if (n == 0 || n >= sizeof(number) || s[n - 1] != '%')
		return read_whole(s, &o->switch_offs);
	memcpy(number, s, n - 1);
	number[n - 1] = '\0';
	return read_decimal(number, &o->switch_offs_percent);
}

static bool set(struct options *o, const struct option *opt, const char *value)
{
	void *field = (char *)o + opt->offset;

	switch (opt->kind) {
	case WHOLE:
		return read_whole(value, field);
	case DECIMAL:
		return read_decimal(value, field);
	case TEXT:
		*(const char **)field = value;
		return true;
	case TIME:
		return civil_parse(value, field);
	case SPAN:
		return read_span(value, field);
	case COUNT_OR_PERCENT:
		return read_count_or_percent(value, o);
	case CHOICE:
		return read_choice(opt->name, value, field);
	case LAYOUT:
		return (*(int64_t *)field = layout_named(value)) >= 0;
	}
	return false;
}

static const struct option *option_named(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

/* convoys sail in the regions, if ships do */
static int64_t ships_of_convoys(const struct options *o)
{
	return o->region == AREA_WORLD ? o->vessels : o->vessels * o->inside / 1000000;
}

static bool in_bounds(const struct options *o)
{
	const int64_t ten_years_h = INT64_C(87840000000);
	const char *what = NULL;

	if (o->vessels < 1 || o->vessels > 900000)
		what = "--vessels must be 1 to 900000";
	else if (o->days > INT64_C(3660000000) || o->hours > ten_years_h ||
	         o->switch_off_h.hi > ten_years_h)
		what = "ten years is the most";
	else if (o->inside > 1000000)
		what = "--inside must be 0 to 1";
	else if (o->satellites > 64)
		what = "--satellites must be at most 64";
	else if (o->outages > 200 || o->holes > 200)
		what = "at most 200 outages and holes";
	else if (o->stations_gone > 100000000 || o->rush > 100000000)
		what = "--stations-gone and --rush must be 0 to 100";
	else if (o->interference > 200)
		what = "at most 200 events of interference";
	else if (o->convoys > 0 && o->convoys * 6 + 6 > ships_of_convoys(o))
		what = "--convoys: 6 ships each, and 6 more, in the regions or, without them, "
		       "elsewhere";
	else if (o->density == 0)
		what = "--density must be above 0";
	else if (o->thin_s > 86400 || o->switch_offs > 4000000 || o->shared * 2 > o->vessels ||
	         o->fixtures > 1000)
		what = "--thin, --switch-offs, --shared or --fixtures is too large";
	else if (o->bench && (o->hours == 0 || o->rows > INT64_C(20000000000)))
		what = "--hours must be above 0, --rows at most 20000000000";
	if (what)
		fprintf(stderr, "aissim: %s\n", what);
	return !what;
}

bool options_read(struct options *o, int argc, char **argv)
{
	const struct option *opt;
	size_t k;
	int i = 1;

	memset(o, 0, sizeof(*o));
	for (k = 0; k < sizeof(table) / sizeof(*table); k++)
		set(o, &table[k], table[k].value);
	if (argc > 1 && strcmp(argv[1], "bench") == 0) {
		o->bench = true;
		o->inside = 500000;
		o->vessels = 20000;
		i++;
	}
	for (; i < argc; i += 2) {
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			o->help = true;
			return true;
		}
		opt = strncmp(argv[i], "--", 2) == 0 ? option_named(argv[i] + 2) : NULL;
		if (!opt || i + 1 >= argc || !set(o, opt, argv[i + 1])) {
			fprintf(stderr,
			        "aissim: %s %s: unknown option or value; see aissim --help\n",
			        argv[i], i + 1 < argc ? argv[i + 1] : "");
			return false;
		}
	}
	return in_bounds(o);
}

void options_help(void)
{
	size_t i;

	printf(
	    "aissim [OPTIONS]        simulated AIS reports of simulated ships on standard output\n"
	    "aissim bench [OPTIONS]  many rows fast: --rows --vessels --hours --inside --seed\n"
	    "                        --start --truth --layout --order time|random|vessel\n\n");
	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		printf("  --%-17s %s [%s]\n", table[i].name, table[i].help, table[i].value);
	printf("\nDefaults are in brackets (bench: 20000 vessels, inside 0.5). Layouts:\n\n");
	for (i = 0; layout_at((int64_t)i); i++)
		printf("  %-19s %s\n", layout_at((int64_t)i)->name, layout_at((int64_t)i)->about);
	printf(
	    "\nThe same traffic has the same reports in every layout, at the same whole second.\n"
	    "Where identity is a message of its own (aisstream, aiscatcher, nmea), it follows the\n"
	    "first report that other layouts identify, and one report in 20; bench counts reports\n"
	    "of position as rows. The same options give the same bytes on any machine.\n");
}
