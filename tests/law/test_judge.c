/*
 * The laws of judgement, on random feeds round Vladivostok: it depends on what a fleet holds and on
 * nothing else, and it does not change from day to day. Trial i of law k has the seed k * 2^32 + i,
 * which a failure names; LAW_TRIALS sets another number of trials. All that is expected is that two
 * judgements are the same, bit for bit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "judge/judge.h"
#include "law/heard.h"

enum {
	TRIALS = 40,
	TRIALS_GROWING = 15,
	SHIPS_MAX = 40,
	HOURS_MAX = 24 * 7,
	JUDGED = 8,
	RIPE_H = 12
};

static struct zones *zones; /* one zone, and rims at 42.5 and 43 N where ships cross them */
static struct zones *rims;
static struct coast *coast;

/* how a trial's feed is drawn */
struct feed {
	struct random random;
	struct heard heard; /* in the order of time */
	struct fleet_params params;
	int ships;
	int hours;
	bool down[HOURS_MAX];
	bool blind[HOURS_MAX];   /* the southern half is not heard */
	bool spoofed[HOURS_MAX]; /* most jump to one spot */
	char names[4][24];
};

struct ship {
	double lat, lon, north_deg_h, east_deg_h;
	float sog_kn;
	double rate; /* chance to be heard in an hour */
	int off, on; /* hours in which it is switched off */
	uint8_t ais_class;
	uint8_t source;
	bool status;
};

static double unit(struct random *r)
{
	return random_below(r, 1000000) / 1e6;
}

static struct ship draw_ship(struct feed *f)
{
	struct random *r = &f->random;
	struct ship s = {.lat = 42.0 + 1.4 * unit(r), .lon = 131.0 + 2.0 * unit(r)};
	double angle_lat = unit(r) - 0.5;
	double angle_lon = unit(r) - 0.5;

	s.rate = random_once_in(r, 4) ? 0.15 : 0.4 + 0.59 * unit(r);
	s.ais_class = (uint8_t)(random_once_in(r, 5) ? CLASS_B : CLASS_A);
	s.source = (uint8_t)random_below(r, 3);
	s.status = random_once_in(r, 2);
	if (!random_once_in(r, 3)) {
		s.sog_kn = (float)(2 + 14 * unit(r));
		s.north_deg_h = angle_lat * s.sog_kn / 40;
		s.east_deg_h = angle_lon * s.sog_kn / 30;
	}
	s.off = (int)random_below(r, (uint32_t)f->hours);
	s.on = s.off + (random_once_in(r, 3) ? 0 : (int)random_below(r, 100));
	return s;
}

static double bounce(double x, double low, double high)
{
	double span = high - low;
	double turns = (x - low) / (2 * span);

	turns -= (double)(int64_t)turns - (turns < 0);
	return low + (turns < 0.5 ? 2 * turns * span : 2 * (1 - turns) * span);
}

static void hear_ship(struct feed *f, const struct ship *s, int ship, int hour)
{
	struct random *r = &f->random;
	int reports = 1 + (int)random_below(r, 3);

	for (int i = 0; i < reports; i++) {
		double t = hour + unit(r);
		double lat = bounce(s->lat + t * s->north_deg_h, 41.8, 43.4);
		double lon = bounce(s->lon + t * s->east_deg_h, 131, 133.5);
		struct fix *fix = heard_add(
		    &f->heard, ship, HEARD_MIDNIGHT + (int64_t)(t * (double)HOUR_MS), lat, lon);
		struct statics *statics = &f->heard.at[f->heard.count - 1].statics;

		fix->ais_class = s->ais_class;
		fix->source = s->source;
		fix->sog_kn = s->sog_kn;
		fix->known = KNOWN_SOG | KNOWN_COG;
		fix->cog_deg = (float)(45 * (ship % 8));
		if (s->status) {
			fix->known |= KNOWN_NAV_STATUS;
			fix->nav_status = s->sog_kn > 0 ? 0 : (uint8_t)(ship % 2 ? 1 : 5);
		}
		if (f->spoofed[hour] && ship % 4) {
			fix->lat_deg = 41.0;
			fix->lon_deg = 134.5;
		}
		if (random_once_in(r, 8))
			statics->name = span_of(f->names[random_below(r, 4)]);
	}
}

static int by_report(const void *a, const void *b)
{
	const struct position_report *x = a;
	const struct position_report *y = b;

	return x->fix.t_ms != y->fix.t_ms
	           ? (x->fix.t_ms > y->fix.t_ms) - (x->fix.t_ms < y->fix.t_ms)
	           : (x->mmsi > y->mmsi) - (x->mmsi < y->mmsi);
}

/* stretches of hours, by chance */
static void draw_stretches(struct feed *f, bool *hours, int longest)
{
	for (int n = (int)random_below(&f->random, 4); n > 0; n--) {
		int from = (int)random_below(&f->random, (uint32_t)f->hours);
		int count = 1 + (int)random_below(&f->random, (uint32_t)longest);

		for (int h = from; h < from + count && h < f->hours; h++)
			hours[h] = true;
	}
}

static void feed_draw(struct feed *f, uint64_t seed, bool spoofed)
{
	static const int64_t GAPS_MS[] = {20 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS};
	struct random *r = &f->random;

	memset(f, 0, sizeof *f);
	*r = (struct random){seed};
	for (int i = 0; i < 4; i++)
		(void)snprintf(f->names[i], sizeof f->names[i], "SHIP %d", i);
	f->ships = 10 + (int)random_below(r, SHIPS_MAX - 9);
	f->hours = 24 * (3 + (int)random_below(r, 5));
	f->params = (struct fleet_params){
	    GAPS_MS[random_below(r, 4)], random_once_in(r, 2) ? rims : zones, random_once_in(r, 2)};
	draw_stretches(f, f->down, 10);
	draw_stretches(f, f->blind, 30);
	for (int i = 0; spoofed && i < 12; i++)
		f->spoofed[30 + random_below(r, 24)] = true;
	for (int i = 0; i < f->ships; i++) {
		struct ship s = draw_ship(f);

		for (int hour = 0; hour < f->hours; hour++) {
			if (unit(r) < s.rate && !f->down[hour] &&
			    !(f->blind[hour] && s.lat < 42.7) && (hour < s.off || hour >= s.on))
				hear_ship(f, &s, i, hour);
		}
	}
	qsort(f->heard.at, f->heard.count, sizeof *f->heard.at, by_report);
}

/* what one as-of said of one gap */
struct said {
	struct gap gap;
	int phase;
	int64_t as_of_ms;
	struct judgement judgement;
};

struct sayings {
	struct said *at;
	size_t count;
	size_t cap;
};

static bool keep_some(void *context, const struct gap *gap)
{
	/* a part of the vessels, for judging them all takes its time */
	return gap->mmsi % JUDGED == *(const int64_t *)context;
}

/* which steps of evidence.c an as-of has reached; 100 and 101: closed, not ripe and ripe */
static int phase_of(const struct gap *gap, int64_t as_of_ms)
{
	static const int STEPS_H[] = {3, 12, 24, 72};
	int phase = 0;

	if (!gap->open && !gap->after_as_of)
		return as_of_ms >= gap->on.t_ms + RIPE_H * HOUR_MS ? 101 : 100;
	for (int i = 0; i < 4; i++)
		phase += as_of_ms - gap->off.t_ms >= (STEPS_H[i] + 4) * HOUR_MS;
	return phase;
}

static void judge_some(const struct fleet *fleet, int64_t as_of_ms, bool given, int64_t some,
                       struct sayings *all)
{
	struct judge_params params = {.fleet = fleet,
	                              .zones = fleet->params.zones,
	                              .coast = coast,
	                              .as_of_ms = as_of_ms,
	                              .prior = 0.1,
	                              .published = 7};
	struct gaps_query query = {.min_gap_ms = fleet->params.gap_ms,
	                           .as_of_ms = as_of_ms,
	                           .as_of_given = given,
	                           .keep = keep_some,
	                           .context = &some};
	struct judge *judge = judge_new(&params);
	struct gaps gaps;

	all->count = 0;
	gaps_find(fleet, &query, &gaps);
	for (size_t i = 0; i < gaps.count; i++) {
		struct said *said;

		all->at = mem_grow(all->at, &all->cap, all->count + 1, 64, sizeof *all->at);
		said = &all->at[all->count++];
		*said = (struct said){.gap = gaps.at[i],
		                      .phase = phase_of(&gaps.at[i], as_of_ms),
		                      .as_of_ms = as_of_ms};
		judge_gap(judge, &gaps.at[i], &said->judgement);
	}
	gaps_free(&gaps);
	judge_free(judge);
}

static bool same_number(double a, double b)
{
	return !(a < b) && !(a > b) && isnan(a) == isnan(b);
}

/* the first number that differs; NULL: none */
static const char *number(const struct judgement *a, const struct judgement *b)
{
	if (!same_number(a->p_silent_if_on, b->p_silent_if_on))
		return "p_silent_if_on";
	if (!same_number(a->likelihood_ratio, b->likelihood_ratio))
		return "likelihood_ratio";
	if (!same_number(a->confidence, b->confidence))
		return "confidence";
	if (a->others_heard != b->others_heard)
		return "others_heard";
	if (a->others_silent != b->others_silent)
		return "others_silent";
	return NULL;
}

/* the first column that differs; NULL: none. That its end lies behind as-of is a reason of its own,
 * and keeps a gap from being called off. */
static const char *difference(const struct said *left, const struct said *right)
{
	const struct judgement *a = &left->judgement;
	const struct judgement *b = &right->judgement;
	const char *what = number(a, b);

	if (what || left->gap.after_as_of != right->gap.after_as_of)
		return what;
	if (a->reasons.len != b->reasons.len || strcmp(a->reasons.text, b->reasons.text) != 0)
		return "reasons";
	if (memcmp(a->by, b->by, sizeof a->by) != 0)
		return "by";
	return a->verdict != b->verdict ? "verdict" : NULL;
}

static bool is_open(const struct gap *gap)
{
	return gap->open || gap->after_as_of;
}

static double hours_since(const struct said *said, int64_t t_ms)
{
	return (double)(t_ms - (is_open(&said->gap) ? said->gap.off.t_ms : said->gap.on.t_ms)) /
	       (double)HOUR_MS;
}

static void same(uint64_t seed, const struct said *a, const struct said *b)
{
	const struct judgement *x = &a->judgement;
	const struct judgement *y = &b->judgement;
	const char *what = difference(a, b);

	if (!what)
		return;
	fail_msg("seed %llu: %s of %s gap of %lld differs, %.2f h and %.2f h on (off %02d:%02d): "
	         "%s %.17g %d %d %s | %s %.17g %d %d %s",
	         (unsigned long long)seed, what, is_open(&a->gap) ? "an open" : "a closed",
	         (long long)a->gap.mmsi, hours_since(a, a->as_of_ms), hours_since(b, b->as_of_ms),
	         (int)(a->gap.off.t_ms / HOUR_MS % 24), (int)(a->gap.off.t_ms / MINUTE_MS % 60),
	         verdict_name(x->verdict), x->p_silent_if_on, x->others_heard, x->others_silent,
	         x->reasons.text, verdict_name(y->verdict), y->p_silent_if_on, y->others_heard,
	         y->others_silent, y->reasons.text);
}

static void same_all(uint64_t seed, const struct sayings *left, const struct sayings *right)
{
	assert_int_equal(left->count, right->count);
	for (size_t i = 0; i < left->count; i++)
		same(seed, &left->at[i], &right->at[i]);
}

static int64_t last_ms(const struct feed *f)
{
	return f->heard.count ? f->heard.at[f->heard.count - 1].fix.t_ms : HEARD_MIDNIGHT;
}

static struct fleet *fleet_of(const struct feed *f, const struct heard *heard,
                              const uint32_t *order)
{
	struct fleet *fleet = fleet_new(&f->params);

	heard_fold(fleet, heard, order);
	fleet_settle(fleet);
	return fleet;
}

static void each(uint64_t law, uint32_t usual, bool spoofed,
                 void (*check)(struct feed *f, uint64_t seed))
{
	struct feed *f = mem_new(1, sizeof *f);
	uint32_t trials = random_trials(usual);

	for (uint32_t i = 0; i < trials; i++) {
		feed_draw(f, law << 32 | i, spoofed);
		check(f, law << 32 | i);
		free(f->heard.at);
	}
	free(f);
}

/* law 1: order, duplicates, splits */

static struct fleet *shuffled(struct feed *f)
{
	uint32_t count = (uint32_t)f->heard.count;
	uint32_t *order = mem_new(count + 1, sizeof *order);
	struct fleet *fleet;

	for (uint32_t i = 0; i < count; i++)
		order[i] = i;
	random_shuffle(&f->random, order, count);
	fleet = fleet_of(f, &f->heard, order);
	heard_fold(fleet, &f->heard, random_once_in(&f->random, 2) ? order : NULL);
	fleet_settle(fleet);
	free(order);
	return fleet;
}

static struct fleet *split(struct feed *f, bool swapped)
{
	struct fleet *parts[2];
	struct heard halves[2] = {{0}, {0}};

	for (size_t i = 0; i < f->heard.count; i++) {
		struct heard *half = &halves[random_below(&f->random, 2)];

		heard_add(half, 0, 0, 0, 0);
		half->at[half->count - 1] = f->heard.at[i];
	}
	for (int i = 0; i < 2; i++) {
		parts[i] = fleet_of(f, &halves[i], NULL);
		free(halves[i].at);
	}
	fleet_join(parts[swapped], parts[!swapped]);
	fleet_free(parts[!swapped]);
	fleet_settle(parts[swapped]);
	return parts[swapped];
}

static void check_order(struct feed *f, uint64_t seed)
{
	struct fleet *fleets[4] = {fleet_of(f, &f->heard, NULL), shuffled(f), split(f, false),
	                           split(f, true)};
	int64_t some = (int64_t)(seed % JUDGED);
	int64_t as_of_ms = last_ms(f) + (int64_t)random_below(&f->random, 24) * HOUR_MS;
	struct sayings left = {0};
	struct sayings right = {0};

	judge_some(fleets[0], as_of_ms, false, some, &left);
	for (int i = 1; i < 4; i++) {
		judge_some(fleets[i], as_of_ms, false, some, &right);
		same_all(seed, &left, &right);
	}
	for (int i = 0; i < 4; i++)
		fleet_free(fleets[i]);
	free(left.at);
	free(right.at);
}

static void any_order(void **state)
{
	(void)state;
	each(1, TRIALS, true, check_order);
}

/* laws 2 and 3: what was said of a gap in a phase stays */

struct memory {
	struct said *at;
	size_t count;
	size_t cap;
	struct map index;
};

static uint64_t key_of(const struct said *said)
{
	const struct gap *g = &said->gap;
	uint64_t key = hash_mix((uint64_t)g->mmsi) + hash_mix((uint64_t)g->off.t_ms);

	return hash_mix(key + (uint64_t)said->phase) + (uint64_t)(is_open(g) ? 0 : g->on.t_ms);
}

static void remember(struct memory *memory, uint64_t seed, const struct said *said)
{
	uint32_t found = map_get(&memory->index, key_of(said));

	if (found != MAP_NONE) {
		same(seed, &memory->at[found], said);
		return;
	}
	memory->at = mem_grow(memory->at, &memory->cap, memory->count + 1, 64, sizeof *memory->at);
	memory->at[memory->count] = *said;
	map_put(&memory->index, key_of(said), (uint32_t)memory->count++);
}

static void remember_all(struct memory *memory, uint64_t seed, const struct sayings *all,
                         int64_t as_of_ms)
{
	for (size_t i = 0; i < all->count; i++) {
		if (all->at[i].as_of_ms <= as_of_ms)
			remember(memory, seed, &all->at[i]);
	}
}

/* the reports up to t_ms, from `from` on; moves on */
static void fold_until(struct fleet *fleet, const struct feed *f, size_t *from, int64_t t_ms)
{
	struct heard part = {.at = f->heard.at + *from};

	while (*from < f->heard.count && f->heard.at[*from].fix.t_ms <= t_ms) {
		part.count++;
		(*from)++;
	}
	heard_fold(fleet, &part, NULL);
	fleet_settle(fleet);
}

static void check_growing(struct feed *f, uint64_t seed)
{
	struct fleet *fleet = fleet_new(&f->params);
	struct memory memory = {0};
	struct sayings all = {0};
	size_t from = 0;
	int64_t some = (int64_t)(seed % JUDGED);
	int64_t end_ms = last_ms(f) + 90 * HOUR_MS;
	int64_t steps_ms = random_once_in(&f->random, 4) ? 3 * HOUR_MS : 11 * HOUR_MS;

	for (int64_t t = HEARD_MIDNIGHT + 20 * HOUR_MS; t < end_ms;
	     t += 1 + (int64_t)(random_next(&f->random) % (uint64_t)steps_ms)) {
		fold_until(fleet, f, &from, t);
		judge_some(fleet, t, false, some, &all);
		remember_all(&memory, seed, &all, INT64_MAX);
	}
	/* and looked back at, with all data behind as-of */
	for (int i = 0; i < 4; i++) {
		int64_t t = HEARD_MIDNIGHT +
		            (int64_t)(unit(&f->random) * (double)(end_ms - HEARD_MIDNIGHT));

		for (int given = 0; given < 2; given++) {
			judge_some(fleet, t, given, some, &all);
			remember_all(&memory, seed, &all, t);
		}
	}
	fleet_free(fleet);
	map_free(&memory.index);
	free(memory.at);
	free(all.at);
}

static void final(void **state)
{
	(void)state;
	each(2, TRIALS_GROWING, false, check_growing);
}

/* interference: the jumps of an hour and a day more are looked at */
static void final_when_spoofed(void **state)
{
	(void)state;
	each(3, TRIALS_GROWING, true, check_growing);
}

/* law 4: what is farther away than any way leads tells nothing, but that the feed is up */

static void add_others(struct feed *f, bool far)
{
	struct heard *h = &f->heard;
	struct random *r = &f->random;

	for (int hour = -24 * 14; hour < f->hours + 30; hour++) {
		int64_t t = HEARD_MIDNIGHT + hour * HOUR_MS;

		heard_add(h, 1000, t + 7 * MINUTE_MS, -36.0, 127.0);
		for (int i = 0; far && i < 8; i++) {
			int64_t ms = t + random_below(r, (uint32_t)HOUR_MS);

			if (!random_once_in(r, 3))
				heard_add(h, 2000 + i, ms, -36.5 - unit(r), 128.0 + unit(r));
		}
	}
}

static void check_far_away(struct feed *f, uint64_t seed)
{
	size_t count = f->heard.count;
	int64_t as_of_ms = last_ms(f) + (int64_t)random_below(&f->random, 24) * HOUR_MS;
	struct sayings said[2] = {{0}, {0}};
	struct fleet *fleet;

	for (int far = 0; far < 2; far++) {
		f->heard.count = count;
		add_others(f, far);
		fleet = fleet_of(f, &f->heard, NULL);
		judge_some(fleet, as_of_ms, false, (int64_t)(seed % JUDGED), &said[far]);
		fleet_free(fleet);
	}
	for (size_t i = 0, k = 0; i < said[0].count; i++, k++) {
		while (k < said[1].count && said[1].at[k].gap.mmsi >= HEARD_MMSI + 1000)
			k++;
		while (said[0].at[i].gap.mmsi >= HEARD_MMSI + 1000 && i + 1 < said[0].count)
			i++;
		if (said[0].at[i].gap.mmsi >= HEARD_MMSI + 1000)
			break;
		assert_true(k < said[1].count);
		assert_int_equal(said[0].at[i].gap.mmsi, said[1].at[k].gap.mmsi);
		same(seed, &said[0].at[i], &said[1].at[k]);
	}
	free(said[0].at);
	free(said[1].at);
}

static void far_away(void **state)
{
	(void)state;
	each(4, TRIALS, false, check_far_away);
}

/* law 5: an MMSI is but a name; those renamed keep what `keep_some` looks at */

static void check_renamed(struct feed *f, uint64_t seed)
{
	int64_t as_of_ms = last_ms(f) + (int64_t)random_below(&f->random, 24) * HOUR_MS;
	struct sayings said[2] = {{0}, {0}};
	int64_t shift = JUDGED * (1 + (int64_t)random_below(&f->random, 1000000));
	struct fleet *fleet;

	for (int again = 0; again < 2; again++) {
		fleet = fleet_of(f, &f->heard, NULL);
		judge_some(fleet, as_of_ms, false, (int64_t)(seed % JUDGED), &said[again]);
		fleet_free(fleet);
		for (size_t i = 0; i < f->heard.count; i++)
			f->heard.at[i].mmsi += shift * (1 + f->heard.at[i].mmsi % 5);
	}
	same_all(seed, &said[0], &said[1]);
	for (size_t i = 0; i < said[0].count; i++)
		assert_int_equal(said[0].at[i].gap.off.t_ms, said[1].at[i].gap.off.t_ms);
	free(said[0].at);
	free(said[1].at);
}

static void renamed(void **state)
{
	(void)state;
	each(5, TRIALS, true, check_renamed);
}

static int begin_all(void **state)
{
	static const double RIMS[] = {42.5, 43};

	(void)state;
	zones = heard_zones(NULL, 0);
	rims = heard_zones(RIMS, 2);
	coast = coast_new();
	return 0;
}

static int end_all(void **state)
{
	(void)state;
	free(zones);
	free(rims);
	coast_free(coast);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_order),
	    cmocka_unit_test(final),
	    cmocka_unit_test(final_when_spoofed),
	    cmocka_unit_test(far_away),
	    cmocka_unit_test(renamed),
	};

	cmocka_set_test_filter(getenv("LAW_ONLY"));
	return cmocka_run_group_tests(tests, begin_all, end_all);
}
