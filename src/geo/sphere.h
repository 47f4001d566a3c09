/* Positions as vectors: unit vectors on the sphere, and points in space on the WGS 84 ellipsoid. */
#ifndef GEO_SPHERE_H
#define GEO_SPHERE_H

#define DEG 0.017453292519943295 /* radians in a degree */

/*
 * Least and greatest radius of curvature of WGS 84 in nautical miles: along the meridian at the
 * equator, a(1 - e^2), and at the poles, a / sqrt(1 - e^2). A distance over the ellipsoid lies
 * between the angle of the two positions on a sphere times one and times the other.
 */
#define RADIUS_LEAST_NM 3420.863
#define RADIUS_MOST_NM  3455.505

struct vec {
	double x, y, z;
};

static inline struct vec vec_sub(struct vec a, struct vec b)
{
	return (struct vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

/* a + t b */
static inline struct vec vec_along(struct vec a, double t, struct vec b)
{
	return (struct vec){a.x + t * b.x, a.y + t * b.y, a.z + t * b.z};
}

static inline double vec_dot(struct vec a, struct vec b)
{
	return a.x * b.x + a.y * b.y + a.z * b.z;
}

/* squared distance from p to the straight segment a-b; *t in [0, 1] is where it is nearest */
static inline double vec_to_segment(struct vec p, struct vec a, struct vec b, double *t)
{
	struct vec ab = vec_sub(b, a);
	struct vec ap = vec_sub(p, a);
	double length2 = vec_dot(ab, ab);
	double at = length2 > 0.0 ? vec_dot(ap, ab) / length2 : 0.0;
	struct vec gap;

	at = at < 0.0 ? 0.0 : at > 1.0 ? 1.0 : at;
	gap = vec_along(ap, -at, ab);
	*t = at;
	return vec_dot(gap, gap);
}

/* the unit vector of a position, latitude taken as it stands (no ellipsoid) */
struct vec sphere_unit(double lat_deg, double lon_deg);
/* the position of a vector of any length but 0; lon [-180, 180] */
void sphere_position(struct vec v, double *lat_deg, double *lon_deg);
/* the angle in radians under which the straight chord between two unit vectors is seen, and back */
double sphere_angle(double chord);
double sphere_chord(double angle_rad);
/* metres from the earth's centre (ECEF) of a position on the WGS 84 ellipsoid */
struct vec ellipsoid_point(double lat_deg, double lon_deg);
/* the same longitude in [-180, 180) */
double lon_normal(double lon_deg);

#endif
