/* What the files that take options share: a setting kept once, a flag. */
#ifndef CLI_SETTINGS_TAKE_H
#define CLI_SETTINGS_TAKE_H

#include "cli/settings.h"

/* keeps the argument in an empty member; ST_USAGE when the option was given before */
enum status settings_keep(const char *name, const char *argument, const char **member,
                          struct diag *diag);

/* options that only keep their argument, or set a flag */
#define KEEP(function, name, member)                                                               \
	static enum status function(void *settings, const char *argument, struct diag *diag)       \
	{                                                                                          \
		return settings_keep(name, argument, &((struct settings *)settings)->member,       \
		                     diag);                                                        \
	}
#define FLAG(function, member)                                                                     \
	static enum status function(void *settings, const char *argument, struct diag *diag)       \
	{                                                                                          \
		(void)argument;                                                                    \
		(void)diag;                                                                        \
		((struct settings *)settings)->member = true;                                      \
		return ST_OK;                                                                      \
	}

#endif
