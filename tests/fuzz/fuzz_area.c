/*
 * Area files and circles. Byte 0: even a GeoJSON file, odd a circle; its next bit says whether
 * zones are painted, which is slow.
 */
#include <math.h>

#include "base/mem.h"
#include "base/utc.h"
#include "check.h"
#include "geo/area.h"
#include "geo/zone.h"
#include "split_text.h"

static void check_area(const struct areas *areas, size_t i)
{
	char *json = areas_geojson(areas, i);
	double margin = areas_margin_nm(areas, i);

	CHECK(strlen(areas_name(areas, i)) >= 1);
	CHECK(strlen(areas_name(areas, i)) <= AREA_NAME_MAX);
	CHECK(isfinite(margin) && margin >= 0);
	CHECK(json && json[0] == '{');
	areas_contain(areas, i, 43.1, 131.9);
	areas_contain(areas, i, -90, -180);
	areas_contain(areas, i, 90, 540);
	CHECK(areas_way_out_nm(areas, i, 43.1, 131.9) >= margin);
	free(json);
}

static void check_zones(const struct areas *areas)
{
	struct zones *zones = zones_new(areas);

	for (int lat = -90; lat <= 90; lat += 9) {
		for (int lon = -180; lon < 180; lon += 9) {
			uint8_t zone = zones_at(zones, lat, lon);

			CHECK(zone <= zones->count);
			for (size_t i = 0; i < areas_count(areas); i++)
				CHECK(zone || !areas_contain(areas, i, lat, lon));
		}
	}
	free(zones);
}

/* a circle's text, unless it names a file or an area compiled in */
static char *circle_of(const uint8_t *data, size_t size)
{
	char *spec = mem_new(size + 1, 1);

	if (size)
		memcpy(spec, data, size);
	if (strchr(spec, '/') || strstr(spec, "json") || !strchr(spec, ',')) {
		free(spec);
		return NULL;
	}
	return spec;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct memory_file file;
	struct areas *areas;
	struct diag diag = {""};
	char *circle = NULL;
	enum status status;

	if (size < 2)
		return 0;
	if (data[0] % 2 && !(circle = circle_of(data + 1, size - 1)))
		return 0;
	if (!file.path[0])
		file = memory_file_new();
	memory_file_set(&file, (const char *)data + 1, size - 1);
	areas = areas_new();
	status = areas_add(areas, circle ? circle : file.path, 6 * HOUR_MS, &diag);
	CHECK((status == ST_OK) == (areas_count(areas) > 0));
	CHECK((status == ST_OK) == (diag.text[0] == '\0'));
	for (size_t i = 0; i < areas_count(areas); i++)
		check_area(areas, i);
	if ((data[0] & 0x3E) == 2)
		check_zones(areas);
	areas_free(areas);
	free(circle);
	return 0;
}
