#include <signal.h>
#include <string.h>

#include "cli/command.h"

int main(int argc, char **argv)
{
	/* a reader that went away is seen as a failed write, not as a signal */
	signal(SIGPIPE, SIG_IGN);
	/* and a file that may not grow as a full disk */
	signal(SIGXFSZ, SIG_IGN);
	for (int i = 0; argc > 1 && command_at(i); i++) {
		if (strcmp(argv[1], command_at(i)->name) == 0)
			return command_at(i)->run(argc - 2, argv + 2);
	}
	return cmd_detect(argc - 1, argv + (argc > 0));
}
