/*
 * A file as large as one likes, for measuring speed, in any layout. NOAA's of 2018, at about 120
 * bytes a row, has a fast writer of its own (bench_noaa.c); all others are written by the layout,
 * with the static reports that belong to it.
 *
 * A ship goes to and fro on one leg of the route graph, so that its position is a plain function
 * of ship and time (a triangle wave), and no row depends on another. Slot number i of n has the
 * time span * i / n. In each round of as many slots as there are ships every ship has one, in an
 * order scrambled anew each round: so a ship's reports are at most two rounds apart. More rows
 * over the same span are shorter rounds for the same ships on the same ways.
 * Every tenth ship is silent once or twice, for 6.5 to 16 hours, at times that depend on the seed
 * and the ship only (--truth FILE lists them); its slots go to the next ship that is not silent.
 * All orders have the same rows: time (ships scrambled within a round), vessel (but for the slots
 * given away), random.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#endif
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench_noaa.h"
#include "bench_ship.h"
#include "layout.h"
#include "permute.h"

struct bench {
	const struct options *o;
	const struct layout *layout;
	struct sim sim;
	struct ship *ships;
	struct identity *who; /* of each ship, for layouts other than NOAA's */
	uint64_t vessels, rows, span_s;
	struct permutation within_round, overall;
	struct noaa_tables noaa;
	uint64_t written;
	/* the row of a ship at second since the start */
	void (*put)(struct bench *b, uint64_t vessel, uint64_t second);
	struct out out;
};

static void put_by_tables(struct bench *b, uint64_t vessel, uint64_t second)
{
	noaa_put(&b->noaa, &b->out, &b->ships[vessel], second);
	out_row_end(&b->out);
}

/* what the fast writer says, and as exact */
static void put_by_layout(struct bench *b, uint64_t vessel, uint64_t second)
{
	const struct ship *s = &b->ships[vessel];
	enum transponder kind = kind_of(&b->sim, (uint32_t)vessel);
	struct place p = ship_place(s, second);
	int32_t cog = (int32_t)ship_cog(s, second);
	int moving_nav = s->sog > 0 ? NAV_ENGINE : NAV_MOORED;
	struct report r = {
	    .t = b->o->start_ms + (int64_t)second * 1000,
	    .vessel = (uint32_t)vessel,
	    .p = {p.lat * 10, p.lon * 10},
	    .sog = (int32_t)ship_sog(s, second),
	    .cog = cog,
	    .heading = cog / 10,
	    .nav = (int16_t)(kind == CLASS_A ? moving_nav : NAV_UNDEFINED),
	    .message = kind == CLASS_A ? 1 : 18,
	    .identified = true,
	};
	struct row row = {&r, &b->who[vessel], kind, b->written++};

	layout_row(b->layout, &b->out, &row);
}

static uint64_t round_key(const struct bench *b, uint64_t round)
{
	return rng_mix((uint64_t)b->o->seed + round);
}

/* the slot that is written as row number i */
static uint64_t slot_of(const struct bench *b, uint64_t i)
{
	uint64_t rounds;
	uint64_t vessel;
	uint64_t round;

	if (b->o->order == ORDER_TIME)
		return i;
	if (b->o->order == ORDER_RANDOM)
		return permute(&b->overall, i, (uint64_t)b->o->seed);
	rounds = (b->rows + b->vessels - 1) / b->vessels;
	vessel = i / rounds;
	round = i % rounds;
	return round * b->vessels + permute(&b->within_round, vessel, round_key(b, round));
}

static void put_slot(struct bench *b, uint64_t slot)
{
	uint64_t round = slot / b->vessels;
	uint64_t second = slot * b->span_s / b->rows;
	uint64_t vessel = unpermute(&b->within_round, slot % b->vessels, round_key(b, round));
	uint64_t tries;

	for (tries = 0; tries < b->vessels && silent_at(&b->ships[vessel], second); tries++)
		vessel = vessel + 1 < b->vessels ? vessel + 1 : 0;
	b->put(b, vessel, second);
}

static bool write_rows(struct bench *b)
{
	uint64_t rounds = (b->rows + b->vessels - 1) / b->vessels;
	uint64_t all = b->o->order == ORDER_VESSEL ? rounds * b->vessels : b->rows;
	uint64_t slot;
	uint64_t i;

	layout_begin(b->layout, &b->out);
	for (i = 0; i < all && !b->out.failed; i++) {
		slot = slot_of(b, i);
		if (slot < b->rows)
			put_slot(b, slot);
	}
	layout_end(b->layout, &b->out);
	return out_flush(&b->out);
}

static void write_silence(const struct bench *b, struct out *o, const struct ship *s, int k)
{
	struct place p = ship_place(s, s->silent[k][0]);
	int i;

	out_text(o, s->mmsi);
	out_text(o, "switch_off,");
	for (i = 0; i < 2; i++) {
		out_time(o, b->o->start_ms + s->silent[k][i] * INT64_C(1000), TIME_ISO_Z);
		out_char(o, ',');
	}
	out_fixed(o, p.lat, 5);
	out_char(o, ',');
	out_fixed(o, p.lon, 5);
	out_text(o, ",sea\n");
	out_row_end(o);
}

/* the buffer of the rows, which are all written, serves once more */
static bool write_silences(struct bench *b, FILE *f)
{
	uint64_t i;
	int k;

	out_open(&b->out, f);
	out_text(&b->out, "mmsi,kind,off_time,on_time,lat,lon,at\n");
	for (i = 0; i < b->vessels; i++)
		for (k = 0; k < 2; k++)
			if (b->ships[i].silent[k][1] != 0)
				write_silence(b, &b->out, &b->ships[i], k);
	return out_flush(&b->out);
}

static bool write_truth(struct bench *b, const char *path)
{
	FILE *f = fopen(path, "wb");
	bool ok = f && write_silences(b, f);

	if (f && fclose(f) != 0)
		ok = false;
	if (!ok)
		fprintf(stderr, "aissim: %s: cannot write\n", path);
	return ok;
}

/* a pipe of a megabyte instead of 64 kB: fewer switches between writer and reader */
static void widen_pipe(void)
{
#ifdef F_SETPIPE_SZ
	(void)fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 1 << 20);
#endif
}

/* how rows are written, and what that needs */
static bool prepare_rows(struct bench *b)
{
	uint64_t i;

	b->layout = layout_at(b->o->layout);
	if (b->layout == &layout_noaa2018) {
		b->put = put_by_tables;
		return noaa_tables_make(&b->noaa, b->o->start_ms, b->span_s);
	}
	b->put = put_by_layout;
	b->who = calloc(b->vessels, sizeof(*b->who));
	for (i = 0; b->who && i < b->vessels; i++)
		identity_make(&b->who[i], &b->sim, (uint32_t)i);
	return b->who != NULL;
}

static bool prepare(struct bench *b, const struct options *o)
{
	uint64_t i;

	b->o = o;
	b->sim.o = o;
	b->vessels = (uint64_t)o->vessels;
	b->rows = (uint64_t)o->rows;
	b->span_s = (uint64_t)o->hours * 36 / 10000;
	permutation_make(&b->within_round, b->vessels);
	permutation_make(&b->overall, b->rows);
	b->ships = calloc(b->vessels, sizeof(*b->ships));
	if (!b->ships || !world_make(&b->sim.world) || !prepare_rows(b))
		return false;
	for (i = 0; i < b->vessels; i++)
		bench_ship_make(&b->ships[i], &b->sim, b->span_s, i);
	return true;
}

static bool run(struct bench *b)
{
	widen_pipe();
	setvbuf(stdout, NULL, _IONBF, 0);
	out_open(&b->out, stdout);
	if (!write_rows(b)) {
		perror("aissim: standard output");
		return false;
	}
	return !b->o->truth[0] || write_truth(b, b->o->truth);
}

bool bench_run(const struct options *o)
{
	struct bench *b;
	bool ok;

	if (o->order == ORDER_REVERSE) {
		fprintf(stderr, "aissim: bench has order time, vessel or random\n");
		return false;
	}
	b = calloc(1, sizeof(*b));
	ok = b && prepare(b, o) && run(b);
	if (b) {
		free(b->ships);
		free(b->who);
		free(b->noaa.days);
	}
	free(b);
	return ok;
}
