#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "aisgap/detect.h"
#include "text/utf8.h"

/* characters of a message, which may quote strangers */
enum { COMMAND_TEXT = 600 };

void command_print(const char *text)
{
	char clean[COMMAND_TEXT * UTF8_CHAR_SIZE];
	size_t len = utf8_clean(span_of(text), COMMAND_TEXT, clean);

	fprintf(stderr, "%.*s\n", (int)len, clean);
}

int command_fail(int status, const char *text)
{
	fputs("aisgap: ", stderr);
	command_print(text);
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

int command_version(void)
{
	puts("aisgap " AISGAP_VERSION);
	return command_flush();
}
