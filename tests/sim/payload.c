/*
 * Field widths, order and values are those of ITU-R M.1371-5 (2014), annex 8, of messages 1 and 3,
 * 4, 5, 9, 18, 21, 24 A and B, and of its six-bit text; characters of the payload are those of IEC
 * 61162-1. What the simulation knows nothing of has its "not available" or 0.
 */
#include "payload.h"

#include <string.h>

#include "calendar.h"

enum { NO_SPEED_KN = 1023, NO_HOUR = 24, NO_MINUTE = 60, GPS = 1, ALTITUDE_M = 150 };

int32_t radio_minutes(int32_t udeg)
{
	int64_t fifths = udeg * INT64_C(3);

	return (int32_t)((fifths + (fifths < 0 ? -2 : 2)) / 5);
}

static void put_character(struct payload *p, uint32_t six)
{
	p->text[p->length++] = (char)(six < 40 ? six + 48 : six + 56);
}

/* the low bits of v, at most 32 */
static void put(struct payload *p, int64_t v, int width)
{
	p->held = p->held << width | ((uint64_t)v & ((UINT64_C(1) << width) - 1));
	p->held_count += width;
	while (p->held_count >= 6) {
		p->held_count -= 6;
		put_character(p, (uint32_t)(p->held >> p->held_count) & 63);
	}
}

static void put_last(struct payload *p)
{
	p->fill = p->held_count > 0 ? 6 - p->held_count : 0;
	put(p, 0, p->fill);
}

/* "@" fills what the text leaves */
static void put_text(struct payload *p, const char *text, int characters)
{
	int length = (int)strlen(text);
	int i;

	for (i = 0; i < characters; i++)
		put(p, i < length ? text[i] : 0, 6);
}

static void put_head(struct payload *p, const struct row *row)
{
	put(p, row->r->message, 6);
	put(p, 0, 2); /* repeat indicator */
	put(p, row->who->mmsi, 30);
}

static void put_position(struct payload *p, const struct row *row)
{
	put(p, 1, 1); /* accuracy */
	put(p, radio_minutes(row->r->p.lon), 28);
	put(p, radio_minutes(row->r->p.lat), 27);
}

static void put_utc_second(struct payload *p, const struct row *row)
{
	put(p, report_second(row->r), 6);
}

/* from the reference point to bow, stern, port and starboard */
static void put_dimensions(struct payload *p, const struct identity *who)
{
	put(p, who->length * 3 / 4, 9);
	put(p, who->length - who->length * 3 / 4, 9);
	put(p, who->width / 2, 6);
	put(p, who->width - who->width / 2, 6);
}

static void class_a(struct payload *p, const struct row *row)
{
	put(p, row->r->nav, 4);
	put(p, 0, 8); /* rate of turn */
	put(p, row->r->sog, 10);
	put_position(p, row);
	put(p, row->r->cog, 12);
	put(p, row->r->heading, 9);
	put_utc_second(p, row);
	put(p, 0, 2); /* manoeuvre */
	put(p, 0, 3); /* spare */
	put(p, 0, 1); /* RAIM */
	put(p, COMM_STATE, 19);
}

static void class_b(struct payload *p, const struct row *row)
{
	put(p, 0, 8); /* spare */
	put(p, row->r->sog, 10);
	put_position(p, row);
	put(p, row->r->cog, 12);
	put(p, row->r->heading, 9);
	put_utc_second(p, row);
	put(p, 0, 2); /* spare */
	put(p, row->kind == CLASS_B_CS, 1);
	put(p, 0, 1); /* display */
	put(p, 1, 1); /* DSC */
	put(p, 1, 1); /* whole band */
	put(p, 1, 1); /* message 22 */
	put(p, 0, 1); /* assigned */
	put(p, 0, 1); /* RAIM */
	put(p, row->kind == CLASS_B_CS, 1);
	put(p, COMM_STATE, 19);
}

static void base_station(struct payload *p, const struct row *row)
{
	struct civil c = civil_of(row->r->t);

	put(p, c.year, 14);
	put(p, c.month, 4);
	put(p, c.day, 5);
	put(p, c.hour, 5);
	put(p, c.minute, 6);
	put(p, c.second, 6);
	put_position(p, row);
	put(p, GPS, 4);
	put(p, 0, 1); /* long-range control */
	put(p, 0, 9); /* spare */
	put(p, 0, 1); /* RAIM */
	put(p, COMM_STATE, 19);
}

static void aircraft(struct payload *p, const struct row *row)
{
	put(p, ALTITUDE_M, 12);
	put(p, row->r->sog == NO_SOG ? NO_SPEED_KN : row->r->sog / 10, 10);
	put_position(p, row);
	put(p, row->r->cog, 12);
	put_utc_second(p, row);
	put(p, 0, 8); /* altitude sensor, spare */
	put(p, 1, 1); /* no data terminal */
	put(p, 0, 3); /* spare */
	put(p, 0, 1); /* assigned */
	put(p, 0, 1); /* RAIM */
	put(p, 0, 1); /* SOTDMA */
	put(p, COMM_STATE, 19);
}

static void aid(struct payload *p, const struct row *row)
{
	put(p, 1, 5); /* a reference point */
	put_text(p, row->who->name, 20);
	put_position(p, row);
	put_dimensions(p, row->who);
	put(p, GPS, 4);
	put_utc_second(p, row);
	put(p, 0, 1); /* off position */
	put(p, 0, 8); /* status */
	put(p, 0, 1); /* RAIM */
	put(p, 0, 1); /* virtual */
	put(p, 0, 1); /* assigned */
	put(p, 0, 1); /* spare */
}

static void static_class_a(struct payload *p, const struct row *row)
{
	put(p, 2, 2); /* version: M.1371-5 */
	put(p, row->who->imo, 30);
	put_text(p, row->who->call, 7);
	put_text(p, row->who->name, 20);
	put(p, row->who->type, 8);
	put_dimensions(p, row->who);
	put(p, GPS, 4);
	put(p, 0, 4 + 5); /* ETA: month and day */
	put(p, NO_HOUR, 5);
	put(p, NO_MINUTE, 6);
	put(p, row->who->draft_dm, 8);
	put_text(p, "", 20); /* destination */
	put(p, 0, 1);        /* data terminal */
	put(p, 0, 1);        /* spare */
}

/* 160 bits: the standard's length, though many transmitters send 168 */
static void static_part_a(struct payload *p, const struct row *row)
{
	put(p, 0, 2);
	put_text(p, row->who->name, 20);
}

static void static_part_b(struct payload *p, const struct row *row)
{
	put(p, 1, 2);
	put(p, row->who->type, 8);
	put_text(p, "SIM", 7); /* maker, model and serial number */
	put_text(p, row->who->call, 7);
	put_dimensions(p, row->who);
	put(p, GPS, 4);
	put(p, 0, 2); /* spare */
}

static void put_body(struct payload *p, const struct row *row, int part)
{
	switch (row->r->message) {
	case 4:
		base_station(p, row);
		break;
	case 5:
		static_class_a(p, row);
		break;
	case 9:
		aircraft(p, row);
		break;
	case 18:
		class_b(p, row);
		break;
	case 21:
		aid(p, row);
		break;
	case 24:
		(part == 0 ? static_part_a : static_part_b)(p, row);
		break;
	default:
		class_a(p, row);
		break;
	}
}

int payload_parts(const struct row *row)
{
	return row->r->message == 24 ? 2 : 1;
}

void payload_make(struct payload *p, const struct row *row, int part)
{
	memset(p, 0, sizeof(*p));
	put_head(p, row);
	put_body(p, row, part);
	put_last(p);
}
