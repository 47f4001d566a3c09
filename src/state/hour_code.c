#include "state/hour_code.h"

#include "base/utc.h"
#include "state/fix_code.h"
#include "state/grid.h"
#include "state/minute_code.h"
#include "state/time_code.h"

enum {
	MODES = 5, /* of minutes */
	MODES_MASK = 31,
	END = 31,
	SPEED_TENTHS = 32,
	WHOLE_SECOND = 64,
	ONE_CELL = 128,

	FLAGS_MASK = 31,
	ALL_FLAGS = FLAGS_MASK | HEARD_NO_GNSS,
	NEXT_HOUR = 32,
	GRID_AT = 6,

	LAT_E7 = 900000000,
	LON_E7 = 1800000000,
	LAT_CELLS = 180 * BOX_STEPS_PER_DEG,
	HALF_TURN = BOX_TURN / 2,
};

/* the hour before */
struct before {
	int64_t hour;
	int32_t lat_e7;
	int32_t lon_e7;
};

static const struct before NOTHING_BEFORE = {.hour = -1};

static inline bool on_grid(unsigned grid, const struct presence_hour *h)
{
	return from_grid(grid, to_grid(grid, h->first_lat_e7)) == h->first_lat_e7 &&
	       from_grid(grid, to_grid(grid, h->first_lon_e7)) == h->first_lon_e7;
}

static unsigned grid_of(const struct presence_hour *h)
{
	return on_grid(GRID_E5, h)    ? GRID_E5
	       : on_grid(GRID_AIS, h) ? GRID_AIS
	       : on_grid(GRID_E6, h)  ? GRID_E6
	                              : GRID_E7;
}

static int first_minute(const struct presence_hour *h)
{
	return __builtin_ctzll(h->satellite_minutes | h->other_minutes);
}

/* the cell of the first position, which was rounded: it may lie one beside the box */
static void cell_of(const struct presence_hour *h, int32_t *lat, int32_t *lon)
{
	const int32_t cell_e7_9 = 500000; /* nine cells of 1/180 degree: 0.05 degrees */

	*lat = (int32_t)(((int64_t)h->first_lat_e7 + LAT_E7) * 9 / cell_e7_9);
	*lon = (int32_t)(((int64_t)h->first_lon_e7 + LON_E7) * 9 / cell_e7_9);
}

static bool spans_greenwich(const struct presence_box *box)
{
	return box->lon_min < HALF_TURN && box->lon_max >= HALF_TURN;
}

static uint16_t from_greenwich(uint16_t lon)
{
	return (uint16_t)(lon < HALF_TURN ? lon + HALF_TURN : lon - HALF_TURN);
}

static bool is_one_cell(const struct presence_hour *h)
{
	int32_t lat;
	int32_t lon;

	cell_of(h, &lat, &lon);
	return h->box.lat_min == lat && h->box.lat_max == lat && h->box.lon_min == lon &&
	       h->box.lon_max == lon;
}

static void put_box(struct code_out *out, const struct presence_hour *h)
{
	const struct presence_box *box = &h->box;
	int32_t lat;
	int32_t lon;

	cell_of(h, &lat, &lon);
	code_signed(out, lat - box->lat_min);
	code_signed(out, box->lat_max - lat);
	code_signed(out, lon - box->lon_min);
	code_signed(out, box->lon_max - lon);
	if (spans_greenwich(box)) {
		code_varint(out, box->east_min);
		code_varint(out, box->east_max);
	}
}

static void put_first(struct code_out *out, const struct before *before,
                      const struct presence_hour *h, unsigned grid)
{
	int64_t ms = (int64_t)h->first_ms - first_minute(h) * MINUTE_MS;

	code_varint(out, (uint64_t)(ms % 1000 ? ms : ms / 1000));
	code_signed(out, to_grid(grid, h->first_lat_e7) - to_grid(grid, before->lat_e7));
	code_signed(out, to_grid(grid, h->first_lon_e7) - to_grid(grid, before->lon_e7));
}

/* a satellite's report sets its flag and its minutes, a terrestrial one its flag and others */
static bool minutes_valid(const struct presence_hour *h)
{
	return (h->satellite_minutes | h->other_minutes) &&
	       !((h->satellite_minutes | h->other_minutes) & ~ALL_MINUTES) &&
	       !(h->flags & HEARD_SATELLITE) == !h->satellite_minutes &&
	       (!(h->flags & HEARD_TERRESTRIAL) || h->other_minutes);
}

static bool hour_in_range(int64_t hour)
{
	return hour >= TIME_LEAST_MS / HOUR_MS && hour < TIME_MOST_MS / HOUR_MS;
}

/* the box holds the first position or begins beside it, and its ends agree */
static bool box_valid(const struct presence_hour *h)
{
	const struct presence_box *box = &h->box;
	uint16_t east = from_greenwich(box->lon_min);
	uint16_t west = from_greenwich(box->lon_max);
	int32_t lat;
	int32_t lon;

	cell_of(h, &lat, &lon);
	if (box->lat_min > lat + 1 || box->lat_max < lat - 1 || box->lat_min > box->lat_max ||
	    box->lat_max > LAT_CELLS || box->lon_min > lon + 1 || box->lon_max < lon - 1 ||
	    box->lon_min > box->lon_max || box->lon_max >= BOX_TURN || box->east_max >= BOX_TURN)
		return false;
	return spans_greenwich(box) ? box->east_min <= west && box->east_max >= east
	                            : box->east_min == east && box->east_max == west;
}

/* what decoding asks for, so that nothing is written that would be refused */
static bool is_valid(int64_t hour, const struct presence_hour *h)
{
	int64_t ms = minutes_valid(h) ? h->first_ms - first_minute(h) * MINUTE_MS : -1;

	return hour_in_range(hour) && ms >= 0 && ms < MINUTE_MS && h->first_lat_e7 >= -LAT_E7 &&
	       h->first_lat_e7 <= LAT_E7 && h->first_lon_e7 >= -LON_E7 &&
	       h->first_lon_e7 <= LON_E7 && box_valid(h) && h->flags <= ALL_FLAGS &&
	       (h->flags & HEARD_SPEED ? speed_valid(h->sog_kn) : h->sog_kn >= 0 && h->sog_kn <= 0);
}

/* five bits for six flags: a vessel heard by satellite has such minutes, and else none */
static unsigned put_flags(const struct presence_hour *h)
{
	unsigned turned = h->flags & HEARD_NO_GNSS ? HEARD_SATELLITE : 0;

	return (h->flags & FLAGS_MASK) ^ turned;
}

/* its minutes are known */
static uint8_t get_flags(unsigned bits, const struct presence_hour *h)
{
	bool turned = !(bits & HEARD_SATELLITE) != !h->satellite_minutes;

	return (uint8_t)(turned ? (bits ^ HEARD_SATELLITE) | HEARD_NO_GNSS : bits);
}

static void put_hour(struct code_out *out, struct before *before, int64_t hour,
                     const struct presence_hour *h)
{
	unsigned other = minutes_mode(h->other_minutes);
	unsigned satellite = minutes_mode(h->satellite_minutes);
	unsigned grid = grid_of(h);
	bool tenths = h->flags & HEARD_SPEED && tenths_exact(h->sog_kn);
	bool next = hour == before->hour + 1;
	bool one_cell = is_one_cell(h);

	out->bad = out->bad || !is_valid(hour, h);
	code_byte(out, (uint8_t)(other * MODES + satellite) | (tenths ? SPEED_TENTHS : 0) |
	                   (h->first_ms % 1000 ? 0 : WHOLE_SECOND) | (one_cell ? ONE_CELL : 0));
	code_byte(out, (uint8_t)(put_flags(h) | (next ? NEXT_HOUR : 0) | grid << GRID_AT));
	if (!next)
		code_varint(out, (uint64_t)(hour - before->hour - 2));
	minutes_encode(out, other, h->other_minutes);
	minutes_encode(out, satellite, h->satellite_minutes);
	put_first(out, before, h, grid);
	if (!one_cell)
		put_box(out, h);
	if (h->flags & HEARD_SPEED)
		tenths_encode(out, h->sog_kn, tenths);
	*before = (struct before){hour, h->first_lat_e7, h->first_lon_e7};
}

void hours_encode(struct code_out *out, const struct presence *presence)
{
	struct before before = NOTHING_BEFORE;

	for (uint32_t i = 0; i < presence->count; i++) {
		const struct presence_hour *hours = presence->at[i].block->hours;

		for (int h = 0; h < BLOCK_HOURS; h++) {
			if (hours[h].satellite_minutes | hours[h].other_minutes)
				put_hour(out, &before,
				         (int64_t)presence->at[i].index * BLOCK_HOURS + h,
				         &hours[h]);
		}
	}
	code_byte(out, END);
}

/* before + delta on a grid, back in 1e-7 degrees; false when that is beyond `most` either way */
static bool get_degrees(struct code_in *in, unsigned grid, int32_t before, int32_t most,
                        int32_t *e7)
{
	int64_t delta = code_get_signed(in);
	int64_t value;

	/* twice the whole circle: what is farther is no position, and here nothing overflows */
	if (delta > 2 * (int64_t)LON_E7 || delta < -2 * (int64_t)LON_E7)
		return false;
	value = from_grid(grid, to_grid(grid, before) + delta);
	*e7 = (int32_t)value;
	return value >= -most && value <= most;
}

static bool get_first(struct code_in *in, const struct before *before, struct presence_hour *h,
                      unsigned grid, bool whole)
{
	uint64_t part = code_get_varint(in);

	if (part >= (uint64_t)(whole ? 60 : MINUTE_MS))
		return false;
	h->first_ms = (uint32_t)(first_minute(h) * MINUTE_MS) + (uint32_t)part * (whole ? 1000 : 1);
	return get_degrees(in, grid, before->lat_e7, LAT_E7, &h->first_lat_e7) &&
	       get_degrees(in, grid, before->lon_e7, LON_E7, &h->first_lon_e7);
}

/* cell + sign * beyond, which is at least -1; false when it is not in [0, limit) */
static bool get_end(struct code_in *in, int32_t cell, int sign, int32_t limit, uint16_t *end)
{
	int64_t beyond = code_get_signed(in);
	int64_t value;

	if (beyond < -1 || beyond > BOX_TURN)
		return false;
	value = cell + sign * beyond;
	*end = (uint16_t)value;
	return value >= 0 && value < limit;
}

/* the ends from Greenwich: each reaches at least as far as those from 180 W say */
static bool get_east(struct code_in *in, struct presence_box *box)
{
	uint64_t low = code_get_varint(in);
	uint64_t high = code_get_varint(in);

	if (low > (uint64_t)from_greenwich(box->lon_max) || high >= BOX_TURN ||
	    high < (uint64_t)from_greenwich(box->lon_min))
		return false;
	box->east_min = (uint16_t)low;
	box->east_max = (uint16_t)high;
	return true;
}

static bool get_ends(struct code_in *in, struct presence_box *box, int32_t lat, int32_t lon)
{
	return get_end(in, lat, -1, LAT_CELLS + 1, &box->lat_min) &&
	       get_end(in, lat, 1, LAT_CELLS + 1, &box->lat_max) &&
	       get_end(in, lon, -1, BOX_TURN, &box->lon_min) &&
	       get_end(in, lon, 1, BOX_TURN, &box->lon_max) && box->lat_min <= box->lat_max &&
	       box->lon_min <= box->lon_max;
}

static bool get_box(struct code_in *in, struct presence_hour *h, bool one_cell)
{
	struct presence_box *box = &h->box;
	int32_t lat;
	int32_t lon;

	cell_of(h, &lat, &lon);
	if (one_cell) {
		if (lon >= BOX_TURN)
			return false;
		box->lat_min = box->lat_max = (uint16_t)lat;
		box->lon_min = box->lon_max = (uint16_t)lon;
	} else if (!get_ends(in, box, lat, lon)) {
		return false;
	}
	if (spans_greenwich(box))
		return get_east(in, box);
	box->east_min = from_greenwich(box->lon_min);
	box->east_max = from_greenwich(box->lon_max);
	return true;
}

static bool get_minutes(struct code_in *in, unsigned modes, unsigned flags, struct presence_hour *h)
{
	if (modes >= MODES * MODES || !minutes_decode(in, modes / MODES, &h->other_minutes) ||
	    !minutes_decode(in, modes % MODES, &h->satellite_minutes))
		return false;
	h->flags = get_flags(flags & FLAGS_MASK, h);
	return minutes_valid(h);
}

static bool get_speed(struct code_in *in, unsigned form, struct presence_hour *h)
{
	if (!(h->flags & HEARD_SPEED))
		return !(form & SPEED_TENTHS);
	h->sog_kn = tenths_decode(in, form & SPEED_TENTHS);
	return speed_valid(h->sog_kn);
}

static bool get_hour_number(struct code_in *in, unsigned second, const struct before *before,
                            int64_t *hour)
{
	uint64_t skipped = second & NEXT_HOUR ? 0 : code_get_varint(in) + 1;

	if (skipped > TIME_MOST_MS / HOUR_MS)
		return false;
	*hour = before->hour + 1 + (int64_t)skipped;
	return hour_in_range(*hour);
}

static bool get_hour(struct code_in *in, unsigned form, struct before *before,
                     struct presence_hour *h)
{
	unsigned second = code_get_byte(in);

	*h = (struct presence_hour){0};
	if (!get_hour_number(in, second, before, &before->hour) ||
	    !get_minutes(in, form & MODES_MASK, second, h) ||
	    !get_first(in, before, h, second >> GRID_AT, form & WHOLE_SECOND) ||
	    !get_box(in, h, form & ONE_CELL) || !get_speed(in, form, h))
		return false;
	before->lat_e7 = h->first_lat_e7;
	before->lon_e7 = h->first_lon_e7;
	return !in->bad;
}

bool hours_decode(struct code_in *in, struct presence *presence, struct arena *arena)
{
	struct before before = NOTHING_BEFORE;
	unsigned form;

	while ((form = code_get_byte(in)) != END) {
		struct presence_hour hour;

		if (in->bad || !get_hour(in, form, &before, &hour))
			return false;
		*presence_put(presence, arena, before.hour) = hour;
	}
	return true;
}
