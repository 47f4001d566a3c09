#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aisgap/detect.h"
#include "cli/command.h"

int cmd_areas(int argc, char **argv)
{
	char *geojson;

	if (argc == 1 && (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0)) {
		puts("Usage: aisgap areas\n\n"
		     "Prints the built-in areas as GeoJSON (WGS 84 degrees; margin_nm in nautical\n"
		     "miles), a start for an area file of your own.");
		return command_flush();
	}
	if (argc)
		return command_fail(AISGAP_USAGE,
		                    "areas takes no argument; it prints the built-in areas as "
		                    "GeoJSON, a start for an area file of your own");
	geojson = aisgap_areas_geojson();
	fputs(geojson, stdout);
	free(geojson);
	return command_flush();
}
