/*
 * A fleet as one string of bytes: the same for the same content, however it came together. Tracks
 * by (MMSI, zone) with all their segments and heard hours, vessels by MMSI with their identity, the
 * hours of the feed clock, and the horizon. Numbers are written as they lie in memory, field by
 * field, so that no padding is compared.
 */
#ifndef LAW_CANONICAL_H
#define LAW_CANONICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "track/fleet.h"

/* all zero is empty; `bytes` is to be freed */
struct canonical {
	char *bytes;
	size_t len;
	size_t cap;
};

static inline void canonical_put(struct canonical *c, const void *data, size_t size)
{
	c->bytes = mem_grow(c->bytes, &c->cap, c->len + size, 4096, 1);
	if (size)
		memcpy(c->bytes + c->len, data, size);
	c->len += size;
}

#define CANONICAL_PUT(c, field) canonical_put(c, &(field), sizeof(field))

static inline void canonical_word(struct canonical *c, const char *word)
{
	canonical_put(c, word, strlen(word));
}

static inline bool canonical_equal(const struct canonical *a, const struct canonical *b)
{
	return a->len == b->len && (!a->len || memcmp(a->bytes, b->bytes, a->len) == 0);
}

static inline void canonical_fix(struct canonical *c, const struct fix *f)
{
	CANONICAL_PUT(c, f->t_ms);
	CANONICAL_PUT(c, f->lat_deg);
	CANONICAL_PUT(c, f->lon_deg);
	CANONICAL_PUT(c, f->sog_kn);
	CANONICAL_PUT(c, f->cog_deg);
	CANONICAL_PUT(c, f->heading_deg);
	CANONICAL_PUT(c, f->nav_status);
	CANONICAL_PUT(c, f->second);
	CANONICAL_PUT(c, f->ais_class);
	CANONICAL_PUT(c, f->source);
	CANONICAL_PUT(c, f->known);
}

/* a settled set */
static inline void canonical_segments(struct canonical *c, const struct segments *set)
{
	canonical_word(c, "segments");
	CANONICAL_PUT(c, set->count);
	CANONICAL_PUT(c, set->sorted);
	for (uint32_t i = 0; i < set->count; i++) {
		canonical_fix(c, &set->at[i].first);
		canonical_fix(c, &set->at[i].last);
	}
}

static inline void canonical_hour(struct canonical *c, int64_t hour, const struct presence_hour *h)
{
	CANONICAL_PUT(c, hour);
	CANONICAL_PUT(c, h->satellite_minutes);
	CANONICAL_PUT(c, h->other_minutes);
	CANONICAL_PUT(c, h->first_lat_e7);
	CANONICAL_PUT(c, h->first_lon_e7);
	CANONICAL_PUT(c, h->first_ms);
	CANONICAL_PUT(c, h->sog_kn);
	CANONICAL_PUT(c, h->box.lat_min);
	CANONICAL_PUT(c, h->box.lat_max);
	CANONICAL_PUT(c, h->box.lon_min);
	CANONICAL_PUT(c, h->box.lon_max);
	CANONICAL_PUT(c, h->box.east_min);
	CANONICAL_PUT(c, h->box.east_max);
	CANONICAL_PUT(c, h->flags);
}

/* the heard hours, in the order in which they are kept, which must be that of time */
static inline void canonical_presence(struct canonical *c, const struct presence *presence)
{
	canonical_word(c, "presence");
	CANONICAL_PUT(c, presence->count); /* no block is empty */
	for (uint32_t i = 0; i < presence->count; i++) {
		int64_t first = (int64_t)presence->at[i].index * BLOCK_HOURS;

		for (int h = 0; h < BLOCK_HOURS; h++) {
			const struct presence_hour *cell = presence_at(presence, first + h);

			if (cell)
				canonical_hour(c, first + h, cell);
		}
	}
}

static inline void canonical_identity(struct canonical *c, const struct identity *identity)
{
	canonical_word(c, "identity");
	for (int k = 0; k < STATIC_KINDS; k++) {
		const struct identity_kind *kind = &identity->kind[k];

		CANONICAL_PUT(c, kind->count);
		CANONICAL_PUT(c, kind->overflow);
		for (int i = 0; i < kind->count; i++) {
			const struct identity_value *v = &kind->at[i];

			CANONICAL_PUT(c, v->length);
			canonical_put(c, v->text, v->length);
			CANONICAL_PUT(c, v->in_first);
			CANONICAL_PUT(c, v->in_last);
			if (v->in_first)
				CANONICAL_PUT(c, v->first_ms);
			if (v->in_last)
				CANONICAL_PUT(c, v->last_ms);
		}
	}
}

static inline int canonical_by_hour(const void *a, const void *b)
{
	int64_t x = ((const struct clock_hour *)a)->hour;
	int64_t y = ((const struct clock_hour *)b)->hour;

	return (x > y) - (x < y);
}

static inline void canonical_clock(struct canonical *c, const struct clock *clock)
{
	struct clock_hour *hours = mem_new(clock->count + 1, sizeof *hours);

	if (clock->count)
		memcpy(hours, clock->hours, clock->count * sizeof *hours);
	qsort(hours, clock->count, sizeof *hours, canonical_by_hour);
	canonical_word(c, "clock");
	for (size_t i = 0; i < clock->count; i++) {
		CANONICAL_PUT(c, hours[i].hour);
		CANONICAL_PUT(c, hours[i].count);
		for (uint32_t e = 0; e < hours[i].count; e++) {
			CANONICAL_PUT(c, hours[i].at[e].t_ms);
			CANONICAL_PUT(c, hours[i].at[e].mmsi);
		}
	}
	free(hours);
}

/* a track and the shard it lies in; or a vessel */
struct canonical_key {
	int64_t mmsi;
	uint8_t zone;
	const struct shard *shard;
	size_t index;
};

static inline int canonical_by_key(const void *a, const void *b)
{
	const struct canonical_key *x = a;
	const struct canonical_key *y = b;

	if (x->mmsi != y->mmsi)
		return x->mmsi < y->mmsi ? -1 : 1;
	return (x->zone > y->zone) - (x->zone < y->zone);
}

static inline size_t canonical_tracks(const struct fleet *fleet, struct canonical_key **keys)
{
	size_t count = 0;
	size_t cap = 0;

	*keys = NULL;
	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t i = 0; i < shard->track_count; i++) {
			*keys = mem_grow(*keys, &cap, count + 1, 16, sizeof **keys);
			(*keys)[count++] = (struct canonical_key){shard->tracks[i].mmsi,
			                                          shard->tracks[i].zone, shard, i};
		}
	}
	if (count)
		qsort(*keys, count, sizeof **keys, canonical_by_key);
	return count;
}

static inline size_t canonical_vessels(const struct fleet *fleet, struct canonical_key **keys)
{
	size_t count = 0;
	size_t cap = 0;

	*keys = NULL;
	for (int s = 0; s < FLEET_SHARDS; s++) {
		const struct shard *shard = &fleet->shards[s];

		for (size_t i = 0; i < shard->vessel_count; i++) {
			*keys = mem_grow(*keys, &cap, count + 1, 16, sizeof **keys);
			(*keys)[count++] =
			    (struct canonical_key){shard->vessels[i].mmsi, 0, shard, i};
		}
	}
	if (count)
		qsort(*keys, count, sizeof **keys, canonical_by_key);
	return count;
}

/* the vessel with its identity, and how many tracks its chain holds */
static inline void canonical_vessel(struct canonical *c, const struct canonical_key *key)
{
	const struct vessel *vessel = &key->shard->vessels[key->index];
	uint32_t tracks = 0;

	for (uint32_t i = vessel->track; i != FLEET_NONE; i = key->shard->tracks[i].next)
		tracks++;
	canonical_word(c, "vessel");
	CANONICAL_PUT(c, vessel->mmsi);
	CANONICAL_PUT(c, tracks);
	canonical_identity(c, &vessel->identity);
}

/* settles the fleet and writes it to `c`, which is emptied first */
static inline void canonical_fleet(struct canonical *c, struct fleet *fleet)
{
	struct canonical_key *keys;
	size_t count;

	fleet_settle(fleet);
	c->len = 0;
	count = canonical_tracks(fleet, &keys);
	for (size_t i = 0; i < count; i++) {
		const struct track *track = &keys[i].shard->tracks[keys[i].index];

		canonical_word(c, "track");
		CANONICAL_PUT(c, track->mmsi);
		CANONICAL_PUT(c, track->zone);
		canonical_segments(c, &track->segments);
		canonical_presence(c, &track->presence);
	}
	free(keys);
	count = canonical_vessels(fleet, &keys);
	for (size_t i = 0; i < count; i++)
		canonical_vessel(c, &keys[i]);
	free(keys);
	canonical_clock(c, &fleet->clock);
	CANONICAL_PUT(c, fleet->horizon_ms);
}

#endif
