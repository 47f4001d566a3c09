/*
 * aissim: AIS traffic that never was, in the layouts of real exports, with the truth beside it.
 *
 * An independent witness for the tests: it shares no code, constant or header with the program
 * under test. Ships of three regions (Sea of Japan, Caspian, elsewhere) sail between ports over
 * hand-made routes (nodes.c, ports.c, motion.c), alone or in convoys (convoy.c), send as ITU-R
 * M.1371 says (emission.c), are heard by coast stations and satellites (reception.c), switch off
 * (switchoff.c), and come out as rows (deliver.c, order.c, layout*.c) or as AIVDM sentences
 * (payload.c, sentence.c). The same traffic has the same reports in every layout, at the same whole
 * seconds (but see interference.c). All numbers and names are those of no ship (identity.c). aissim
 * --help lists the options; bench.c describes the fast generator of large files.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "convoy.h"
#include "layout.h"
#include "options.h"
#include "order.h"
#include "vessel.h"

struct rows {
	struct sim sim;
	const struct layout *layout;
	struct identity *who;
	uint64_t written;
	struct out out;
};

static void write_report(void *arg, const struct report *r)
{
	struct rows *rows = arg;
	struct row row = {r, &rows->who[r->vessel], kind_of(&rows->sim, r->vessel),
	                  rows->written++};

	layout_row(rows->layout, &rows->out, &row);
}

static bool set_up(struct rows *rows, const struct options *o)
{
	struct sim *sim = &rows->sim;
	int64_t all;
	int64_t i;

	sim->o = o;
	sim->end_ms = o->start_ms + o->days * 864 / 10;
	rows->layout = layout_at(o->layout);
	sim->fixture_count = rows->layout->fixtures ? o->fixtures : 0;
	sim->inside_count = o->region == AREA_WORLD ? 0 : o->vessels * o->inside / 1000000;
	if (!world_make(&sim->world)) {
		fprintf(stderr, "aissim: the tables of ports and routes do not fit together\n");
		return false;
	}
	network_make(&sim->network, o, sim->end_ms);
	interferences_make(&sim->interferences, o, sim->end_ms, rows->layout->seconds);
	all = o->vessels + sim->fixture_count;
	rows->who = calloc((size_t)all, sizeof(*rows->who));
	for (i = 0; rows->who && i < all; i++)
		identity_make(&rows->who[i], sim, (uint32_t)i);
	return rows->who != NULL;
}

static bool write_cast(const struct rows *rows, const char *path)
{
	static const char *const region[] = {"vladivostok", "caspian", "elsewhere"};
	const struct identity *w;
	FILE *f = fopen(path, "wb");
	bool ok = f != NULL;
	int64_t i;

	if (ok)
		fprintf(f, "mmsi,imo,name,call,type,class,region,clock_error_s,shared%s\n",
		        rows->sim.o->convoys > 0 ? ",convoy" : "");
	for (i = 0; ok && i < rows->sim.o->vessels; i++) {
		w = &rows->who[i];
		fprintf(f, "%lld,%ld,%s,%s,%d,%s,%s,%lld,%d", (long long)w->mmsi, (long)w->imo,
		        w->name, w->call, w->type,
		        kind_of(&rows->sim, (uint32_t)i) == CLASS_A ? "A" : "B",
		        region[region_of(&rows->sim, (uint32_t)i)],
		        (long long)clock_error_of(&rows->sim, (uint32_t)i) / 1000,
		        i < rows->sim.o->shared || i >= rows->sim.o->vessels - rows->sim.o->shared);
		if (rows->sim.o->convoys > 0)
			fprintf(f, ",%lld", (long long)convoy_of(&rows->sim, (uint32_t)i) + 1);
		fputc('\n', f);
	}
	if (f && (ferror(f) || fclose(f) != 0))
		ok = false;
	if (!ok)
		fprintf(stderr, "aissim: %s: cannot write\n", path);
	return ok;
}

static bool run(struct rows *rows, const struct options *o)
{
	struct truth truth = {0};
	struct sink to = {write_report, rows};
	bool ok = true;

	out_open(&rows->out, stdout);
	layout_begin(rows->layout, &rows->out);
	if (!run_in_order(&rows->sim, o->truth[0] ? &truth : NULL, to)) {
		fprintf(stderr, "aissim: out of memory\n");
		return false;
	}
	layout_end(rows->layout, &rows->out);
	if (!out_flush(&rows->out)) {
		perror("aissim: standard output");
		return false;
	}
	if (o->truth[0]) {
		truth_windows(&truth, &rows->sim.network);
		truth_interferences(&truth, &rows->sim.interferences);
		ok = truth_write(&truth, o->truth);
	}
	return ok && (!o->cast[0] || write_cast(rows, o->cast));
}

int main(int argc, char **argv)
{
	struct options o;
	struct rows *rows;
	bool ok;

	if (!options_read(&o, argc, argv))
		return 2;
	if (o.help) {
		options_help();
		return fflush(stdout) == 0 ? 0 : 1;
	}
	if (o.bench)
		return bench_run(&o) ? 0 : 1;
	rows = calloc(1, sizeof(*rows));
	ok = rows && set_up(rows, &o) && run(rows, &o);
	if (rows)
		free(rows->who);
	free(rows);
	return ok ? 0 : 1;
}
