/* Ports (data/ports.csv, compiled in): the nearest one to a position. */
#ifndef GEO_PORTS_H
#define GEO_PORTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum port_kind { PORT_PORT, PORT_TERMINAL, PORT_ANCHORAGE, PORT_WAYPOINT, PORT_TOWN };

struct port {
	struct span name;
	double lat_deg;
	double lon_deg;
	char country[3];    /* ISO 3166 alpha-2 */
	struct span region; /* waters that no ship leaves for those of another */
	enum port_kind kind;
	/* where a ship leaves the sea for a channel to the port, and how long that is; else NAN */
	double approach_lat_deg;
	double approach_lon_deg;
	double channel_nm;
	bool freezes; /* ships lie there in the ice: see the row's source */
};

struct ports;

/* the compiled-in table; a row that cannot be read ends the program's tests, not its runs */
struct ports *ports_new(void);
void ports_free(struct ports *ports);
size_t ports_count(const struct ports *ports);
const struct port *ports_at(const struct ports *ports, size_t i);
/* the nearest port or terminal within max_nm and its distance; NULL (distance NAN) when there is
 * none */
const struct port *ports_nearest(const struct ports *ports, double lat_deg, double lon_deg,
                                 double max_nm, double *distance_nm);

#endif
