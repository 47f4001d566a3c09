#include "geo/sphere.h"

#include <math.h>

/* WGS 84 (NGA.STND.0036, table 3.1); e^2 = f (2 - f) */
static const double A_M = 6378137.0;
static const double E2 = 0.0066943799901413165;

static const double PI = 3.14159265358979323846;

struct vec sphere_unit(double lat_deg, double lon_deg)
{
	double lat = lat_deg * DEG;
	double lon = lon_deg * DEG;

	return (struct vec){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

void sphere_position(struct vec v, double *lat_deg, double *lon_deg)
{
	*lat_deg = atan2(v.z, hypot(v.x, v.y)) / DEG;
	*lon_deg = atan2(v.y, v.x) / DEG;
}

double sphere_angle(double chord)
{
	return 2.0 * asin(fmin(chord / 2.0, 1.0));
}

double sphere_chord(double angle_rad)
{
	return 2.0 * sin(fmin(angle_rad, PI) / 2.0);
}

struct vec ellipsoid_point(double lat_deg, double lon_deg)
{
	struct vec n = sphere_unit(lat_deg, lon_deg);
	double radius = A_M / sqrt(1.0 - E2 * n.z * n.z);

	return (struct vec){radius * n.x, radius * n.y, radius * (1.0 - E2) * n.z};
}

double lon_normal(double lon_deg)
{
	double lon;

	/* as it is: adding and taking away 180 may move a corner by its last bit */
	if (lon_deg >= -180.0 && lon_deg < 180.0)
		return lon_deg;
	lon = fmod(lon_deg + 180.0, 360.0);
	if (lon < 0.0)
		lon += 360.0;
	/* a tiny negative remainder rounds up to 360 */
	return lon >= 360.0 ? -180.0 : lon - 180.0;
}
