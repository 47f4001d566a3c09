/* Subcommands: one file and one table row each. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

struct command {
	const char *name;
	const char *purpose; /* one line for --help */
	/* runs with the arguments behind the name, ended by NULL; returns the exit status */
	int (*run)(int argc, char **argv);
};

int cmd_detect(int argc, char **argv);
int cmd_decode(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_merge(int argc, char **argv);
int cmd_selftest(int argc, char **argv);
int cmd_areas(int argc, char **argv);

/* prints a message on stderr, whatever strangers' bytes it quotes, and ends the line */
void command_print(const char *text);
/* prints "aisgap: <text>" so and returns `status` */
int command_fail(int status, const char *text);
/* prints the program's version */
int command_version(void);
/* flushes stdout: 0, or 1 with a message when what was printed could not be written */
int command_flush(void);
/* the i-th command of the table; NULL past the last */
const struct command *command_at(int i);

#endif
