/* Distances on the WGS 84 ellipsoid, by PROJ (Karney 2013, "Algorithms for geodesics"). */
#ifndef GEO_GEODESIC_H
#define GEO_GEODESIC_H

#define NM_M 1852.0 /* metres in a nautical mile (BIPM SI brochure) */

/* nautical miles between two positions in degrees (lat [-90, 90], any finite lon) */
double geo_distance_nm(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg);
/* where one arrives after `distance_nm` on a geodesic that leaves at `azimuth_deg`; lon [-180, 180]
 */
void geo_direct(double lat_deg, double lon_deg, double azimuth_deg, double distance_nm,
                double *lat2_deg, double *lon2_deg);

#endif
