/*
 * The truth file: mmsi,kind,off_time,on_time,lat,lon,at in order of off_time.
 * switch_off: the transponder was off from off_time to on_time exactly (on_time is empty when that
 *   lies past the end of the data); the last report heard is somewhat earlier.
 * feed_hole, station_outage, left_coverage: the ship was sending but not heard; off_time is its
 *   last report, on_time the next. A silence that touches a switch-off of the ship is not listed
 *   a second time.
 * Rows with mmsi 0 are the holes and outages themselves, with the station's position, and
 *   interference: from off_time to on_time ships round this port reported false positions.
 * Positions are those where the ships really were; at is sea, anchor or port, at off_time.
 * Times are by the clock that stamps the ship's reports.
 */
#include "truth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "out.h"
#include "vessel.h"

static void add(struct truth *t, const struct truth_row *row)
{
	if (t->count == t->room) {
		t->room = t->room ? t->room * 2 : 64;
		t->rows = realloc(t->rows, t->room * sizeof(*t->rows));
		if (!t->rows) {
			fprintf(stderr, "aissim: out of memory\n");
			exit(1);
		}
	}
	t->rows[t->count++] = *row;
}

void truth_off(struct truth *t, const struct vessel *v, const struct off_span *off)
{
	struct truth_row row = {v->who.mmsi,
	                        off->from + v->clock_error_ms,
	                        off->to < v->sim->end_ms ? off->to + v->clock_error_ms : 0,
	                        "switch_off",
	                        off->p,
	                        off->at};

	add(t, &row);
}

static const char *cause(const struct vessel *v, const struct silence *s)
{
	const struct network *n = &v->sim->network;

	if (hole_percent(n, s->from, s->to) >= 50)
		return "feed_hole";
	return outage_near(n, s->p, s->from, s->to) ? "station_outage" : "left_coverage";
}

void truth_silence(struct truth *t, const struct vessel *v, const struct silence *s)
{
	struct truth_row row = {v->who.mmsi,
	                        s->from + v->clock_error_ms,
	                        s->to < v->sim->end_ms ? s->to + v->clock_error_ms : 0,
	                        NULL,
	                        s->p,
	                        s->at};
	int64_t least = v->sim->o->truth_min_h * (HOUR_MS / 1000) / 1000;
	int i;

	if (s->to - s->from <= least || (int64_t)v->index >= v->sim->o->vessels)
		return;
	for (i = 0; i < v->off_count; i++)
		if (v->offs[i].from < s->to && s->from < v->offs[i].to)
			return;
	row.kind = cause(v, s);
	add(t, &row);
}

void truth_windows(struct truth *t, const struct network *n)
{
	struct truth_row row = {0};
	int i;

	for (i = 0; i < n->window_count; i++) {
		row.off = n->windows[i].from;
		row.on = n->windows[i].to;
		row.kind = n->windows[i].station < 0 ? "feed_hole" : "station_outage";
		row.p = n->at[n->windows[i].station < 0 ? 0 : n->windows[i].station];
		row.at = AT_PORT;
		add(t, &row);
	}
}

void truth_interferences(struct truth *t, const struct interferences *s)
{
	struct truth_row row = {.kind = "interference", .at = AT_PORT};
	int i;

	for (i = 0; i < s->count; i++) {
		row.off = s->events[i].from;
		row.on = s->events[i].to;
		row.p = s->events[i].centre;
		add(t, &row);
	}
}

static int by_time(const void *a, const void *b)
{
	const struct truth_row *x = a;
	const struct truth_row *y = b;

	if (x->off != y->off)
		return x->off < y->off ? -1 : 1;
	if (x->mmsi != y->mmsi)
		return x->mmsi < y->mmsi ? -1 : 1;
	return strcmp(x->kind, y->kind);
}

static void write_row(struct out *o, const struct truth_row *r)
{
	static const char *const at_names[] = {"sea", "anchor", "port"};
	bool nowhere = r->mmsi == 0 && strcmp(r->kind, "feed_hole") == 0;

	out_int(o, r->mmsi);
	out_char(o, ',');
	out_text(o, r->kind);
	out_char(o, ',');
	out_time(o, r->off, TIME_ISO_Z);
	out_char(o, ',');
	if (r->on != 0)
		out_time(o, r->on, TIME_ISO_Z);
	out_char(o, ',');
	if (!nowhere)
		out_degrees5(o, r->p.lat);
	out_char(o, ',');
	if (!nowhere)
		out_degrees5(o, r->p.lon);
	out_char(o, ',');
	out_text(o, r->mmsi == 0 ? "" : at_names[r->at]);
	out_char(o, '\n');
	out_row_end(o);
}

bool truth_write(struct truth *t, const char *path)
{
	FILE *f = fopen(path, "wb");
	struct out *o = malloc(sizeof(*o));
	bool ok = f && o;
	size_t i;

	if (ok) {
		if (t->count > 0)
			qsort(t->rows, t->count, sizeof(*t->rows), by_time);
		out_open(o, f);
		out_text(o, "mmsi,kind,off_time,on_time,lat,lon,at\n");
		for (i = 0; i < t->count; i++)
			write_row(o, &t->rows[i]);
		ok = out_flush(o);
	}
	if (f && fclose(f) != 0)
		ok = false;
	if (!ok)
		fprintf(stderr, "aissim: %s: cannot write\n", path);
	free(o);
	free(t->rows);
	return ok;
}
