/* Export layouts: a name, how its file is written, and for most a table of columns. */
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
	uint64_t number; /* of the report in the file, from 0 */
};

struct column {
	const char *name;
	void (*put)(struct out *o, const struct row *row);
};

/* reports of identity without position, which follow some of the position reports */
enum statics {
	STATICS_NONE,
	STATICS_BARE, /* rows of messages 5 and 24 whose other columns are empty */
	STATICS_SENT, /* messages 5 and 24 of ships: the only place where their identity stands */
};

struct layout;

/* a layout's file, from its first byte to its last; begin and end may be null */
struct writer {
	void (*begin)(const struct layout *l, struct out *o);
	void (*row)(const struct layout *l, struct out *o, const struct row *row);
	void (*end)(const struct layout *l, struct out *o);
};

struct layout {
	const char *name;
	const char *about; /* whose, for --help */
	const struct writer *writer;
	bool fixtures; /* carries base stations, aids and aircraft */
	bool seconds;  /* and the second of the time stamp apart from the time */
	enum statics statics;
	const struct column *columns; /* ends with a null name; null where the writer needs none */
	char separator;
	const char *preamble;  /* text before all else; may be null in CSV */
	const char *postamble; /* text after all else, in JSON */
};

/* -1 when there is none */
int64_t layout_named(const char *name);
/* NULL past the last */
const struct layout *layout_at(int64_t index);
void layout_begin(const struct layout *l, struct out *o);
/* a report, and the static report that follows it where one is due */
void layout_row(const struct layout *l, struct out *o, const struct row *row);
void layout_end(const struct layout *l, struct out *o);

/* a header line and a line for each row, cells between separators */
extern const struct writer csv_writer;

extern const struct layout layout_noaa2018, layout_noaa2015, layout_noaa2025;
extern const struct layout layout_danish, layout_norway, layout_helcom, layout_piraeus_zenodo,
    layout_piraeus, layout_brest;
extern const struct layout layout_marinetraffic, layout_marinetraffic_json, layout_aisdaily,
    layout_vesselfinder, layout_gfw;
extern const struct layout layout_amsa, layout_korea;
extern const struct layout layout_aisstream, layout_aiscatcher, layout_digitraffic;
extern const struct layout layout_nmea, layout_nmea_bare;

#endif
