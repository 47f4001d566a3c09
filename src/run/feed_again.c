#include "run/feed_again.h"

#include <string.h>
#include <sys/stat.h>

#include "net/http.h"
#include "run/options.h"

static bool readable_once(const char *path)
{
	struct stat st;

	if (strcmp(path, "-") == 0)
		return true;
	return !http_is_url(path) && stat(path, &st) == 0 &&
	       (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
}

/* a copy would take as much room as the feed, and nobody would know */
enum status feed_again_check(const struct inputs *inputs, struct diag *diag)
{
	for (size_t i = 0; i < inputs->count; i++) {
		const char *path = inputs->paths[i];
		bool standard = strcmp(path, "-") == 0;

		if (readable_once(path))
			return diag_set(
			    diag, ST_USAGE,
			    "%.200s can be read only once, and selftest reads its "
			    "inputs again with reports taken out; save it to a file and "
			    "name that",
			    standard ? "standard input" : path);
	}
	return ST_OK;
}

/* all inputs, but for what the waist takes out; the fleet is the caller's, and settled */
enum status feed_again_read(const struct feed_again *feed, const struct waist *waist,
                            struct aisgap_ledger *ledger, struct fleet **fleet, struct diag *diag)
{
	const struct aisgap_options *o = feed->options;
	struct fleet_params params = {feed->watch->params.gap_ms, feed->watch->zones,
	                              o->everywhere};
	struct ingest_options ingest_options = {
	    .intake = feed->inputs->intake,
	    .threads = options_threads(o),
	    .progress = o->progress,
	    .progress_context = o->progress_context,
	    .waist = waist,
	};
	struct ingest ingest = {.options = &ingest_options, .ledger = ledger};
	enum status status = ST_OK;

	*fleet = ingest.fleet = fleet_new(&params);
	ledger->threads = ingest_options.threads;
	if (o->progress)
		ingest.bytes_total = inputs_bytes(feed->inputs);
	for (size_t i = 0; i < feed->inputs->count && status == ST_OK; i++)
		status = ingest_input(&ingest, feed->inputs->paths[i], diag);
	if (status == ST_OK)
		status = ingest_finish(&ingest, diag);
	ingest_free(&ingest);
	if (o->progress_done)
		o->progress_done(o->progress_context);
	fleet_settle(*fleet);
	return status;
}

/* a file that grew meanwhile would have new gaps that nobody made */
enum status feed_again_same(const struct aisgap_ledger *first, const struct aisgap_ledger *again,
                            struct diag *diag)
{
	struct tally x = {0};
	struct tally y = {0};

	ledger_total(first, &x);
	ledger_total(again, &y);
	if (x.rows == y.rows && memcmp(x.by, y.by, sizeof x.by) == 0)
		return ST_OK;
	return diag_set(diag, ST_FAILED,
	                "an input changed between two readings (%llu rows, then %llu); selftest "
	                "needs inputs that stay as they are: copy them first",
	                (unsigned long long)x.rows, (unsigned long long)y.rows);
}
