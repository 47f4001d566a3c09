/*
 * One trial of a law: random traffic in up to three parts, fleets of them, and what must be the
 * same. Trial i of law k has the seed k * 2^32 + i, which a failure names.
 */
#ifndef LAW_TRIAL_H
#define LAW_TRIAL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "law/canonical.h"
#include "law/traffic.h"

enum { PART_A = 1, PART_B = 2, PART_C = 4, PART_ANY = 7 };

/* the reports, and in which of the parts each of them is (perhaps in several) */
struct trial {
	uint64_t seed;
	struct random random;
	struct traffic traffic;
	uint8_t parts[TRAFFIC_MAX];
	struct canonical left;
	struct canonical right;
};

static inline void trial_draw(struct trial *trial, uint64_t seed, const struct zones *zones)
{
	trial->seed = seed;
	trial->random = (struct random){seed};
	traffic_draw(&trial->random, zones, &trial->traffic);
	for (uint32_t i = 0; i < trial->traffic.count; i++) {
		uint32_t more =
		    random_once_in(&trial->random, 4) ? random_below(&trial->random, 8) : 0;

		trial->parts[i] = (uint8_t)(1U << random_below(&trial->random, 3) | more);
	}
}

static inline struct fleet *trial_fleet(struct trial *trial, uint8_t part)
{
	return traffic_fleet(&trial->random, &trial->traffic, trial->parts, part);
}

/* joins b into a, and frees b */
static inline struct fleet *trial_join(struct fleet *a, struct fleet *b)
{
	fleet_join(a, b);
	fleet_free(b);
	return a;
}

/* the fleets, which are freed, must be the same */
static inline void trial_same(struct trial *trial, struct fleet *left, struct fleet *right)
{
	canonical_fleet(&trial->left, left);
	canonical_fleet(&trial->right, right);
	fleet_free(left);
	fleet_free(right);
	if (!canonical_equal(&trial->left, &trial->right))
		fail_msg("seed %llu: %u reports, G %lld ms: %zu and %zu bytes differ",
		         (unsigned long long)trial->seed, trial->traffic.count,
		         (long long)trial->traffic.params.gap_ms, trial->left.len,
		         trial->right.len);
}

static inline void trial_each(uint64_t law, uint32_t usual, const struct zones *zones,
                              void (*check)(struct trial *trial))
{
	struct trial *trial = mem_new(1, sizeof *trial);
	uint32_t trials = random_trials(usual);

	for (uint32_t i = 0; i < trials; i++) {
		trial_draw(trial, law << 32 | i, zones);
		check(trial);
	}
	free(trial->left.bytes);
	free(trial->right.bytes);
	free(trial);
}

#endif
