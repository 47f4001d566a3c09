/*
 * Names and numbers of no ship.
 *
 * MMSI: a country's MID and the top of its numbers, 998999 downward without those that end in
 * 000. ITU publishes no list of free numbers and sets none aside for tests, while a MID that ITU
 * has not allocated would be no ship's MMSI at all. Countries number upward, or end in zeros for
 * Inmarsat (ITU-R M.585); flags seen near their top in public data (Bahamas, Malta, Panama,
 * Singapore, Hong Kong, Norway, the United States) are left out. The best that can be had with a
 * flag, but no proof: never for a radio.
 * IMO numbers: 200000 to 389999 and a valid check digit. Ship numbers in use begin with 5 to 9
 * (series of 1963 on), 1 (yachts, and new ships since the 9s ran out) or 4; none seen so far
 * lies from 2000000 to 3899999. That, too, is a choice: the series itself is not published.
 * Names begin with SIM, call signs with SIM or SI and a digit.
 */
#include <stdio.h>
#include <string.h>

#include "vessel.h"

enum { SALT_IDENTITY = 21, TOP_OF_MID = 998999, MAX_IMO = 190000 };

/* ship and cargo types with plausible sizes: class A first, class B after */
struct make {
	int type;
	int32_t length_min, length_max;
	int weight;
};

static const struct make big[] = {{70, 80, 200, 8}, {79, 90, 230, 3}, {80, 100, 250, 5},
                                  {89, 90, 180, 2}, {60, 60, 180, 2}, {30, 30, 80, 4},
                                  {52, 20, 45, 2},  {50, 12, 30, 1},  {55, 20, 60, 1}};
static const struct make small[] = {
    {37, 8, 24, 4}, {36, 8, 18, 3}, {30, 10, 24, 3}, {52, 12, 24, 1}};

static const int16_t mids[REGIONS][8] = {
    [VLADIVOSTOK] = {273, 273, 445, 273, 511, 667, 273, 671},
    [CASPIAN] = {273, 422, 423, 436, 434, 273, 422, 273},
    [ELSEWHERE] = {538, 636, 271, 667, 677, 271, 538, 636},
};

static const char *const name_prefix[REGIONS] = {"SIM VOSTOK", "SIM KASPIY", "SIM OKEAN"};

static const struct make *pick_make(struct rng *r, bool class_b)
{
	const struct make *list = class_b ? small : big;
	int n = class_b ? (int)(sizeof(small) / sizeof(*small)) : (int)(sizeof(big) / sizeof(*big));
	int64_t sum = 0;
	int64_t pick;
	int i;

	for (i = 0; i < n; i++)
		sum += list[i].weight;
	pick = rng_range(r, 0, sum - 1);
	for (i = 0; i < n - 1 && pick >= list[i].weight; i++)
		pick -= list[i].weight;
	return &list[i];
}

static int32_t imo_with_check_digit(uint32_t stem)
{
	uint32_t rest = stem;
	uint32_t sum = 0;
	uint32_t weight;

	for (weight = 2; weight <= 7; weight++, rest /= 10)
		sum += rest % 10 * weight;
	return (int32_t)(stem * 10 + sum % 10);
}

static void identify_fixture(struct identity *who, enum transponder kind, uint32_t nth)
{
	int n = (int)(nth % 10000);

	switch (kind) {
	case BASE_STATION:
		who->mmsi = 2739900 + nth % 100; /* 00MIDxxxx, printed without its zeros */
		break;
	case SAR_AIRCRAFT:
		who->mmsi = 111273990 + nth % 10;
		break;
	default:
		who->mmsi = 992739900 + nth % 100;
		snprintf(who->name, sizeof(who->name), "SIM BUOY %04d", n);
		break;
	}
}

static int64_t mmsi_of(const struct sim *sim, uint32_t index)
{
	enum region region = region_of(sim, index);
	uint64_t h = rng_hash((uint64_t)sim->o->seed, index, SALT_IDENTITY);
	int64_t shared_from = sim->o->vessels - sim->o->shared;

	/* the last ships take numbers of the first ones, which are made to lie in another region */
	if ((int64_t)index >= shared_from)
		return mmsi_of(sim, (uint32_t)(index - shared_from));
	return mids[region][h % 8] * INT64_C(1000000) + TOP_OF_MID - index - index / 999;
}

void identity_make(struct identity *who, const struct sim *sim, uint32_t index)
{
	struct rng r = rng_stream((uint64_t)sim->o->seed, index, SALT_IDENTITY + 1);
	enum transponder kind = kind_of(sim, index);
	bool class_b = kind != CLASS_A;
	const struct make *make;

	memset(who, 0, sizeof(*who));
	if ((int64_t)index >= sim->o->vessels) {
		identify_fixture(who, kind, index - (uint32_t)sim->o->vessels);
		return;
	}
	make = pick_make(&r, class_b);
	who->mmsi = mmsi_of(sim, index);
	who->type = make->type;
	who->length = (int32_t)rng_range(&r, make->length_min, make->length_max);
	who->width = who->length / 7 + 2;
	who->draft_dm = who->length * 4 / 10 + 10;
	who->has_heading = rng_chance(&r, class_b ? 100000 : 930000) != 0;
	if (!class_b && index < MAX_IMO && rng_chance(&r, 950000))
		who->imo = imo_with_check_digit(200000 + index);
	snprintf(who->name, sizeof(who->name), "%s %04u", name_prefix[region_of(sim, index)],
	         index);
	snprintf(who->call, sizeof(who->call), index < 10000 ? "SIM%04u" : "S%06u",
	         index % 1000000);
}
