#include "geo/geodesic.h"

#include <geodesic.h>
#include <pthread.h>

/* WGS 84: semi-major axis in metres and flattening (NGA.STND.0036, table 3.1) */
static const double WGS84_A_M = 6378137.0;
static const double WGS84_F = 1.0 / 298.257223563;

static struct geod_geodesic wgs84;
static pthread_once_t wgs84_once = PTHREAD_ONCE_INIT;

static void init_wgs84(void)
{
	geod_init(&wgs84, WGS84_A_M, WGS84_F);
}

double geo_distance_nm(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg)
{
	double metres;

	pthread_once(&wgs84_once, init_wgs84);
	geod_inverse(&wgs84, lat1_deg, lon1_deg, lat2_deg, lon2_deg, &metres, NULL, NULL);
	return metres / NM_M;
}

void geo_direct(double lat_deg, double lon_deg, double azimuth_deg, double distance_nm,
                double *lat2_deg, double *lon2_deg)
{
	pthread_once(&wgs84_once, init_wgs84);
	geod_direct(&wgs84, lat_deg, lon_deg, azimuth_deg, distance_nm * NM_M, lat2_deg, lon2_deg,
	            NULL);
}
