/* Where to look, for which vessels and gaps, and how they are judged. */
#include <string.h>

#include "ais/when.h"
#include "base/duration.h"
#include "base/num.h"
#include "cli/settings.h"
#include "cli/settings_take.h"

KEEP(take_mmsi, "mmsi", run.mmsi)
KEEP(take_imo, "imo", run.imo)
KEEP(take_flag, "flag", run.flag)
KEEP(take_type, "type", run.type)
KEEP(take_class, "class", run.ais_class)
KEEP(take_verdict, "verdict", run.verdict)
KEEP(take_rules, "rules", run.rules)
FLAG(take_everywhere, run.everywhere)

static enum status take_area(void *settings, const char *argument, struct diag *diag)
{
	(void)diag;
	string_list_add(&((struct settings *)settings)->areas, argument);
	return ST_OK;
}

static enum status take_min_gap(void *settings, const char *argument, struct diag *diag)
{
	struct settings *s = settings;

	if (duration_parse(span_of(argument), &s->run.min_gap_ms) && s->run.min_gap_ms >= 1000)
		return ST_OK;
	return diag_set(diag, ST_USAGE,
	                "--min-gap: '%.60s' is no duration; expected a number and a unit without "
	                "blank, at least 1s: 90m, 6h, 2d",
	                argument);
}

static enum status take_time(const char *option, const char *argument, int64_t *t_ms,
                             struct diag *diag)
{
	struct when_style style = {.date_alone = true};
	int64_t t[2];

	if (when_parse(span_of(argument), &style, t) != WHEN_CERTAIN)
		return diag_set(diag, ST_USAGE,
		                "%s: '%.60s' is no time; expected one such as 2026-03-01 or "
		                "2026-03-01T06:00:00Z (UTC)",
		                option, argument);
	*t_ms = t[0];
	return ST_OK;
}

static enum status take_from(void *settings, const char *argument, struct diag *diag)
{
	return take_time("--from", argument, &((struct settings *)settings)->run.from_ms, diag);
}

static enum status take_to(void *settings, const char *argument, struct diag *diag)
{
	return take_time("--to", argument, &((struct settings *)settings)->run.to_ms, diag);
}

static enum status take_as_of(void *settings, const char *argument, struct diag *diag)
{
	return take_time("--as-of", argument, &((struct settings *)settings)->run.as_of_ms, diag);
}

static enum status take_by(void *settings, const char *argument, struct diag *diag)
{
	static const struct {
		const char *name;
		enum aisgap_by by;
	} WORDS[] = {{"overlap", AISGAP_BY_OVERLAP}, {"off", AISGAP_BY_OFF}, {"on", AISGAP_BY_ON}};

	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		if (strcmp(argument, WORDS[i].name) == 0) {
			((struct settings *)settings)->run.by = WORDS[i].by;
			return ST_OK;
		}
	}
	return diag_set(diag, ST_USAGE, "--by: '%.60s' is none of off, on, overlap", argument);
}

static enum status take_prior(void *settings, const char *argument, struct diag *diag)
{
	double *prior = &((struct settings *)settings)->run.prior;

	if (num_double(span_of(argument), prior) && *prior > 0 && *prior < 1)
		return ST_OK;
	return diag_set(diag, ST_USAGE, "--prior: '%.60s' is no share between 0 and 1", argument);
}

static const struct option_row WHERE[] = {
    {'a', "area", "AREA",
     "watch this area: vladivostok, caspian, FILE.geojson or\n"
     "LAT,LON,NM (a circle); repeatable; replaces the default (both)",
     take_area},
    {0, "everywhere", NULL, "report gaps wherever they are", take_everywhere},
    {'g', "min-gap", "DURATION", "gaps strictly longer than this: 90m, 6h, 2d (default 6h)",
     take_min_gap},
    {0, "from", "TIME", "only gaps in the window [from, to), UTC", take_from},
    {0, "to", "TIME", "end of that window", take_to},
    {0, "by", "off|on|overlap", "what must lie in the window (default overlap)", take_by},
    {0, "as-of", "TIME",
     "judge open gaps at this time (default: feed time, which\n"
     "is read from the reports, never from the clock)",
     take_as_of},
    {0, "mmsi", "LIST", "only these vessels; lists are joined by commas", take_mmsi},
    {0, "imo", "LIST", "IMO numbers; any that the vessel ever sent counts", take_imo},
    {0, "flag", "LIST", "two-letter country codes, from the MMSI", take_flag},
    {0, "type", "LIST", "ship types: 70, 70-79, cargo, tanker, fishing ...", take_type},
    {0, "class", "A|B", "AIS class", take_class},
    {0, "verdict", "LIST",
     "only gaps judged so: off, unclear, unheard, feed, gnss,\n"
     "identity",
     take_verdict},
    {0, "prior", "P",
     "share of switch-offs among all silences that confidence\n"
     "supposes (default 0.1)",
     take_prior},
    {0, "rules", "LIST",
     "say in reasons what these published rules make of a gap:\n"
     "gfw, skylight, lloyds",
     take_rules},
};

const struct option_table settings_where = {"Where and what", WHERE, sizeof WHERE / sizeof *WHERE};
