/*
 * A file as large as one likes, for measuring speed: NOAA 2018 layout, about 120 bytes a row.
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

#include "bench_ship.h"
#include "calendar.h"
#include "layout.h"
#include "permute.h"

enum { ROW_ROOM = 256, WRITE_ROOM = 1 << 20 };

struct bench {
	const struct options *o;
	struct sim sim;
	struct ship *ships;
	uint64_t vessels, rows, span_s;
	struct permutation within_round, overall;
	char clock[86400][9]; /* "HH:MM:SS" of each second of a day */
	char *days;           /* "YYYY-MM-DDT" of each day */
	char two[100][2];
	char buf[WRITE_ROOM + ROW_ROOM];
};

static void write_pair(const struct bench *b, char *to, int v)
{
	memcpy(to, b->two[v], 2);
}

static bool make_tables(struct bench *b)
{
	uint64_t days = b->span_s / 86400 + 2;
	struct civil c;
	uint64_t i;
	int v;

	for (v = 0; v < 100; v++) {
		b->two[v][0] = (char)('0' + v / 10);
		b->two[v][1] = (char)('0' + v % 10);
	}
	for (v = 0; v < 86400; v++) {
		write_pair(b, b->clock[v], v / 3600);
		write_pair(b, b->clock[v] + 3, v / 60 % 60);
		write_pair(b, b->clock[v] + 6, v % 60);
		b->clock[v][2] = ':';
		b->clock[v][5] = ':';
		b->clock[v][8] = ',';
	}
	b->days = malloc(days * 16);
	for (i = 0; b->days && i < days; i++) {
		c = civil_of(b->o->start_ms + (int64_t)i * DAY_MS);
		snprintf(b->days + i * 16, 16, "%04d-%02d-%02dT", c.year % 10000, c.month % 100,
		         c.day % 100);
	}
	return b->days != NULL;
}

/* v / 100000 with five decimals */
static char *put_degrees(const struct bench *b, char *p, int32_t v)
{
	uint32_t u = (uint32_t)(v < 0 ? -v : v);
	uint32_t whole = u / 100000;
	uint32_t part = u % 100000;

	*p = '-';
	p += v < 0;
	if (whole >= 100)
		*p++ = '1';
	memcpy(p, b->two[whole % 100], 2);
	if (whole < 10)
		*p = p[1];
	p += whole < 10 ? 1 : 2;
	*p++ = '.';
	memcpy(p, b->two[part / 1000], 2);
	memcpy(p + 2, b->two[part / 10 % 100], 2);
	p[4] = (char)('0' + part % 10);
	p[5] = ',';
	return p + 6;
}

/* v / 10 with one decimal, below 1000 */
static char *put_tenths(const struct bench *b, char *p, uint32_t v)
{
	uint32_t whole = v / 10;

	if (whole >= 100) {
		*p++ = (char)('0' + whole / 100);
		whole %= 100;
		memcpy(p, b->two[whole], 2);
		p += 2;
	} else if (whole >= 10) {
		memcpy(p, b->two[whole], 2);
		p += 2;
	} else {
		*p++ = (char)('0' + whole);
	}
	p[0] = '.';
	p[1] = (char)('0' + v % 10);
	p[2] = ',';
	return p + 3;
}

static char *put_time(const struct bench *b, char *p, uint64_t second)
{
	uint64_t at = second + (uint64_t)(b->o->start_ms % DAY_MS / 1000);

	memcpy(p, b->days + at / 86400 * 16, 11);
	memcpy(p + 11, b->clock[at % 86400], 9);
	return p + 20;
}

static char *put_ship(const struct bench *b, char *p, const struct ship *s, uint64_t second)
{
	uint32_t phase = phase_of(s, second);
	uint32_t wobble = (phase >> 3 ^ (uint32_t)second) & 3;
	uint32_t cog = (uint32_t)s->cog[phase >> 31];
	struct place at = ship_place(s, second);

	memcpy(p, s->mmsi, sizeof(s->mmsi));
	p = put_time(b, p + s->mmsi_len, second);
	p = put_degrees(b, p, at.lat);
	p = put_degrees(b, p, at.lon);
	p = put_tenths(b, p, s->sog > 0 ? (uint32_t)s->sog + wobble : wobble >> 1);
	p = put_tenths(b, p, cog);
	p = put_tenths(b, p, cog / 10 * 10);
	memcpy(p, s->suffix, SUFFIX_ROOM);
	return p + s->suffix_len;
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

static char *put_slot(const struct bench *b, char *p, uint64_t slot)
{
	uint64_t round = slot / b->vessels;
	uint64_t second = slot * b->span_s / b->rows;
	uint64_t vessel = unpermute(&b->within_round, slot % b->vessels, round_key(b, round));
	uint64_t tries;

	for (tries = 0; tries < b->vessels && silent_at(&b->ships[vessel], second); tries++)
		vessel = vessel + 1 < b->vessels ? vessel + 1 : 0;
	return put_ship(b, p, &b->ships[vessel], second);
}

static bool write_rows(struct bench *b)
{
	uint64_t rounds = (b->rows + b->vessels - 1) / b->vessels;
	uint64_t all = b->o->order == ORDER_VESSEL ? rounds * b->vessels : b->rows;
	uint64_t slot;
	uint64_t i;
	char *p = b->buf;

	for (i = 0; i < all; i++) {
		slot = slot_of(b, i);
		if (slot >= b->rows)
			continue;
		p = put_slot(b, p, slot);
		if (p - b->buf < WRITE_ROOM)
			continue;
		if (fwrite(b->buf, 1, (size_t)(p - b->buf), stdout) != (size_t)(p - b->buf))
			return false;
		p = b->buf;
	}
	return fwrite(b->buf, 1, (size_t)(p - b->buf), stdout) == (size_t)(p - b->buf) &&
	       fflush(stdout) == 0;
}

static bool write_silences(const struct bench *b, FILE *f)
{
	const struct ship *s;
	struct place p;
	uint64_t i;
	uint32_t k;
	char line[ROW_ROOM];
	char *end;

	fputs("mmsi,kind,off_time,on_time,lat,lon,at\n", f);
	for (i = 0; i < b->vessels * 2; i++) {
		s = &b->ships[i / 2];
		k = i % 2;
		if (s->silent[k][1] == 0)
			continue;
		p = ship_place(s, s->silent[k][0]);
		end = put_time(b, line, s->silent[k][0]);
		end[-1] = 'Z';
		*end++ = ',';
		end = put_time(b, end, s->silent[k][1]);
		end[-1] = 'Z';
		*end++ = ',';
		end = put_degrees(b, end, p.lat);
		end = put_degrees(b, end, p.lon);
		fprintf(f, "%sswitch_off,%.*ssea\n", s->mmsi, (int)(end - line), line);
	}
	return !ferror(f);
}

static bool write_truth(const struct bench *b, const char *path)
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
	if (!b->ships || !world_make(&b->sim.world) || !make_tables(b))
		return false;
	for (i = 0; i < b->vessels; i++)
		bench_ship_make(&b->ships[i], &b->sim, b->span_s, i);
	return true;
}

bool bench_run(const struct options *o)
{
	struct bench *b = calloc(1, sizeof(*b));
	struct out *head = malloc(sizeof(*head));
	bool ok = false;

	if (o->order == ORDER_REVERSE || layout_at(o->layout) != &layout_noaa2018) {
		fprintf(stderr,
		        "aissim: bench has layout noaa2018 and order time, vessel or random\n");
	} else if (b && head && prepare(b, o)) {
		widen_pipe();
		setvbuf(stdout, NULL, _IONBF, 0);
		out_open(head, stdout);
		layout_header(&layout_noaa2018, head);
		ok = out_flush(head) && write_rows(b);
		if (!ok)
			perror("aissim: standard output");
		ok = ok && (!o->truth[0] || write_truth(b, o->truth));
	}
	if (b) {
		free(b->ships);
		free(b->days);
	}
	free(b);
	free(head);
	return ok;
}
