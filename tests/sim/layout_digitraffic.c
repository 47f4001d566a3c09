/* Digitraffic (Finland): one GeoJSON FeatureCollection, in one line. */
#include "json.h"

#include <stddef.h>

static void put_feature(struct out *o, const struct row *row)
{
	(void)row;
	out_text(o, "\"Feature\"");
}

static void put_point(struct out *o, const struct row *row)
{
	out_text(o, "{\"type\":\"Point\",\"coordinates\":[");
	put_radio_lon6(o, row);
	out_char(o, ',');
	put_radio_lat6(o, row);
	out_text(o, "]}");
}

/* "timestamp" is the UTC second alone; the time is timestampExternal */
static const struct column digitraffic_properties[] = {
    {"mmsi", put_mmsi},
    {"sog", put_sog},
    {"cog", put_cog},
    {"navStat", put_nav},
    {"rot", put_zero},
    {"posAcc", put_true},
    {"raim", put_false},
    {"heading", put_heading},
    {"timestamp", put_second},
    {"timestampExternal", put_epoch_ms},
    {NULL, NULL},
};

static void put_properties(struct out *o, const struct row *row)
{
	json_object(o, row, digitraffic_properties);
}

static const struct column digitraffic[] = {
    {"mmsi", put_mmsi},
    {"type", put_feature},
    {"geometry", put_point},
    {"properties", put_properties},
    {NULL, NULL},
};

/* one line; dataUpdatedTime is the service's clock and no report's, and the same in every file */
const struct layout layout_digitraffic = {
    .name = "digitraffic",
    .about = "Digitraffic, one GeoJSON FeatureCollection",
    .writer = &json_array_writer,
    .preamble = "{\"type\":\"FeatureCollection\",\"dataUpdatedTime\":\"2025-03-01T00:00:00Z\","
                "\"features\":[",
    .postamble = "]}\n",
    .columns = digitraffic,
};
