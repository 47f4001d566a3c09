#include "judge/published.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* a rule that does not ask for a shore or for positions has none here */
static const struct rule {
	const char *name;
	double least_h;
	double beyond_nm;
	int least_minutes;
} RULES[PUBLISHED_RULES] = {
    [PUBLISHED_GFW] = {"gfw", 12.0, 50.0, 14},
    [PUBLISHED_SKYLIGHT] = {"skylight", 6.0, -1.0, -1},
    [PUBLISHED_LLOYDS] = {"lloyds", 30.0, -1.0, -1},
};

const char *published_name(enum published_rule rule)
{
	return (unsigned)rule < PUBLISHED_RULES ? RULES[rule].name : NULL;
}

const char *published_say(enum published_rule rule, const struct published_facts *facts)
{
	const struct rule *r = &RULES[rule];
	bool asks_shore = r->beyond_nm >= 0.0;
	bool asks_positions = r->least_minutes >= 0;

	if (!(facts->silence_h >= r->least_h))
		return "no:duration";
	if (asks_shore && facts->off_shore_nm <= r->beyond_nm)
		return "no:shore";
	if (asks_positions && facts->minutes_before >= 0 &&
	    facts->minutes_before < r->least_minutes)
		return "no:positions";
	if (asks_shore && isnan(facts->off_shore_nm))
		return "unknown:shore";
	if (asks_positions && facts->minutes_before < 0)
		return "unknown:positions";
	return "yes";
}
