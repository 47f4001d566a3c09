/* Export layouts: a name, what stands before the rows, and a table of columns. */
#ifndef SIM_LAYOUT_H
#define SIM_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "out.h"
#include "vessel.h"

struct row {
	const struct report *r;
	const struct identity *who;
	enum transponder kind;
};

struct column {
	const char *name;
	void (*put)(struct out *o, const struct row *row);
};

struct layout {
	const char *name;
	const char *preamble; /* text before the header */
	char separator;
	bool fixtures;                /* carries base stations, aids and aircraft */
	bool static_rows;             /* carries static reports without position */
	const struct column *columns; /* ends with a null name */
};

/* -1 when there is none */
int64_t layout_named(const char *name);
/* NULL past the last */
const struct layout *layout_at(int64_t index);
void layout_header(const struct layout *l, struct out *o);
void layout_row(const struct layout *l, struct out *o, const struct row *row);

extern const struct layout layout_noaa2018, layout_noaa2015, layout_noaa2025;
extern const struct layout layout_danish, layout_norway, layout_helcom, layout_piraeus_zenodo,
    layout_piraeus, layout_brest;
extern const struct layout layout_marinetraffic, layout_aisdaily, layout_vesselfinder, layout_gfw;
extern const struct layout layout_amsa, layout_korea;

#endif
