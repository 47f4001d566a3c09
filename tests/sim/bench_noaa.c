#include "bench_noaa.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"

static void write_pair(const struct noaa_tables *t, char *to, int v)
{
	memcpy(to, t->two[v], 2);
}

bool noaa_tables_make(struct noaa_tables *t, int64_t start_ms, uint64_t span_s)
{
	uint64_t days = span_s / 86400 + 2;
	struct civil c;
	uint64_t i;
	int v;

	t->start_ms = start_ms;
	for (v = 0; v < 100; v++) {
		t->two[v][0] = (char)('0' + v / 10);
		t->two[v][1] = (char)('0' + v % 10);
	}
	for (v = 0; v < 86400; v++) {
		write_pair(t, t->clock[v], v / 3600);
		write_pair(t, t->clock[v] + 3, v / 60 % 60);
		write_pair(t, t->clock[v] + 6, v % 60);
		t->clock[v][2] = ':';
		t->clock[v][5] = ':';
		t->clock[v][8] = ',';
	}
	t->days = malloc(days * 16);
	for (i = 0; t->days && i < days; i++) {
		c = civil_of(t->start_ms + (int64_t)i * DAY_MS);
		snprintf(t->days + i * 16, 16, "%04d-%02d-%02dT", c.year % 10000, c.month % 100,
		         c.day % 100);
	}
	return t->days != NULL;
}

/* v / 100000 with five decimals */
static char *put_degrees(const struct noaa_tables *t, char *p, int32_t v)
{
	uint32_t u = (uint32_t)(v < 0 ? -v : v);
	uint32_t whole = u / 100000;
	uint32_t part = u % 100000;

	*p = '-';
	p += v < 0;
	if (whole >= 100)
		*p++ = '1';
	memcpy(p, t->two[whole % 100], 2);
	if (whole < 10)
		*p = p[1];
	p += whole < 10 ? 1 : 2;
	*p++ = '.';
	memcpy(p, t->two[part / 1000], 2);
	memcpy(p + 2, t->two[part / 10 % 100], 2);
	p[4] = (char)('0' + part % 10);
	p[5] = ',';
	return p + 6;
}

/* v / 10 with one decimal, below 1000 */
static char *put_tenths(const struct noaa_tables *t, char *p, uint32_t v)
{
	uint32_t whole = v / 10;

	if (whole >= 100) {
		*p++ = (char)('0' + whole / 100);
		whole %= 100;
		memcpy(p, t->two[whole], 2);
		p += 2;
	} else if (whole >= 10) {
		memcpy(p, t->two[whole], 2);
		p += 2;
	} else {
		*p++ = (char)('0' + whole);
	}
	p[0] = '.';
	p[1] = (char)('0' + v % 10);
	p[2] = ',';
	return p + 3;
}

static char *put_time(const struct noaa_tables *t, char *p, uint64_t second)
{
	uint64_t at = second + (uint64_t)(t->start_ms % DAY_MS / 1000);

	memcpy(p, t->days + at / 86400 * 16, 11);
	memcpy(p + 11, t->clock[at % 86400], 9);
	return p + 20;
}

void noaa_put(const struct noaa_tables *t, struct out *o, const struct ship *s, uint64_t second)
{
	uint32_t cog = ship_cog(s, second);
	struct place at = ship_place(s, second);
	char *p = o->buf + o->used;

	memcpy(p, s->mmsi, sizeof(s->mmsi));
	p = put_time(t, p + s->mmsi_len, second);
	p = put_degrees(t, p, at.lat);
	p = put_degrees(t, p, at.lon);
	p = put_tenths(t, p, ship_sog(s, second));
	p = put_tenths(t, p, cog);
	p = put_tenths(t, p, cog / 10 * 10);
	memcpy(p, s->suffix, SUFFIX_ROOM);
	o->used = (size_t)(p + s->suffix_len - o->buf);
}
