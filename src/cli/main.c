#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "aisgap/detect.h"
#include "cli/command.h"

static const struct command COMMANDS[] = {
    {"detect", "find gaps in AIS exports (the default)", cmd_detect},
    {"areas", "print the built-in areas as GeoJSON", cmd_areas},
};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

const struct command *command_at(int i)
{
	return i < COMMAND_COUNT ? &COMMANDS[i] : NULL;
}

int command_fail(int status, const char *text)
{
	fprintf(stderr, "aisgap: %s\n", text);
	return status;
}

int command_flush(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return AISGAP_OK;
	if (errno == EPIPE)
		return AISGAP_OK;
	fprintf(stderr, "aisgap: (standard output): %s\n", strerror(errno));
	return AISGAP_FAILED;
}

int main(int argc, char **argv)
{
	/* a reader that went away is seen as a failed write, not as a signal */
	signal(SIGPIPE, SIG_IGN);
	for (int i = 0; argc > 1 && i < COMMAND_COUNT; i++) {
		if (strcmp(argv[1], COMMANDS[i].name) == 0)
			return COMMANDS[i].run(argc - 2, argv + 2);
	}
	return cmd_detect(argc - 1, argv + (argc > 0));
}
