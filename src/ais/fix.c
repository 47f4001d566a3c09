#include "ais/fix.h"

#include "geo/sphere.h"

static int order_double(double a, double b)
{
	return (a > b) - (a < b);
}

/* what is not known sorts last */
static int order_known(bool a_known, double a, bool b_known, double b)
{
	if (a_known != b_known)
		return a_known ? -1 : 1;
	return a_known ? order_double(a, b) : 0;
}

static int order_field(const struct fix *a, const struct fix *b, int bit, double av, double bv)
{
	return order_known(a->known & bit, av, b->known & bit, bv);
}

int fix_cmp(const struct fix *a, const struct fix *b)
{
	int order;

	if (a->t_ms != b->t_ms)
		return a->t_ms < b->t_ms ? -1 : 1;
	if ((order = order_double(a->lat_deg, b->lat_deg)))
		return order;
	if ((order = order_double(a->lon_deg, b->lon_deg)))
		return order;
	if ((order = order_field(a, b, KNOWN_SOG, a->sog_kn, b->sog_kn)))
		return order;
	if ((order = order_field(a, b, KNOWN_COG, a->cog_deg, b->cog_deg)))
		return order;
	if ((order = order_field(a, b, KNOWN_HEADING, a->heading_deg, b->heading_deg)))
		return order;
	if ((order = order_field(a, b, KNOWN_NAV_STATUS, a->nav_status, b->nav_status)))
		return order;
	if ((order = order_field(a, b, KNOWN_SECOND, a->second, b->second)))
		return order;
	if ((order = order_known(a->ais_class, a->ais_class, b->ais_class, b->ais_class)))
		return order;
	return order_known(a->source, a->source, b->source, b->source);
}

double fix_wrap_lon(double lon_deg)
{
	return lon_normal(lon_deg) + 0.0;
}
