#include "state/shard_code.h"

#include <stdlib.h>

#include "base/mem.h"
#include "state/hour_code.h"
#include "state/identity_code.h"
#include "state/segment_code.h"
#include "state/time_code.h"

enum {
	ZONES_MAX = 256,
	VESSEL_LEAST_BYTES = 3, /* MMSI, identity, number of tracks */
};

static int by_mmsi(const void *a, const void *b)
{
	const struct vessel *x = *(const struct vessel *const *)a;
	const struct vessel *y = *(const struct vessel *const *)b;

	return (x->mmsi > y->mmsi) - (x->mmsi < y->mmsi);
}

static int by_zone(const void *a, const void *b)
{
	const struct track *x = *(const struct track *const *)a;
	const struct track *y = *(const struct track *const *)b;

	return (x->zone > y->zone) - (x->zone < y->zone);
}

static void put_tracks(struct code_out *out, const struct shard *shard, const struct vessel *vessel)
{
	const struct track *tracks[ZONES_MAX];
	size_t count = 0;

	for (uint32_t i = vessel->track; i != FLEET_NONE; i = shard->tracks[i].next)
		tracks[count++] = &shard->tracks[i];
	if (count)
		qsort(tracks, count, sizeof *tracks, by_zone);
	code_varint(out, count);
	for (size_t i = 0; i < count; i++) {
		code_byte(out, tracks[i]->zone);
		segments_encode(out, &tracks[i]->segments);
		hours_encode(out, &tracks[i]->presence);
	}
}

void shard_encode(struct code_out *out, const struct shard *shard)
{
	const struct vessel **vessels = mem_new(shard->vessel_count, sizeof *vessels);
	int64_t before = 0;

	for (size_t i = 0; i < shard->vessel_count; i++)
		vessels[i] = &shard->vessels[i];
	qsort(vessels, shard->vessel_count, sizeof *vessels, by_mmsi);
	code_varint(out, shard->vessel_count);
	for (size_t i = 0; i < shard->vessel_count; i++) {
		/* the first from 0, so that it is short */
		if (i)
			code_varint(out, (uint64_t)(vessels[i]->mmsi - before));
		else
			code_signed(out, vessels[i]->mmsi);
		before = vessels[i]->mmsi;
		out->bad = out->bad || !mmsi_in_range(before);
		identity_encode(out, &vessels[i]->identity);
		put_tracks(out, shard, vessels[i]);
	}
	free(vessels);
}

static const char *get_track(struct code_in *in, const struct shard_rules *rules, uint8_t zone,
                             struct shard *shard, int64_t mmsi)
{
	struct track *track = shard_track(shard, mmsi, zone);
	const char *wrong = segments_decode(in, rules, &track->segments);

	if (wrong)
		return wrong;
	if (!hours_decode(in, &track->presence, &shard->presence))
		return "an hour of presence that cannot be";
	if (!zone && !rules->everywhere && track->presence.count)
		return "presence outside all zones";
	return NULL;
}

static const char *get_tracks(struct code_in *in, const struct shard_rules *rules,
                              struct shard *shard, int64_t mmsi)
{
	uint64_t count = code_get_varint(in);
	int before = -1;

	if (count > (uint64_t)rules->zones + 1)
		return "more zones than its areas have";
	for (uint64_t i = 0; i < count; i++) {
		uint8_t zone = code_get_byte(in);
		const char *wrong;

		if (zone <= before || zone > rules->zones)
			return "a zone out of order";
		wrong = get_track(in, rules, zone, shard, mmsi);
		if (wrong)
			return wrong;
		before = zone;
	}
	return NULL;
}

/* the first MMSI or one greater than the one before; false when it is none of this shard */
static bool get_mmsi(struct code_in *in, int s, bool first, int64_t *mmsi)
{
	uint64_t more;

	if (first) {
		*mmsi = code_get_signed(in);
	} else {
		more = code_get_varint(in);
		if (!more || more > 2 * (uint64_t)MMSI_LIMIT)
			return false;
		*mmsi += (int64_t)more;
	}
	return !in->bad && mmsi_in_range(*mmsi) && fleet_shard_of(*mmsi) == (unsigned)s;
}

const char *shard_decode(struct span payload, int s, const struct shard_rules *rules,
                         struct shard *shard)
{
	struct code_in in = code_in_of(payload);
	uint64_t count = code_get_varint(&in);
	int64_t mmsi = 0;
	const char *wrong = NULL;

	if (count > code_left(&in) / VESSEL_LEAST_BYTES)
		return "more vessels than it can hold";
	for (uint64_t i = 0; i < count && !wrong; i++) {
		if (!get_mmsi(&in, s, i == 0, &mmsi))
			return "an MMSI out of order";
		if (!identity_decode(&in, &shard_vessel(shard, mmsi)->identity))
			return "an identity that cannot be";
		wrong = get_tracks(&in, rules, shard, mmsi);
	}
	if (!wrong && (in.bad || code_left(&in)))
		wrong = "its length does not fit";
	return wrong;
}
