/*
 * What a saved state's sections hold, past their checksums. Byte 0: 0 a shard, 1 the parameters, 2
 * the feed clock; of a shard, byte 1 is its number, byte 2 the rules. What is taken upholds what
 * track/ relies on, and is written and read again as the same bytes.
 */
#include <math.h>

#include "check.h"
#include "state/clock_code.h"
#include "state/params_code.h"
#include "state/shard_code.h"
#include "state/time_code.h"

enum { ZONES = 3 };

static void check_fix(const struct fix *fix)
{
	CHECK(time_valid(fix->t_ms));
	CHECK(fix->lat_deg >= -90 && fix->lat_deg <= 90);
	CHECK(fix->lon_deg >= -180 && fix->lon_deg < 180);
	CHECK(fix->sog_kn >= 0 && isfinite(fix->sog_kn));
	CHECK(fix->cog_deg >= 0 && fix->cog_deg < 360);
	CHECK(fix->heading_deg < 360 && fix->nav_status < 15 && fix->second < 64);
	CHECK(fix->ais_class <= CLASS_B && fix->source <= SOURCE_SATELLITE);
	CHECK(fix->known & KNOWN_SOG || fix->sog_kn <= 0);
	CHECK(fix->known & KNOWN_COG || fix->cog_deg <= 0);
}

static void check_segments(const struct segments *set, const struct shard_rules *rules)
{
	CHECK(set->count && set->sorted == set->count && set->hint < set->count);
	for (uint32_t i = 0; i < set->count; i++) {
		const struct segment *s = &set->at[i];

		if (s->first.t_ms == SEGMENT_BEFORE)
			CHECK(i == 0 && rules->forgets);
		else
			check_fix(&s->first);
		check_fix(&s->last);
		CHECK(s->first.t_ms <= s->last.t_ms);
		CHECK(!i || s->first.t_ms - s[-1].last.t_ms > rules->fleet_gap_ms);
	}
}

static void check_box(const struct presence_box *box)
{
	CHECK(box->lat_min <= box->lat_max && box->lat_max <= 180 * BOX_STEPS_PER_DEG);
	CHECK(box->lon_min <= box->lon_max && box->lon_max < BOX_TURN);
	CHECK(box->east_min <= box->east_max && box->east_max < BOX_TURN);
}

static void check_hour(const struct presence_hour *h)
{
	uint64_t heard = h->satellite_minutes | h->other_minutes;

	CHECK(!(heard >> 60));
	CHECK(h->first_ms < HOUR_MS && heard >> h->first_ms / MINUTE_MS & 1);
	CHECK(!(heard & ((UINT64_C(1) << h->first_ms / MINUTE_MS) - 1)));
	CHECK(h->first_lat_e7 >= -900000000 && h->first_lat_e7 <= 900000000);
	CHECK(h->first_lon_e7 >= -1800000000 && h->first_lon_e7 <= 1800000000);
	CHECK(h->sog_kn >= 0 && isfinite(h->sog_kn) && h->flags < 64);
	check_box(&h->box);
}

static void check_presence(const struct presence *presence)
{
	for (uint32_t i = 0; i < presence->count; i++) {
		int heard = 0;

		CHECK(!i || presence->at[i].index > presence->at[i - 1].index);
		for (int h = 0; h < BLOCK_HOURS; h++) {
			const struct presence_hour *hour = &presence->at[i].block->hours[h];

			if (!(hour->satellite_minutes | hour->other_minutes))
				continue;
			check_hour(hour);
			heard++;
		}
		CHECK(heard);
	}
}

static void check_identity(const struct identity *identity)
{
	for (int k = 0; k < STATIC_KINDS; k++) {
		const struct identity_kind *kind = &identity->kind[k];
		int keep = k == STATIC_IMO ? IDENTITY_KEEP_IMO : IDENTITY_KEEP;
		int first = 0;
		int last = 0;

		for (int i = 0; i < kind->count; i++) {
			const struct identity_value *v = &kind->at[i];

			CHECK(v->length && v->length <= STATIC_MAX);
			CHECK(v->in_first || v->in_last);
			CHECK(!v->in_first || time_valid(v->first_ms));
			CHECK(!v->in_last || time_valid(v->last_ms));
			first += v->in_first;
			last += v->in_last;
		}
		CHECK(first <= keep && last <= IDENTITY_KEEP);
	}
}

static void check_shard(const struct shard *shard, int s, const struct shard_rules *rules)
{
	for (size_t i = 0; i < shard->vessel_count; i++) {
		CHECK(fleet_shard_of(shard->vessels[i].mmsi) == (unsigned)s);
		check_identity(&shard->vessels[i].identity);
	}
	for (size_t i = 0; i < shard->track_count; i++) {
		const struct track *track = &shard->tracks[i];

		CHECK(track->zone <= rules->zones);
		CHECK(track->zone || rules->everywhere || !track->presence.count);
		CHECK(track->tip.first_ms == INT64_MAX && track->now.index == HOUR_NONE);
		CHECK(!track->run.set);
		check_segments(&track->segments, rules);
		check_presence(&track->presence);
	}
}

static struct span span_out(const struct code_out *out)
{
	return (struct span){out->bytes, out->len};
}

static void fuzz_shard(struct span bytes)
{
	int s = bytes.ptr[0] & (FLEET_SHARDS - 1);
	int how = bytes.ptr[1];
	struct shard_rules rules = {(how & 1) * HOUR_MS, (how & 3) * HOUR_MS, ZONES, how & 4,
	                            how & 8};
	struct shard shard = {0};
	struct shard again = {0};
	struct code_out out = {0};
	struct code_out once_more = {0};

	if (!shard_decode((struct span){bytes.ptr + 2, bytes.len - 2}, s, &rules, &shard)) {
		check_shard(&shard, s, &rules);
		shard_encode(&out, &shard);
		CHECK(!out.bad);
		rules.gap_ms = rules.fleet_gap_ms;
		CHECK(!shard_decode(span_out(&out), s, &rules, &again));
		check_shard(&again, s, &rules);
		shard_encode(&once_more, &again);
		CHECK(span_eq(span_out(&out), span_out(&once_more)));
	}
	shard_clear(&shard);
	shard_clear(&again);
	free(out.bytes);
	free(once_more.bytes);
}

static void fuzz_params(struct span bytes)
{
	struct code_in in = code_in_of(bytes);
	struct state_params params;
	struct diag diag = {""};
	struct code_out out = {0};
	int64_t horizon_ms;

	if (!params_decode(&in, &params, &horizon_ms, &diag)) {
		CHECK(params.gap_ms >= 0);
		CHECK(!params_encode(&out, &params, horizon_ms, &diag));
		CHECK(span_eq(span_out(&out), bytes));
	}
	areas_free(params.areas);
	free(out.bytes);
}

static void fuzz_clock(struct span bytes)
{
	struct code_in in = code_in_of(bytes);
	struct clock clock = {0};
	struct clock again = {0};
	struct code_out out = {0};
	struct code_out once_more = {0};

	if (clock_decode(&in, &clock)) {
		clock_encode(&out, &clock);
		CHECK(!out.bad);
		in = code_in_of(span_out(&out));
		CHECK(clock_decode(&in, &again) && !code_left(&in));
		clock_encode(&once_more, &again);
		CHECK(span_eq(span_out(&out), span_out(&once_more)));
	}
	clock_free(&clock);
	clock_free(&again);
	free(out.bytes);
	free(once_more.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span bytes = {(const char *)data + 1, size - 1};

	if (size < 3)
		return 0;
	switch (data[0]) {
	case 0:
		fuzz_shard(bytes);
		break;
	case 1:
		fuzz_params(bytes);
		break;
	case 2:
		fuzz_clock(bytes);
		break;
	default:
		break;
	}
	return 0;
}
