#include "cli/launch.h"

#include "aisgap/detect.h"
#include "cli/command.h"

int launch(const struct option_table *const *tables, int argc, char **argv, int (*help)(void),
           int (*run)(struct settings *settings))
{
	struct settings settings;
	struct diag diag;
	int result;

	settings_init(&settings);
	if (options_parse(tables, argc, argv, &settings, &settings.inputs, &diag) != ST_OK)
		result = command_fail(AISGAP_USAGE, diag.text);
	else if (settings.help)
		result = help();
	else if (settings.version)
		result = command_version();
	else
		result = run(&settings);
	settings_free(&settings);
	return result;
}
