#include "run/view.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utc.h"
#include "run/options.h"

/* a feed of fewer vessels may well be silent */
enum { FEED_LEAST = 10 };

enum status view_new(const struct aisgap_options *options, struct view **view, struct diag *diag)
{
	*view = mem_new(1, sizeof **view);
	(*view)->options = options;
	(*view)->verdicts = verdicts_new();
	return filter_new(options, &(*view)->filter, diag);
}

void view_bind(struct view *view, const struct watch *watch, struct fleet *fleet)
{
	view->watch = watch;
	view->fleet = fleet;
	view->resolver = mem_new(1, sizeof *view->resolver);
	view->resolver->fleet = fleet;
	view->resolver->areas = watch->params.areas;
	view->resolver->zones = watch->zones;
	view->resolver->coast = coast_new();
	view->resolver->nearby = nearby_new(view->resolver->coast);
}

void view_free(struct view *view)
{
	if (!view)
		return;
	if (view->resolver) {
		nearby_free(view->resolver->nearby);
		coast_free(view->resolver->coast);
	}
	free(view->resolver);
	gaps_free(&view->gaps);
	free(view->judgements);
	verdicts_free(view->verdicts);
	filter_free(view->filter);
	free(view);
}

/* all that is asked but the verdict, which takes longer to tell */
static bool takes(const struct view *view, const struct filter *filter, bool everywhere,
                  const struct gap *gap)
{
	return filter_window(filter, gap, view->resolver->as_of_ms) &&
	       filter_vessel(filter, view->fleet, gap) &&
	       (everywhere || resolve_areas(view->resolver, gap).len > 0);
}

static int64_t silence_ms(const struct gap *gap, int64_t as_of_ms)
{
	return (gap->open ? as_of_ms : gap->on.t_ms) - gap->off.t_ms;
}

bool view_wants(const struct view *view, const struct aisgap_options *options,
                const struct filter *filter, size_t i)
{
	const struct gap *gap = &view->gaps.at[i];

	return silence_ms(gap, view->resolver->as_of_ms) > options->min_gap_ms &&
	       takes(view, filter, options->everywhere, gap) &&
	       filter_verdict(filter, judge_again(view->judgements[i], options_prior(options)));
}

static bool in_report(void *context, const struct gap *gap)
{
	const struct view *view = context;

	return takes(view, view->filter, view->options->everywhere, gap);
}

static bool any(void *context, const struct gap *gap)
{
	(void)context;
	(void)gap;
	return true;
}

static void judge_all(struct view *view)
{
	struct judge_params params = {
	    .fleet = view->fleet,
	    .areas = view->watch->params.areas,
	    .zones = view->watch->zones,
	    .coast = view->resolver->coast,
	    .as_of_ms = view->resolver->as_of_ms,
	    .prior = options_prior(view->options),
	    .published = filter_published(view->filter),
	};
	struct fleet_news news = fleet_take_news(view->fleet);

	verdicts_judge(view->verdicts, &params, &news, options_threads(view->options), &view->gaps);
	free(view->judgements);
	view->judgements = mem_new(view->gaps.count, sizeof view->judgements[0]);
	for (size_t i = 0; i < view->gaps.count; i++)
		view->judgements[i] = verdicts_at(view->verdicts, i);
}

static void leave_out_verdicts(struct view *view)
{
	size_t kept = 0;

	for (size_t i = 0; i < view->gaps.count; i++) {
		if (!filter_verdict(view->filter, view->judgements[i]->verdict))
			continue;
		view->gaps.at[kept] = view->gaps.at[i];
		view->judgements[kept++] = view->judgements[i];
	}
	view->gaps.count = kept;
}

void view_judge(struct view *view, int64_t as_of_ms, bool as_of_given, struct aisgap_ledger *ledger)
{
	struct gaps_query query = {.min_gap_ms = view->watch->min_gap_ms,
	                           .as_of_ms = as_of_ms,
	                           .as_of_given = as_of_given,
	                           .areas = view->watch->params.areas,
	                           .zones = view->watch->zones,
	                           .keep = in_report,
	                           .context = view};

	view->resolver->as_of_ms = as_of_ms;
	view->as_of_given = as_of_given;
	gaps_free(&view->gaps);
	gaps_find(view->fleet, &query, &view->gaps);
	judge_all(view);
	leave_out_verdicts(view);
	ledger->judged = true;
	ledger->as_of_ms = as_of_ms;
	ledger->vessels = fleet_vessel_count(view->fleet);
	ledger->vessels_after = as_of_given ? 0 : gaps_vessels_after(view->fleet, as_of_ms);
	ledger->gaps = view->gaps.count;
	ledger->open = 0;
	for (size_t i = 0; i < view->gaps.count; i++)
		ledger->open += view->gaps.at[i].open;
}

void view_all(const struct view *view, int64_t min_gap_ms, struct gaps *gaps)
{
	struct gaps_query query = {.min_gap_ms = min_gap_ms,
	                           .as_of_ms = view->resolver->as_of_ms,
	                           .as_of_given = view->as_of_given,
	                           .areas = view->watch->params.areas,
	                           .zones = view->watch->zones,
	                           .keep = any};

	gaps_find(view->fleet, &query, gaps);
}

void view_warn_blind(const struct view *view, struct aisgap_ledger *ledger)
{
	const struct aisgap_options *o = view->options;
	int64_t first_ms;
	int64_t last_ms;

	if (!fleet_span(view->fleet, &first_ms, &last_ms))
		return;
	if (!o->everywhere && !fleet_in_zones(view->fleet))
		ledger_warn(ledger, "no report lies in or near a watched area: see --area and "
		                    "--everywhere");
	if (last_ms - first_ms <= view->watch->min_gap_ms)
		ledger_warn(ledger, "all reports lie within the minimum gap of each other: no gap "
		                    "can show");
	if (ledger->as_of_ms < first_ms)
		ledger_warn(ledger, "--as-of is before the first report");
	if ((o->from_ms != AISGAP_NO_TIME && o->from_ms > last_ms &&
	     o->from_ms > ledger->as_of_ms) ||
	    (o->to_ms != AISGAP_NO_TIME && o->to_ms <= first_ms))
		ledger_warn(ledger, "the window of --from and --to holds no report");
}

void view_warn_hole(const struct view *view, int64_t since_ms, struct aisgap_ledger *ledger)
{
	char begin[UTC_TEXT_SIZE];
	char end[UTC_TEXT_SIZE];
	int64_t begin_ms;
	int64_t end_ms;

	if (ledger->vessels < FEED_LEAST ||
	    !clock_hole(&view->fleet->clock, since_ms, &begin_ms, &end_ms) ||
	    end_ms - begin_ms <= view->watch->min_gap_ms || end_ms > ledger->as_of_ms)
		return;
	utc_format(begin_ms, begin);
	utc_format(end_ms, end);
	ledger_warn(ledger,
	            "no vessel at all was heard between %s and %s: gaps that hold this time may be "
	            "the feed's; is a file missing?",
	            begin, end);
}

void view_record(const struct view *view, size_t i, struct record *record)
{
	resolve_record(view->resolver, &view->gaps.at[i], view->judgements[i], record);
}

struct report_head view_head(const struct view *view, const char **names)
{
	static const char *const BY[] = {"overlap", "off", "on"};
	const struct aisgap_options *o = view->options;
	const struct areas *areas = view->watch->params.areas;

	for (size_t i = 0; i < areas_count(areas); i++)
		names[i] = areas_name(areas, i);
	return (struct report_head){
	    .as_of_ms = view->resolver->as_of_ms,
	    .min_gap_ms = view->watch->min_gap_ms,
	    .areas = names,
	    .area_count = areas_count(areas),
	    .everywhere = o->everywhere,
	    .changes = o->changes,
	    .from_ms = o->from_ms,
	    .to_ms = o->to_ms,
	    .by = BY[o->by],
	    .filters = {o->mmsi, o->imo, o->flag, o->type, o->ais_class, o->verdict},
	    .prior = options_prior(o)};
}
