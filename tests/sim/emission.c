/*
 * Nominal reporting intervals of ITU-R M.1371-5, annex 1, tables 1 and 2: class A by speed,
 * status and change of course; class B "SO" by speed; class B "CS" has two intervals only.
 */
#include "emission.h"

#include <stddef.h>

struct band {
	int32_t up_to; /* tenths of a knot, included */
	int32_t steady_ms, turning_ms;
};

static const struct band class_a[] = {
    {140, 10000, 3333}, {230, 6000, 2000}, {INT32_MAX, 2000, 2000}};
static const struct band class_b_so[] = {
    {20, 180000, 180000}, {140, 30000, 30000}, {230, 15000, 15000}, {INT32_MAX, 5000, 5000}};
static const struct band class_b_cs[] = {{20, 180000, 180000}, {INT32_MAX, 30000, 30000}};
static const struct band base_station[] = {{INT32_MAX, 10000, 10000}};
static const struct band aid[] = {{INT32_MAX, 180000, 180000}};

static const struct band *const bands[] = {
    [CLASS_A] = class_a,
    [CLASS_B_SO] = class_b_so,
    [CLASS_B_CS] = class_b_cs,
    [BASE_STATION] = base_station,
    [AID] = aid,
    [SAR_AIRCRAFT] = base_station,
};

int64_t emission_interval_ms(enum transponder kind, const struct state *s)
{
	const struct band *b = bands[kind];

	/* at anchor or moored and not above 3 knots */
	if (kind == CLASS_A && (s->nav == NAV_ANCHOR || s->nav == NAV_MOORED) && s->sog <= 30)
		return 180000;
	while (s->sog > b->up_to)
		b++;
	return s->turning ? b->turning_ms : b->steady_ms;
}
