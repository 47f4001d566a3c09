#include "ais/nmea.h"

#include <stdlib.h>

#include "ais/aivdm.h"
#include "ais/fragments.h"
#include "ais/nmea_minute.h"
#include "ais/rules.h"
#include "ais/sentence.h"
#include "ais/sentence_time.h"
#include "base/mem.h"
#include "base/utc.h"
#include "text/sixbit.h"

struct nmea {
	struct nmea_options options;
	struct fragments *fragments;
	struct nmea_minute minute;
	bool carried; /* a $PGHP line's time waits for its sentence */
	int64_t carried_ms;
	int carried_due; /* what that sentence's checksum must be; -1 for any */
	struct bits bits;
	struct aivdm message;
	struct arena texts;
};

struct nmea *nmea_new(const struct nmea_options *options)
{
	struct nmea *nmea = mem_new(1, sizeof *nmea);

	nmea->options = *options;
	nmea->fragments = fragments_new();
	return nmea;
}

void nmea_free(struct nmea *nmea)
{
	if (!nmea)
		return;
	fragments_free(nmea->fragments);
	arena_free(&nmea->texts);
	free(nmea);
}

void nmea_forget(struct nmea *nmea)
{
	if (nmea->texts.blocks)
		arena_free(&nmea->texts);
}

uint64_t nmea_lone_parts(const struct nmea *nmea)
{
	return fragments_lone(nmea->fragments);
}

static void set_certain(struct row_reading *reading, int64_t t_ms)
{
	reading->when = WHEN_CERTAIN;
	reading->t_ms[0] = t_ms;
	reading->t_ms[1] = t_ms;
}

/* the sentence gets the time of the $PGHP line before it, if that line means it. Where it may mean
 * the sum of this part's checksum and others', fragments_add has the last word. */
static void take_carried(const struct nmea *nmea, struct sentence *s)
{
	s->due = nmea->carried_due;
	if (sentence_is_due(s, s->sum))
		s->due = -1;
	else if (s->parts == 1)
		return;
	s->when = WHEN_CERTAIN;
	s->t_ms[0] = nmea->carried_ms;
	s->t_ms[1] = nmea->carried_ms;
}

/* a $PGHP line's time is for the next line, whatever is left of it, but for # comments */
static void carry_time(struct nmea *nmea, struct span line, enum row_outcome outcome,
                       struct sentence *s)
{
	if (s->clock) {
		nmea->carried = true;
		nmea->carried_ms = s->t_ms[0];
		nmea->carried_due = s->due;
		return;
	}
	if (*line.ptr == '#')
		return;
	if (outcome == ROW_USED && nmea->carried && s->when == WHEN_BAD)
		take_carried(nmea, s);
	nmea->carried = false;
}

/* ROW_USED when the sentence completes a message, whose bits are then there */
static enum row_outcome read_payload(struct nmea *nmea, struct sentence *s)
{
	if (s->parts == 1) {
		fragments_pass(nmea->fragments);
		bits_clear(&nmea->bits);
		return bits_append(&nmea->bits, s->payload, s->fill) ? ROW_USED : ROW_PAYLOAD;
	}
	switch (fragments_add(nmea->fragments, s, &nmea->bits)) {
	case FRAGMENTS_WAITING:
		return ROW_PART;
	case FRAGMENTS_WHOLE:
		return ROW_USED;
	default:
		return ROW_PAYLOAD;
	}
}

static void keep_text(struct arena *texts, struct span *text)
{
	if (text->len)
		*text = arena_span(texts, *text);
	else
		*text = (struct span){NULL, 0};
}

static void copy_report(struct nmea *nmea, struct position_report *report)
{
	struct statics *statics = &report->statics;

	*report = nmea->message.report;
	keep_text(&nmea->texts, &statics->name);
	keep_text(&nmea->texts, &statics->callsign);
	keep_text(&nmea->texts, &statics->imo);
	keep_text(&nmea->texts, &statics->type);
	statics->whole = (struct span){NULL, 0};
}

/* in a log without clock: what base stations told of the minute */
static void derive_time(struct nmea *nmea, enum row_outcome outcome, struct row_reading *reading)
{
	const struct fix *fix = &nmea->message.report.fix;
	int64_t t_ms;

	if (fix->known & KNOWN_SECOND && fix->second < 60) {
		if (!nmea_minute_report(&nmea->minute, fix->second, &t_ms))
			return;
	} else if (outcome == ROW_STATIC && nmea->minute.known) {
		t_ms = nmea->minute.base_ms;
	} else {
		return;
	}
	if (reading->when != WHEN_BAD)
		return;
	set_certain(reading, t_ms);
	reading->notes |= NOTE_DERIVED_TIME;
}

/* the type alone does not tell: a ship's transponder can be made to send it */
static bool is_base_station(const struct aivdm *message)
{
	return message->type == 4 && mmsi_kind(message->report.mmsi) == MMSI_BASE;
}

/* the sentence's own time, else the one that the message tells, else one derived */
static void read_time(struct nmea *nmea, enum row_outcome outcome, const struct sentence *s,
                      struct row_reading *reading)
{
	int64_t utc_ms = nmea->message.utc_ms;
	bool has_utc = utc_ms >= UTC_MIN_MS && utc_ms < UTC_MAX_MS; /* AIVDM_NO_TIME lies below */

	if (s->when != WHEN_BAD) {
		reading->when = s->when;
		reading->t_ms[0] = s->t_ms[0];
		reading->t_ms[1] = s->t_ms[1];
	} else if (has_utc && nmea->message.type == 11) {
		set_certain(reading, utc_ms);
	}
	if (nmea->options.has_clock)
		return;
	if (is_base_station(&nmea->message))
		nmea_minute_set(&nmea->minute, utc_ms);
	else if (!has_utc)
		derive_time(nmea, outcome, reading);
}

bool nmea_line(struct nmea *nmea, struct span line, enum row_outcome *outcome,
               struct position_report *report, struct row_reading *reading)
{
	struct sentence s;

	line = span_trim(line);
	if (!line.len)
		return false;
	*report = (struct position_report){.mmsi = 0};
	*reading = (struct row_reading){.when = WHEN_BAD};
	*outcome = sentence_read(line, nmea->options.when, &s);
	if (s.bad_tags)
		reading->notes |= NOTE_BAD_TAG;
	carry_time(nmea, line, *outcome, &s);
	if (*outcome != ROW_NOT_AIS)
		nmea_minute_pass(&nmea->minute);
	if (*outcome != ROW_USED)
		return true;
	if (!s.checksum)
		reading->notes |= NOTE_NO_CHECKSUM;
	*outcome = read_payload(nmea, &s);
	if (*outcome != ROW_USED)
		return true;
	*outcome = aivdm_read(&nmea->bits, nmea->options.any_id, &nmea->message);
	reading->message = nmea->message.type;
	copy_report(nmea, report);
	read_time(nmea, *outcome, &s, reading);
	if (reading->when == WHEN_BAD && (*outcome == ROW_USED || *outcome == ROW_STATIC))
		*outcome = ROW_NO_TIME;
	return true;
}
