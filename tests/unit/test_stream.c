/*
 * Following a stream: when passes come, what the fleet holds then, and what ends it. Feed times are
 * by hand, from the rule in DESIGN 3 (three MMSIs in six hours; the greatest time of a small feed);
 * the fleet at the end is compared with what a batch run makes of the same bytes. The samples are
 * simulated traffic.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "aisgap/detect.h"
#include "base/mem.h"
#include "base/utc.h"
#include "fuzz/split_text.h"
#include "law/canonical.h"
#include "law/random.h"
#include "law/traffic.h"
#include "run/ingest.h"
#include "run/stream.h"

#define NOON INT64_C(1654084800000) /* 2022-06-01T12:00Z */

enum { PASSES_MAX = 100000 };

static struct zones *zones;
static struct column_options *columns;

/* bytes on their way into a pipe, by a thread of its own */
struct writer {
	struct span text;
	size_t step;           /* bytes at a time, each once the last were read; 0: all at once */
	struct random *random; /* NULL, or up to `step` of them */
	int pause_ms;          /* before each */
	size_t again;          /* when it has ended, again from this byte; 0: once */
	int fd;
	_Atomic bool done;
};

/* one run, and what it said */
struct run {
	struct layout_options layout;
	struct fleet *fleet;
	struct aisgap_ledger *ledger;
	int64_t *passes;
	size_t count;
	uint64_t content; /* of the fleet at all passes, hashed, when `look_in` */
	bool look_in;
	bool settle_idle;
	size_t stop_at;   /* says stop after so many passes; 0: never */
	int stop_at_idle; /* likewise after so many calls of idle */
	size_t fail_at;   /* the pass with this number fails */
	int idles;
	size_t used[2]; /* bytes of the heap at pass 80 and at the last */
	enum status status;
	struct diag diag;
};

static uint64_t hash(uint64_t h, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
	return h;
}

static uint64_t content_of(struct fleet *fleet)
{
	struct canonical c = {0};
	uint64_t h;

	canonical_fleet(&c, fleet);
	h = hash(14695981039346656037U, c.bytes, c.len);
	free(c.bytes);
	return h;
}

static enum status pass(void *context, int64_t feed_ms, struct diag *diag)
{
	struct run *run = context;
	int64_t fleet_ms;

	assert_true(run->count < PASSES_MAX);
	assert_true(fleet_feed_time(run->fleet, &fleet_ms));
	assert_int_equal(feed_ms, fleet_ms);
	run->passes[run->count++] = feed_ms;
	if (run->look_in)
		run->content = run->content * 31 + content_of(run->fleet);
	run->used[run->count > 80] = mallinfo2().uordblks + mallinfo2().hblkhd;
	return run->count == run->fail_at ? diag_set(diag, ST_FAILED, "no room") : ST_OK;
}

static bool stop(void *context)
{
	const struct run *run = context;

	return (run->stop_at && run->count >= run->stop_at) ||
	       (run->stop_at_idle && run->idles >= run->stop_at_idle);
}

static void idle(void *context)
{
	struct run *run = context;

	run->idles++;
	if (run->settle_idle)
		fleet_settle(run->fleet);
}

static struct run begin(void)
{
	struct fleet_params params = {HOUR_MS, zones, false};

	return (struct run){
	    .layout = {.columns = columns},
	    .fleet = fleet_new(&params),
	    .ledger = ledger_new(),
	    .passes = mem_new(PASSES_MAX, sizeof(int64_t)),
	};
}

static void end(struct run *run)
{
	fleet_free(run->fleet);
	aisgap_ledger_free(run->ledger);
	free(run->passes);
}

static const struct input_entry *entry_of(const struct run *run)
{
	assert_int_equal(run->ledger->input_count, 1);
	return &run->ledger->inputs[0];
}

static void follow_path(struct run *run, const char *path)
{
	struct stream follow = {
	    .layout = &run->layout,
	    .fleet = run->fleet,
	    .ledger = run->ledger,
	    .live = {stop, idle, run},
	    .pass = pass,
	    .context = run,
	};

	run->diag = (struct diag){""};
	run->status = stream_run(&follow, path, &run->diag);
}

static void pause_ms(int ms)
{
	struct timespec t = {ms / 1000, ms % 1000 * 1000000L};

	nanosleep(&t, NULL);
}

/* false when the reader has gone */
static bool put(struct writer *w, struct span text)
{
	while (text.len) {
		ssize_t n = write(w->fd, text.ptr, text.len);

		if (n < 0)
			return false;
		text = (struct span){text.ptr + n, text.len - (size_t)n};
	}
	return true;
}

static void wait_until_read(struct writer *w)
{
	int left = 1;

	while (left && !w->done && ioctl(w->fd, FIONREAD, &left) == 0)
		sched_yield();
}

static void *write_all(void *context)
{
	struct writer *w = context;
	struct span rest = w->text;

	while (rest.len && !w->done) {
		size_t size = w->random ? 1 + random_below(w->random, (uint32_t)w->step) : w->step;

		size = size && size < rest.len ? size : rest.len;
		if (w->pause_ms)
			pause_ms(w->pause_ms);
		if (!put(w, (struct span){rest.ptr, size}))
			break;
		rest = (struct span){rest.ptr + size, rest.len - size};
		if (w->step)
			wait_until_read(w);
		if (!rest.len && w->again)
			rest = (struct span){w->text.ptr + w->again, w->text.len - w->again};
	}
	close(w->fd);
	return NULL;
}

static void follow_pipe(struct run *run, struct writer *w)
{
	pthread_t thread;
	char path[40];
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
	w->fd = ends[1];
	pthread_create(&thread, NULL, write_all, w);
	follow_path(run, path);
	w->done = true;
	close(ends[0]);
	pthread_join(thread, NULL);
}

/* a text of CSV that grows row by row */
struct text {
	char *bytes;
	size_t len;
	size_t cap;
};

#define HEADER "mmsi,time,lat,lon\n"

static void add_text(struct text *t, const char *text)
{
	size_t len = strlen(text);

	t->bytes = mem_grow(t->bytes, &t->cap, t->len + len, 4096, 1);
	memcpy(t->bytes + t->len, text, len);
	t->len += len;
}

static void add_row(struct text *t, int64_t mmsi, int64_t t_ms)
{
	char time[UTC_TEXT_SIZE];
	char row[100];

	if (!t->len)
		add_text(t, HEADER);
	utc_format(t_ms, time);
	snprintf(row, sizeof row, "%lld,%s,10.5,5.25\n", (long long)mmsi, time);
	add_text(t, row);
}

static struct run follow_text(const struct text *t)
{
	struct run run = begin();
	struct writer w = {.text = {t->bytes, t->len}};

	follow_pipe(&run, &w);
	assert_int_equal(run.status, ST_OK);
	assert_string_equal(run.diag.text, "");
	assert_int_equal(entry_of(&run)->status, ST_OK);
	return run;
}

static void expect_passes(const struct run *run, const int64_t *after_noon_s, size_t count)
{
	for (size_t i = 0; i < count && i < run->count; i++)
		assert_int_equal(run->passes[i] - NOON, after_noon_s[i] * 1000);
	assert_int_equal(run->count, count);
}

#define EXPECT_PASSES(run, ...)                                                                    \
	expect_passes(run, (const int64_t[]){__VA_ARGS__},                                         \
	              sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

/* a feed of one ship: its greatest time; the first report passes nothing, the end does */
static void one_ship(void **state)
{
	static const int TIMES_S[] = {10, 50, 70, 65, 119, 180, 179, 181, 60, 300};
	struct text t = {0};
	struct run run;

	(void)state;
	for (size_t i = 0; i < sizeof TIMES_S / sizeof *TIMES_S; i++)
		add_row(&t, 273998987, NOON + TIMES_S[i] * 1000);
	run = follow_text(&t);
	EXPECT_PASSES(&run, 70, 180, 300, 300);
	assert_int_equal(entry_of(&run)->tally.by[ROW_USED], 10);
	assert_int_equal(entry_of(&run)->bytes, t.len);
	end(&run);
	free(t.bytes);
}

enum { SHIPS = 12, MINUTES = 30 };

/* ship i of 12 reports at second 5 i of each minute */
static void add_minute(struct text *t, int minute)
{
	for (int i = 0; i < SHIPS; i++)
		add_row(t, 273000001 + i, NOON + minute * MINUTE_MS + i * 5000);
}

/* with the third ship of a minute, the first one's time is what three have come to */
static void many_ships(void **state)
{
	struct text t = {0};
	struct run run;

	(void)state;
	for (int m = 0; m < MINUTES; m++)
		add_minute(&t, m);
	run = follow_text(&t);
	assert_int_equal(run.count, MINUTES);
	for (int m = 1; m < MINUTES; m++)
		assert_int_equal(run.passes[m - 1], NOON + m * MINUTE_MS);
	assert_int_equal(run.passes[MINUTES - 1], NOON + (MINUTES - 1) * MINUTE_MS + 45000);
	end(&run);
	free(t.bytes);
}

#define IN_2037 INT64_C(2114380800000)

/* a clock in 2037, every second row; once, or with a new hour each time, which fills every list */
static void wrong_clock(void **state)
{
	(void)state;
	for (int hours = 0; hours < 2; hours++) {
		struct text t = {0};
		int64_t wrong = IN_2037;
		struct run run;

		add_minute(&t, 0);
		for (int m = 1; m < 200; m++) {
			for (int i = 0; i < SHIPS; i++) {
				add_row(&t, 538998999, wrong += hours ? HOUR_MS : 1000);
				add_row(&t, 273000001 + i, NOON + m * MINUTE_MS + i * 5000);
			}
		}
		run = follow_text(&t);
		assert_int_equal(run.passes[run.count - 1], NOON + 199 * MINUTE_MS + 45000);
		if (!hours) {
			assert_int_equal(run.count, 200);
			for (int m = 1; m < 200; m++)
				assert_int_equal(run.passes[m - 1], NOON + m * MINUTE_MS);
		}
		/* 12 of its rows a minute: the list is full after 21 minutes, and looked past
		 * after 1,000 reports, 42 minutes, at the latest */
		for (size_t i = 1; i < run.count; i++)
			assert_in_range(run.passes[i] - run.passes[i - 1], 1, 43 * MINUTE_MS);
		end(&run);
		free(t.bytes);
	}
}

/*
 * Of two ships, one says 2037. In the first hour nothing tells which is wrong, and the greatest
 * time is feed time; the second hour bears the first one out, and passes go on from there.
 */
static void small_feed_astray(void **state)
{
	struct text t = {0};
	struct run run;

	(void)state;
	add_row(&t, 273000001, NOON);
	add_row(&t, 538998999, IN_2037);
	add_row(&t, 273000001, NOON + 300000);
	add_row(&t, 538998999, IN_2037 + 30000);
	add_row(&t, 273000001, NOON + 3600000);
	add_row(&t, 538998999, IN_2037 + 90000);
	add_row(&t, 273000001, NOON + 3630000);
	add_row(&t, 273000001, NOON + 3660000);
	run = follow_text(&t);
	EXPECT_PASSES(&run, (IN_2037 - NOON) / 1000, 3600, 3660, 3660);
	end(&run);
	free(t.bytes);
}

/* a fleet that a state held: feed time is its own until three ships have come past it */
static void after_a_state(void **state)
{
	struct text before = {0};
	struct text t = {0};
	struct run old;
	struct run run = begin();
	struct writer w;

	(void)state;
	for (int m = 0; m < 3; m++)
		add_minute(&before, m);
	old = follow_text(&before);
	fleet_join(run.fleet, old.fleet);
	add_row(&t, 273000001, NOON + 3600000);
	add_row(&t, 273000001, NOON + 3660000);
	add_row(&t, 273000002, NOON + 3665000);
	add_row(&t, 273000003, NOON + 3601000);
	add_row(&t, 273000003, NOON + 3666000);
	w = (struct writer){.text = {t.bytes, t.len}};
	follow_pipe(&run, &w);
	assert_int_equal(run.status, ST_OK);
	EXPECT_PASSES(&run, 3601, 3660, 3660);
	end(&run);
	end(&old);
	free(t.bytes);
	free(before.bytes);
}

static void *year_of_hours(struct run *run)
{
	struct batch batch;

	batch_init(&batch);
	for (int64_t h = 0; h < 8760; h++) {
		for (int i = 0; i < SHIPS; i++) {
			*batch_room(&batch) = (struct position_report){
			    .mmsi = 273000001 + i,
			    .fix = {.t_ms = NOON - 1000 - h * HOUR_MS + i, .lat_deg = -10},
			    .has_position = true,
			};
			batch_add(&batch, zones);
		}
	}
	batch_finish(run->fleet, &batch);
	return NULL;
}

/* 100,000 reports of a wrong clock upon a year of hours; asking with each would take minutes */
static void asked_rarely(void **state)
{
	struct run run = begin();
	struct text t = {0};
	struct writer w;
	clock_t begun;

	(void)state;
	year_of_hours(&run);
	for (int i = 0; i < 100000; i++)
		add_row(&t, 538998999, IN_2037 + i % 3600 * 1000);
	w = (struct writer){.text = {t.bytes, t.len}};
	begun = clock();
	follow_pipe(&run, &w);
	assert_true(clock() - begun < 30 * CLOCKS_PER_SEC);
	assert_int_equal(run.count, 1);
	end(&run);
	free(t.bytes);
}

static struct text read_sample(const char *name)
{
	struct text t = {0};
	FILE *file = fopen(name, "rb");
	char line[4096];

	if (!file)
		fail_msg("%s cannot be read; tests run from the project's directory", name);
	while (fgets(line, sizeof line, file))
		add_text(&t, line);
	fclose(file);
	return t;
}

/* what a batch run makes of the same bytes */
static struct fleet *batch_run(struct span text, struct aisgap_ledger *ledger)
{
	struct fleet_params params = {HOUR_MS, zones, false};
	struct ingest_options options = {
	    .intake = {.layout = {.columns = columns}, .block_size = BLOCK_SIZE},
	    .threads = 1,
	};
	struct ingest ingest = {&options, fleet_new(&params), ledger, NULL, 0, 0, 0};
	struct memory_file file = memory_file_new();

	memory_file_set(&file, text.ptr, text.len);
	assert_int_equal(ingest_input(&ingest, file.path, NULL), ST_OK);
	assert_int_equal(ingest_finish(&ingest, NULL), ST_OK);
	ingest_free(&ingest);
	close(file.fd);
	return ingest.fleet;
}

/* the same passes, with the same in the fleet at each, however the bytes come */
static void expect_same_passes(const char *name, struct span text)
{
	static const size_t STEPS[] = {0, 1, 7, 100, 4096, 65536};
	struct aisgap_ledger *ledger = ledger_new();
	struct fleet *batch = batch_run(text, ledger);
	struct random random = {7};
	struct run first = {.count = 0};

	for (size_t i = 0; i < 2 * sizeof STEPS / sizeof *STEPS; i++) {
		size_t half = sizeof STEPS / sizeof *STEPS;
		struct writer w = {.text = text,
		                   .step = STEPS[i % half],
		                   .random = i >= half && STEPS[i % half] ? &random : NULL};
		struct run run = begin();

		run.look_in = true;
		follow_pipe(&run, &w);
		assert_int_equal(run.status, ST_OK);
		assert_int_equal(entry_of(&run)->status, ST_OK);
		assert_memory_equal(entry_of(&run)->tally.by, ledger->inputs[0].tally.by,
		                    sizeof ledger->inputs[0].tally.by);
		assert_int_equal(entry_of(&run)->bytes, ledger->inputs[0].bytes);
		assert_int_equal(content_of(run.fleet), content_of(batch));
		if (!i) {
			assert_true(run.count > 3);
			first = run;
			continue;
		}
		if (run.count != first.count || run.content != first.content ||
		    memcmp(run.passes, first.passes, run.count * sizeof *run.passes) != 0)
			fail_msg("%s: other passes in steps of %zu", name, w.step);
		end(&run);
	}
	end(&first);
	fleet_free(batch);
	aisgap_ledger_free(ledger);
}

static void same_passes(void **state)
{
	static const char *const SAMPLES[] = {
	    "data/samples/simulated-noaa.csv",
	    "data/samples/simulated-nmea.txt",
	    "data/samples/simulated-aisstream.jsonl",
	};

	(void)state;
	for (size_t i = 0; i < sizeof SAMPLES / sizeof *SAMPLES; i++) {
		struct text t = read_sample(SAMPLES[i]);
		size_t len = t.len < 20000 ? t.len : 20000;

		while (t.bytes[len - 1] != '\n')
			len--;
		expect_same_passes(SAMPLES[i], (struct span){t.bytes, len});
		free(t.bytes);
	}
}

/* a slow writer: idle is called, what it settles can be folded into, nothing is lost */
static void slow_writer(void **state)
{
	struct aisgap_ledger *ledger = ledger_new();
	struct run run = begin();
	struct fleet *batch;
	struct text t = {0};
	struct writer w;

	(void)state;
	for (int m = 0; m < 5; m++)
		add_minute(&t, m);
	w = (struct writer){.text = {t.bytes, t.len}, .step = 75, .pause_ms = 50};
	batch = batch_run(w.text, ledger);
	run.settle_idle = true;
	follow_pipe(&run, &w);
	assert_int_equal(run.status, ST_OK);
	assert_true(run.idles > 3);
	assert_int_equal(run.count, 5);
	assert_int_equal(content_of(run.fleet), content_of(batch));
	fleet_free(batch);
	aisgap_ledger_free(ledger);
	end(&run);
	free(t.bytes);
}

/* an endless feed, stopped after its third pass */
static void stopped(void **state)
{
	struct run run = begin();
	struct text t = {0};
	struct writer w;

	(void)state;
	for (int m = 0; m < 10; m++)
		add_minute(&t, m);
	w = (struct writer){.text = {t.bytes, t.len},
	                    .step = t.len / 10 + 5,
	                    .again = sizeof HEADER - 1,
	                    .pause_ms = 1};
	run.stop_at = 3;
	follow_pipe(&run, &w);
	assert_int_equal(run.status, ST_OK);
	assert_int_equal(entry_of(&run)->status, ST_OK);
	/* the passes of the block at hand, and the last */
	assert_in_range(run.count, 4, 10);
	assert_true(run.passes[run.count - 1] >= run.passes[run.count - 2]);
	/* the last record was broken off by a step: it was not read as something else */
	assert_int_equal(tally_bad(&entry_of(&run)->tally), 0);
	end(&run);
	free(t.bytes);
}

static void expect_stopped(const char *text, enum status input)
{
	struct run run = begin();
	char path[40];
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	run.stop_at_idle = 2;
	follow_path(&run, path);
	assert_int_equal(run.status, ST_OK);
	assert_int_equal(entry_of(&run)->status, input);
	assert_int_equal(entry_of(&run)->tally.rows, 0);
	assert_int_equal(run.count, 0);
	end(&run);
	close(ends[0]);
	close(ends[1]);
}

/* stopped before the first whole row: no failure, unless what came is no feed */
static void stopped_early(void **state)
{
	(void)state;
	expect_stopped("", ST_OK);
	expect_stopped("mmsi,ti", ST_OK);
	expect_stopped(HEADER "273998987,2022-06-01T12:00:00,43.1,1", ST_OK);
	expect_stopped("hello\n", ST_NO_FEED);
}

static void pass_fails(void **state)
{
	struct run run = begin();
	struct text t = {0};
	struct writer w;

	(void)state;
	for (int m = 0; m < 10; m++)
		add_minute(&t, m);
	w = (struct writer){.text = {t.bytes, t.len}};
	run.fail_at = 2;
	follow_pipe(&run, &w);
	assert_int_equal(run.status, ST_FAILED);
	assert_string_equal(run.diag.text, "no room");
	assert_int_equal(run.count, 2);
	end(&run);
	free(t.bytes);
}

static void expect_end(struct span text, enum status status, enum status input, const char *message)
{
	struct memory_file file = memory_file_new();
	struct run run = begin();
	const char *said;

	memory_file_set(&file, text.ptr, text.len);
	follow_path(&run, file.path);
	if (run.status != status || entry_of(&run)->status != input)
		fail_msg("status %d and %d: %s", run.status, entry_of(&run)->status, message);
	said = status == ST_OK ? entry_of(&run)->failure : run.diag.text;
	if (!strstr(said, message))
		fail_msg("\"%s\" instead of \"%s\"", said, message);
	assert_string_equal(entry_of(&run)->failure, said);
	assert_int_equal(run.count, 0);
	end(&run);
	close(file.fd);
}

static void refused(void **state)
{
	(void)state;
	expect_end(SPAN("\x1F\x8B\x08\x00\x00\x00\x00\x00\n"), ST_USAGE, ST_USAGE,
	           ": a gzip stream; unpack it first: zcat FILE | aisgap --follow");
	expect_end(SPAN("PK\x03\x04\n"), ST_USAGE, ST_USAGE, ": a zip archive; unpack it first");
	expect_end(SPAN("mmsi,time,lat,lon\n273998987,03/04/2021 10:00,1,2\n"), ST_USAGE, ST_USAGE,
	           "the dates in column \"time\" can be read day first or month first, and a "
	           "stream is not read twice to decide; say --time-format day-first or "
	           "--time-format month-first");
	expect_end(SPAN("mmsi,time,lat,lon\n273998987,23/04/2021 10:00,1,2\n"), ST_USAGE, ST_USAGE,
	           "--time-format day-first or --time-format month-first");
	expect_end(SPAN(""), ST_OK, ST_NO_FEED, "empty; expected an AIS export");
	expect_end(SPAN("<html>\n"), ST_OK, ST_NO_FEED, "HTML");
	expect_end(SPAN("a,b\n1,2\n"), ST_OK, ST_NO_FEED, "no column for mmsi");
	expect_end(SPAN(HEADER), ST_OK, ST_NO_FEED, "no rows");
}

static void not_opened(void **state)
{
	struct run run = begin();

	(void)state;
	follow_path(&run, "https://user:secret@host/feed");
	assert_int_equal(run.status, ST_USAGE);
	assert_non_null(strstr(run.diag.text, "curl -N URL | aisgap --follow"));
	assert_null(strstr(run.diag.text, "secret"));
	follow_path(&run, "/no/such/file");
	assert_int_equal(run.status, ST_OK);
	assert_int_equal(entry_of(&run)->status, ST_FAILED);
	end(&run);
}

/* the order was said, and so the dates are certain */
static void dates(void **state)
{
	static const char TEXT[] = HEADER "273998987,03/04/2021 10:00,1,2\n"
	                                  "273998987,03/04/2021 10:02,1,2\n";
	struct writer w = {.text = SPAN(TEXT)};
	struct run run = begin();

	(void)state;
	run.layout.when.order = WHEN_DAY_FIRST;
	follow_pipe(&run, &w);
	assert_int_equal(run.status, ST_OK);
	assert_int_equal(run.count, 2);
	assert_int_equal(run.passes[0],
	                 utc_days(2021, 4, 3) * DAY_MS + 10 * HOUR_MS + 2 * MINUTE_MS);
	end(&run);
}

/* other instruments speak first, and the first AIS sentence comes after more than a second */
static void late_layout(void **state)
{
	static const char TEXT[] =
	    "$GPZDA,120000.00,01,06,2022,,*6A\n"
	    "\\s:SIMTER,c:1740787214*25\\!AIVDM,1,1,,A,143IP5h00sPfoJRP8AETfCbL0L;C,0*51\n"
	    "\\s:SIMTER,c:1740787216*27\\!AIVDM,1,1,,B,143IP4Q003`;3>2<b0?P?c6P0L;C,0*07\n";
	struct writer w = {.text = SPAN(TEXT), .step = 60, .pause_ms = 1200};
	struct run run = begin();

	(void)state;
	follow_pipe(&run, &w);
	assert_int_equal(run.status, ST_OK);
	assert_int_equal(entry_of(&run)->layout.format, FORMAT_NMEA);
	assert_int_equal(entry_of(&run)->tally.by[ROW_USED], 2);
	assert_int_equal(entry_of(&run)->tally.by[ROW_NOT_AIS], 1);
	end(&run);
}

/*
 * A million reports of 50 ships in 167 minutes: the heap is as large at the end as it was in the
 * second hour, when every shard has a block for presence.
 */
static void flat_memory(void **state)
{
	enum { ROWS = 1000000 };
	struct run run = begin();
	struct text t = {0};
	struct writer w;

	(void)state;
	for (int i = 0; i < ROWS; i++)
		add_row(&t, 273000001 + i % 50, NOON + i * INT64_C(10));
	w = (struct writer){.text = {t.bytes, t.len}};
	follow_pipe(&run, &w);
	assert_int_equal(run.status, ST_OK);
	assert_int_equal(entry_of(&run)->tally.by[ROW_USED], ROWS);
	assert_in_range(run.count, 160, 170);
	assert_true(run.used[1] <= run.used[0] + 64 * 1024);
	end(&run);
	free(t.bytes);
}

/* a whole feed time and nothing else in a settled fleet: folding goes on as if it were not */
static void folded_after_settling(void **state)
{
	struct fleet_params params = {HOUR_MS, zones, false};
	struct random r = {11};

	(void)state;
	for (uint32_t trial = 0; trial < random_trials(300); trial++) {
		struct fleet *once = fleet_new(&params);
		struct fleet *often = fleet_new(&params);
		struct batch a;
		struct batch b;

		batch_init(&a);
		batch_init(&b);
		for (int i = 0; i < 200; i++) {
			struct position_report report = {
			    .mmsi = 273000001 + random_below(&r, 5),
			    .fix = {.t_ms = NOON + random_below(&r, 100) * 20 * MINUTE_MS,
			            .lat_deg = random_below(&r, 3) * 20 - 10.0},
			    .statics.name = random_once_in(&r, 5) ? SPAN("A") : SPAN("B"),
			    .has_position = random_once_in(&r, 10) ? false : true,
			};

			*batch_room(&a) = report;
			batch_add(&a, zones);
			*batch_room(&b) = report;
			batch_add(&b, zones);
			if (random_once_in(&r, 4))
				batch_flush(often, &b);
			if (random_once_in(&r, 8))
				fleet_settle(often);
			if (random_once_in(&r, 16))
				content_of(often);
		}
		batch_finish(once, &a);
		batch_finish(often, &b);
		assert_int_equal(content_of(once), content_of(often));
		fleet_free(once);
		fleet_free(often);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_ship),
	    cmocka_unit_test(many_ships),
	    cmocka_unit_test(wrong_clock),
	    cmocka_unit_test(small_feed_astray),
	    cmocka_unit_test(after_a_state),
	    cmocka_unit_test(asked_rarely),
	    cmocka_unit_test(same_passes),
	    cmocka_unit_test(slow_writer),
	    cmocka_unit_test(stopped),
	    cmocka_unit_test(stopped_early),
	    cmocka_unit_test(pass_fails),
	    cmocka_unit_test(refused),
	    cmocka_unit_test(not_opened),
	    cmocka_unit_test(dates),
	    cmocka_unit_test(late_layout),
	    cmocka_unit_test(flat_memory),
	    cmocka_unit_test(folded_after_settling),
	};
	int failed;

	signal(SIGPIPE, SIG_IGN);
	zones = traffic_zones();
	columns = column_options_new();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	column_options_free(columns);
	free(zones);
	return failed;
}
