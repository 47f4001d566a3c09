/* What really happened, written beside the reports. */
#ifndef SIM_TRUTH_H
#define SIM_TRUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "motion.h"
#include "trig.h"

struct vessel;
struct off_span;
struct network;
struct interferences;

/* a ship heard at from and next at to (or not before the end) */
struct silence {
	int64_t from, to;
	struct place p;
	enum at at;
};

struct truth_row {
	int64_t mmsi, off, on; /* on 0: not before the end */
	const char *kind;
	struct place p;
	enum at at;
};

struct truth {
	struct truth_row *rows;
	size_t count, room;
};

void truth_off(struct truth *t, const struct vessel *v, const struct off_span *off);
/* a long silence, unless it is a switch-off's */
void truth_silence(struct truth *t, const struct vessel *v, const struct silence *s);
/* the outages and holes themselves, as mmsi 0 */
void truth_windows(struct truth *t, const struct network *n);
/* times and places of false positions, as mmsi 0 */
void truth_interferences(struct truth *t, const struct interferences *s);
bool truth_write(struct truth *t, const char *path);

#endif
