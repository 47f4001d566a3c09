#include <stdio.h>
#include <stdlib.h>

#include "aisgap/detect.h"
#include "cli/command.h"

int cmd_areas(int argc, char **argv)
{
	char *geojson;

	(void)argv;
	if (argc)
		return command_fail(AISGAP_USAGE,
		                    "areas takes no argument; it prints the built-in areas as "
		                    "GeoJSON, a start for an area file of your own");
	geojson = aisgap_areas_geojson();
	fputs(geojson, stdout);
	free(geojson);
	return command_flush();
}
