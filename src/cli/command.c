#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "aisgap/detect.h"

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
