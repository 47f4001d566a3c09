#include "geo/line.h"

#include <math.h>

#include "geo/sphere.h"

static const double STEP_DEG = 0.1;

/* a great circle: the unit vector where it begins, and the one a quarter turn on */
struct circle {
	struct vec start;
	struct vec quarter;
	double angle_rad; /* to the other end, [0, pi] */
};

static struct circle circle_through(double lat1, double lon1, double lat2, double lon2)
{
	struct vec a = sphere_unit(lat1, lon1);
	struct vec b = sphere_unit(lat2, lon2);
	struct vec across = vec_along(b, -vec_dot(a, b), a);
	double sine = sqrt(vec_dot(across, across));
	struct circle c = {a, {0, 0, 0}, atan2(sine, vec_dot(a, b))};

	/* the same or opposite positions leave the way open: by the pole that is ahead */
	if (sine < 1e-12) {
		across = sphere_unit(lat1 > 0.0 ? lat1 - 90.0 : lat1 + 90.0, lon1);
		sine = 1.0;
	}
	c.quarter = vec_along((struct vec){0, 0, 0}, 1.0 / sine, across);
	return c;
}

static void point_at(const struct circle *c, double part, double lonlat[2])
{
	double angle = part * c->angle_rad;
	struct vec zero = {0, 0, 0};

	sphere_position(vec_along(vec_along(zero, cos(angle), c->start), sin(angle), c->quarter),
	                &lonlat[1], &lonlat[0]);
}

static void unroll(struct line *line)
{
	for (size_t i = 1; i < line->n; i++) {
		double step = line->lonlat[i][0] - line->lonlat[i - 1][0];

		line->lonlat[i][0] -= 360.0 * round(step / 360.0);
	}
}

static void set(double lonlat[2], double lon_deg, double lat_deg)
{
	lonlat[0] = lon_normal(lon_deg);
	lonlat[1] = lat_deg;
}

void line_between(struct line *line, double lat1_deg, double lon1_deg, double lat2_deg,
                  double lon2_deg, double from, double to)
{
	struct circle c = circle_through(lat1_deg, lon1_deg, lat2_deg, lon2_deg);
	double steps = ceil(c.angle_rad * (to - from) / (STEP_DEG * DEG));

	/* a NaN makes a line of NaN, which meets nothing */
	steps = fmin(fmax(steps, 1.0), LINE_POINTS_MAX - 1);
	line->n = (size_t)steps + 1;
	for (size_t i = 0; i < line->n; i++)
		point_at(&c, from + (to - from) * (double)i / steps, line->lonlat[i]);
	/* the ends as they were given, without rounding: they may lie on an edge */
	if (from <= 0.0)
		set(line->lonlat[0], lon1_deg, lat1_deg);
	if (to >= 1.0)
		set(line->lonlat[line->n - 1], lon2_deg, lat2_deg);
	unroll(line);
}
