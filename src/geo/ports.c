#include "geo/ports.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/mem.h"
#include "base/num.h"
#include "geo/geodesic.h"
#include "geo/sphere.h"

static const char *const PORTS_FILE = "ports.csv";

/* the columns, in the order of the file */
enum column {
	COL_NAME,
	COL_LAT,
	COL_LON,
	COL_COUNTRY,
	COL_REGION,
	COL_KIND,
	COL_APPROACH_LAT,
	COL_APPROACH_LON,
	COL_CHANNEL_NM,
	COL_FREEZES,
	COL_SOURCE,
	COL_COUNT
};

static const struct {
	const char *name;
	enum port_kind kind;
} KINDS[] = {
    {"port", PORT_PORT},         {"terminal", PORT_TERMINAL}, {"anchorage", PORT_ANCHORAGE},
    {"waypoint", PORT_WAYPOINT}, {"town", PORT_TOWN},
};

struct ports {
	struct port *items;
	struct vec *units; /* of the same positions */
	size_t count;
	size_t cap;
	struct arena names;
};

/*
 * Cuts the first field off a row (RFC 4180, without line breaks inside quotes, of which our own
 * file has none). The field is a copy without its quotes.
 */
static struct span cut_field(struct span *row, struct arena *arena)
{
	char *field = arena_new(arena, row->len + 1);
	size_t len = 0;
	size_t i = 0;
	bool quoted = false;

	for (; i < row->len && (quoted || row->ptr[i] != ','); i++) {
		bool quote = row->ptr[i] == '"';
		bool doubled = quote && quoted && i + 1 < row->len && row->ptr[i + 1] == '"';

		if (quote && !doubled)
			quoted = !quoted;
		else
			field[len++] = row->ptr[i];
		i += doubled;
	}
	i = i < row->len ? i + 1 : i;
	*row = (struct span){row->ptr + i, row->len - i};
	return (struct span){field, len};
}

static bool read_kind(struct span text, enum port_kind *kind)
{
	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
		if (span_eq(text, span_of(KINDS[i].name))) {
			*kind = KINDS[i].kind;
			return true;
		}
	}
	return false;
}

static bool read_position(struct span lat, struct span lon, double *lat_deg, double *lon_deg)
{
	return num_double(lat, lat_deg) && num_double(lon, lon_deg) && fabs(*lat_deg) <= 90.0 &&
	       fabs(*lon_deg) <= 180.0;
}

/* all three of its columns, or none */
static bool read_approach(const struct span *fields, struct port *port)
{
	port->approach_lat_deg = NAN;
	port->approach_lon_deg = NAN;
	port->channel_nm = NAN;
	if (!fields[COL_APPROACH_LAT].len && !fields[COL_APPROACH_LON].len &&
	    !fields[COL_CHANNEL_NM].len)
		return true;
	return read_position(fields[COL_APPROACH_LAT], fields[COL_APPROACH_LON],
	                     &port->approach_lat_deg, &port->approach_lon_deg) &&
	       num_double(fields[COL_CHANNEL_NM], &port->channel_nm) && port->channel_nm >= 0.0;
}

static bool read_port(struct span row, struct port *port, struct arena *names)
{
	struct arena scratch = {0};
	struct span fields[COL_COUNT];
	bool ok;

	for (size_t i = 0; i < COL_COUNT; i++)
		fields[i] = cut_field(&row, &scratch);
	port->freezes = span_eq(fields[COL_FREEZES], SPAN("yes"));
	ok = fields[COL_NAME].len && fields[COL_COUNTRY].len == 2 &&
	     read_position(fields[COL_LAT], fields[COL_LON], &port->lat_deg, &port->lon_deg) &&
	     span_copy(fields[COL_COUNTRY], port->country, sizeof port->country) &&
	     read_kind(fields[COL_KIND], &port->kind) && read_approach(fields, port) &&
	     (port->freezes || !fields[COL_FREEZES].len);
	if (ok) {
		port->name = arena_span(names, fields[COL_NAME]);
		port->region = arena_span(names, fields[COL_REGION]);
	}
	arena_free(&scratch);
	return ok;
}

static void add_port(struct ports *ports, const struct port *port)
{
	size_t cap = ports->cap;

	ports->items =
	    mem_grow(ports->items, &ports->cap, ports->count + 1, 64, sizeof *ports->items);
	ports->units = mem_grow(ports->units, &cap, ports->count + 1, 64, sizeof *ports->units);
	ports->units[ports->count] = sphere_unit(port->lat_deg, port->lon_deg);
	ports->items[ports->count++] = *port;
}

struct ports *ports_new(void)
{
	struct ports *ports = mem_new(1, sizeof *ports);
	struct span rest = embed_find(PORTS_FILE);
	struct span row;

	span_cut(rest, '\n', &row, &rest); /* the header */
	while (rest.len) {
		struct port port;

		span_cut(rest, '\n', &row, &rest);
		if (read_port(span_trim(row), &port, &ports->names))
			add_port(ports, &port);
	}
	return ports;
}

void ports_free(struct ports *ports)
{
	if (!ports)
		return;
	free(ports->items);
	free(ports->units);
	arena_free(&ports->names);
	free(ports);
}

size_t ports_count(const struct ports *ports)
{
	return ports->count;
}

const struct port *ports_at(const struct ports *ports, size_t i)
{
	return &ports->items[i];
}

static bool is_call(const struct port *port)
{
	return port->kind == PORT_PORT || port->kind == PORT_TERMINAL;
}

static double chord_to(const struct ports *ports, size_t i, struct vec p)
{
	struct vec d = vec_sub(ports->units[i], p);

	return sqrt(vec_dot(d, d));
}

/* the greatest chord on the unit sphere at which a port can still be the nearest one within max_nm
 */
static double chord_limit(const struct ports *ports, struct vec p, double max_nm)
{
	double least = 2.0;

	for (size_t i = 0; i < ports->count; i++) {
		if (is_call(&ports->items[i]))
			least = fmin(least, chord_to(ports, i, p));
	}
	/* the sphere may rank two ports wrongly when they differ by less than its radii do */
	return sphere_chord(fmin(sphere_angle(least) * RADIUS_MOST_NM, max_nm) / RADIUS_LEAST_NM) *
	       (1.0 + 1e-12);
}

const struct port *ports_nearest(const struct ports *ports, double lat_deg, double lon_deg,
                                 double max_nm, double *distance_nm)
{
	struct vec p = sphere_unit(lat_deg, lon_deg);
	double limit = chord_limit(ports, p, max_nm);
	const struct port *best = NULL;

	*distance_nm = NAN;
	for (size_t i = 0; i < ports->count; i++) {
		const struct port *port = &ports->items[i];
		double d;

		if (!is_call(port) || !(chord_to(ports, i, p) <= limit))
			continue;
		d = geo_distance_nm(lat_deg, lon_deg, port->lat_deg, port->lon_deg);
		if (!(d <= max_nm) || (best && d > *distance_nm))
			continue;
		if (!best || d < *distance_nm || span_cmp(port->name, best->name) < 0) {
			best = port;
			*distance_nm = d;
		}
	}
	return best;
}
