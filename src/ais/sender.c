#include "ais/sender.h"

#include <string.h>

#include "ais/statics.h"
#include "base/num.h"

enum row_outcome sender_by_kind(enum mmsi_kind kind)
{
	static const enum row_outcome OUTCOMES[] = {
	    [MMSI_SHIP] = ROW_USED,         [MMSI_AID] = ROW_AID,
	    [MMSI_BASE] = ROW_BASE_STATION, [MMSI_GROUP] = ROW_GROUP,
	    [MMSI_SAR] = ROW_SAR,           [MMSI_HANDHELD] = ROW_HANDHELD,
	    [MMSI_DISTRESS] = ROW_DISTRESS, [MMSI_CRAFT] = ROW_CRAFT,
	    [MMSI_BAD] = ROW_NOT_A_SHIP,
	};

	return OUTCOMES[kind];
}

static bool holds(struct span s, struct span word)
{
	for (size_t i = 0; i + word.len <= s.len; i++) {
		if (span_eq_nocase((struct span){s.ptr + i, word.len}, word))
			return true;
	}
	return false;
}

/* DMA's "Type of mobile", HELCOM's "targetType" */
enum row_outcome sender_by_station(struct span s)
{
	static const struct {
		struct span word;
		enum row_outcome outcome;
	} STATIONS[] = {
	    {SPAN("base station"), ROW_BASE_STATION},
	    {SPAN("basestation"), ROW_BASE_STATION},
	    {SPAN("aton"), ROW_AID},
	    {SPAN("aid to nav"), ROW_AID},
	    {SPAN("aid-to-nav"), ROW_AID},
	    {SPAN("sar airborne"), ROW_SAR},
	    {SPAN("sar aircraft"), ROW_SAR},
	    {SPAN("search and rescue"), ROW_DISTRESS},
	    {SPAN("man overboard"), ROW_DISTRESS},
	    {SPAN("epirb"), ROW_DISTRESS},
	};

	for (size_t i = 0; i < sizeof STATIONS / sizeof *STATIONS; i++) {
		if (holds(s, STATIONS[i].word))
			return STATIONS[i].outcome;
	}
	return ROW_USED;
}

/*
 * What an AIS message number (M.1371 table 46) says of its sender. Messages other than reports of
 * position (1-3, 11, 18, 19, 27) and identity (5, 24) may name an MMSI and a position, but not
 * where the ship that sent them is.
 */
enum row_outcome sender_by_message(int64_t message)
{
	static const uint32_t SHIPS = 1U << 1 | 1U << 2 | 1U << 3 | 1U << 5 | 1U << 11 | 1U << 18 |
	                              1U << 19 | 1U << 24 | 1U << 27;

	switch (message) {
	case 0: /* not known */
		return ROW_USED;
	case 4:
		return ROW_BASE_STATION;
	case 9:
		return ROW_SAR;
	case 21:
		return ROW_AID;
	default:
		return SHIPS >> (message & 31) & 1 ? ROW_USED : ROW_OTHER;
	}
}

enum ais_class sender_class_of_message(int64_t message)
{
	if ((message >= 1 && message <= 3) || message == 5)
		return CLASS_A;
	if (message == 18 || message == 19 || message == 24)
		return CLASS_B;
	return CLASS_UNKNOWN;
}

/* the number in "1", "AIS.1", "ais18"; 0 without one */
int64_t sender_message(struct span s)
{
	int64_t number = 0;

	s = span_trim(s);
	while (s.len && (*s.ptr < '0' || *s.ptr > '9')) {
		s.ptr++;
		s.len--;
	}
	return num_int(s, &number) && number <= 27 ? number : 0;
}

/* "A", "B", "Class A", "AIS.18"; satellites say so too ("AIS-S") and mean nothing here */
enum ais_class sender_class(struct span s)
{
	s = span_trim(s);
	if (s.len > 6 && span_eq_nocase((struct span){s.ptr, 6}, SPAN("class ")))
		s = (struct span){s.ptr + 6, 1};
	if (s.len == 1)
		return sender_class_of_letter(*s.ptr);
	return sender_class_of_message(sender_message(s));
}

/* one letter, or the beginning of a word: "SAT", "S-AIS", "TER", "terrestrial", "dynamic" */
enum ais_source sender_source(struct span s)
{
	static const struct {
		struct span begin;
		enum ais_source source;
	} WORDS[] = {
	    {SPAN("sat"), SOURCE_SATELLITE},     {SPAN("s-ais"), SOURCE_SATELLITE},
	    {SPAN("space"), SOURCE_SATELLITE},   {SPAN("ter"), SOURCE_TERRESTRIAL},
	    {SPAN("t-ais"), SOURCE_TERRESTRIAL}, {SPAN("ground"), SOURCE_TERRESTRIAL},
	    {SPAN("shore"), SOURCE_TERRESTRIAL}, {SPAN("coast"), SOURCE_TERRESTRIAL},
	};

	s = span_trim(s);
	if (s.len == 1)
		return strchr("sS", *s.ptr)     ? SOURCE_SATELLITE
		       : strchr("tTgG", *s.ptr) ? SOURCE_TERRESTRIAL
		                                : SOURCE_UNKNOWN;
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		struct span begin = {s.ptr, WORDS[i].begin.len};

		if (s.len >= begin.len && span_eq_nocase(begin, WORDS[i].begin))
			return WORDS[i].source;
	}
	return SOURCE_UNKNOWN;
}
