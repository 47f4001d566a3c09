/*
 * Where records begin and end in a stream of JSON: lines, one array, concatenated documents,
 * wrapper objects such as a GeoJSON FeatureCollection; without building anything, in constant
 * memory.
 *
 * A record is an object. An object is a wrapper, and the objects of its array are the records, when
 * an array of objects begins as the value of a member (at any depth through objects) before any
 * member that names a vessel was seen: its name is ssvid, userid or imo or contains "mmsi", in any
 * case, and is no count or list of them ("mmsi_count"). Objects that stand behind that array as
 * members of the wrapper are records too. Byte order marks, record separators (RFC 7464) and commas
 * between records are passed over.
 *
 * What the wrapper rule cannot know in constant memory is what a wrapper holds behind its array. Of
 * {"track": [{..}], "mmsi": .., "lat": ..} the objects of the array were given when "mmsi" comes;
 * the rest, from that name to the object's end, is then given as one record, which the parser
 * refuses, so that the report that is lost is counted. Members of a wrapper that are neither
 * objects nor arrays of them, nor name a vessel, are passed over.
 *
 * What is no JSON outside of arrays and objects is given as a record up to its line's end. An
 * object that is broken is given up to where that shows, the parser refuses it, and cutting goes on
 * behind: a line's end in a string, or a brace where no value can stand. A quotation mark where no
 * string can begin is passed over. What cannot be told so soon, as after a brace that is not
 * closed, swallows what follows up to the next such place, at most to the first line that begins
 * with a brace (blanks aside) behind JSON_RECORD_MAX bytes.
 */
#ifndef TEXT_JSON_CUT_H
#define TEXT_JSON_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* bytes of a record, and how deep objects and arrays may nest in it (json_parse_record) */
enum { JSON_RECORD_MAX = 1000000, JSON_DEPTH_MAX = 64 };

/* all zero stands at the input's beginning */
struct json_cut {
	uint64_t arrays; /* bit i: the i-th of the open containers is an array; for the first 64 */
	uint64_t depth;  /* open containers */
	uint64_t base;   /* those around the record at hand */
	uint64_t looked_at; /* bytes of the record at hand that were looked at */
	uint32_t name;  /* where in the record at hand its member's name begins; 0: it is none */
	bool at_hand;   /* within a record */
	bool junk;      /* which is no object */
	bool tail;      /* which is what is left of a wrapper that was none */
	bool vessel;    /* certainly a record, no wrapper */
	bool name_next; /* the next string is a member's name */
	bool in_string;
	bool escaped;     /* behind a backslash in a string */
	char last;        /* what was looked at ended with this byte, blanks aside */
	bool after_line;  /* what was looked at ended with a line's end, blanks aside */
	bool passed_over; /* by json_cut_skip */
};

struct json_record {
	uint32_t start;
	uint32_t len;
};

/*
 * Goes on in text[0..len), len < 4 GB, which continues where the last call's returned length ended.
 * Sets *found and *record when a whole record was found; returns the bytes taken in (up to and with
 * the record's end). When the record at hand is not whole: found = false and returns only what
 * stands before that record (0 when it begins at 0); call again with more text behind, or, when the
 * rest is longer than JSON_RECORD_MAX, give up by json_cut_skip. A text that is
 * shorter than what was looked at already is looked at anew. A record may come out longer than
 * JSON_RECORD_MAX when the text holds it: the caller leaves it out as it leaves out one that it
 * gives up. At the end of the input (or of a line, in JSON lines) what is left is a broken record.
 */
size_t json_cut_next(struct json_cut *cut, const char *text, size_t len, bool *found,
                     struct json_record *record);
/*
 * The next calls pass over the record at hand, whose text goes on where the last call's returned
 * length ended, as ever, but need not be held together any longer. Of a record that is too long and
 * never ends, a brace that begins a line (blanks aside) is the end.
 */
void json_cut_skip(struct json_cut *cut);
/* at the input's end: whether it ends within an array, an object or a record */
bool json_cut_open(const struct json_cut *cut);
/*
 * Whether the head is JSON lines: its first record is a line, blanks and commas around it aside.
 * Each line is then cut by itself from a fresh state, so that a broken one never takes its
 * neighbour with it.
 */
bool json_is_lines(struct span head);

#endif
