#include "judge/berth.h"

#include <math.h>
#include <string.h>

#include "geo/geodesic.h"

static const double STILL_KN = 0.5;
static const double PORT_NM = 3.0;   /* from a port's position to its farthest berths and roads */
static const double PORT_DEG = 0.06; /* of latitude: more than PORT_NM anywhere */
static const double PLACE_NM = 0.5;  /* how far a ship swings round its anchor, and GPS is off */
static const double TRIP_KN = 12.0;

static bool is_still(const struct fix *fix)
{
	return fix_is_moored(fix) || (fix->known & KNOWN_SOG && fix->sog_kn < STILL_KN);
}

static bool is_call(const struct port *port)
{
	return port->kind == PORT_PORT || port->kind == PORT_TERMINAL;
}

const struct port *berth_moored(const struct ports *ports, const struct fix *fix)
{
	const struct port *best = NULL;
	double best_nm = PORT_NM;

	for (size_t i = 0; is_still(fix) && i < ports_count(ports); i++) {
		const struct port *port = ports_at(ports, i);
		double nm;

		if ((!is_call(port) && port->kind != PORT_ANCHORAGE) ||
		    fabs(port->lat_deg - fix->lat_deg) > PORT_DEG)
			continue;
		nm = geo_distance_nm(fix->lat_deg, fix->lon_deg, port->lat_deg, port->lon_deg);
		if (nm < best_nm || (nm <= best_nm && !best)) {
			best = port;
			best_nm = nm;
		}
	}
	return best;
}

/* out by the one's channel, over the sea, in by the other's */
static double way_nm(const struct fix *off, const struct port *from, const struct port *to)
{
	bool out = !isnan(from->channel_nm);
	bool in = !isnan(to->channel_nm);
	double sea_nm = geo_distance_nm(out ? from->approach_lat_deg : off->lat_deg,
	                                out ? from->approach_lon_deg : off->lon_deg,
	                                in ? to->approach_lat_deg : to->lat_deg,
	                                in ? to->approach_lon_deg : to->lon_deg);

	return (out ? from->channel_nm : 0.0) + sea_nm + (in ? to->channel_nm : 0.0);
}

static bool is_abroad(const struct port *from, const struct port *to)
{
	return is_call(to) && span_eq(to->region, from->region) &&
	       strcmp(to->country, from->country) != 0;
}

static const struct port *find_roundtrip(const struct ports *ports, const struct fix *off,
                                         const struct port *from, double silence_h)
{
	const struct port *best = NULL;
	double best_nm = silence_h * TRIP_KN / 2.0;

	for (size_t i = 0; i < ports_count(ports); i++) {
		const struct port *to = ports_at(ports, i);
		double nm;

		if (!is_abroad(from, to))
			continue;
		nm = way_nm(off, from, to);
		if (nm < best_nm || (nm <= best_nm && !best)) {
			best = to;
			best_nm = nm;
		}
	}
	return best;
}

static bool is_in_place(const struct gap *gap)
{
	if (gap->open)
		return true;
	return is_still(&gap->on) && geo_distance_nm(gap->off.lat_deg, gap->off.lon_deg,
	                                             gap->on.lat_deg, gap->on.lon_deg) <= PLACE_NM;
}

void berth_look(const struct ports *ports, const struct gap *gap, double silence_h,
                struct berth *berth)
{
	*berth = (struct berth){.port = berth_moored(ports, &gap->off)};
	if (!berth->port)
		return;
	berth->in_place = is_in_place(gap);
	berth->roundtrip = find_roundtrip(ports, &gap->off, berth->port, silence_h);
}
