#include "cli/outcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "cli/command.h"
#include "input/file_url.h"
#include "report/sink.h"

static int write_ledger(const char *path, const struct aisgap_ledger *ledger)
{
	struct diag diag = {""};
	struct sink *sink;
	bool gone;
	char *json;
	enum status status = sink_open(path, &sink, &diag);

	if (status == ST_OK) {
		json = aisgap_ledger_json(ledger);
		sink_text(sink, json);
		free(json);
		status = sink_close(sink, &gone, &diag);
	}
	return status == ST_OK ? AISGAP_OK : command_fail(AISGAP_FAILED, diag.text);
}

static void print_summary(const struct settings *s, const struct aisgap_ledger *ledger)
{
	char *text;

	if (s->quiet)
		return;
	for (size_t i = 0; aisgap_ledger_warning(ledger, i); i++) {
		fputs("aisgap: warning: ", stderr);
		command_print(aisgap_ledger_warning(ledger, i));
	}
	if (!s->verbose && !isatty(STDERR_FILENO))
		return;
	text = aisgap_ledger_text(ledger, s->verbose);
	fputs(text, stderr);
	free(text);
}

static bool same_path(const char *a, const char *b)
{
	struct stat x;
	struct stat y;

	if (strcmp(a, b) == 0)
		return stat(a, &x) != 0 || S_ISREG(x.st_mode);
	return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* whether an output is the same file as another output, or as an input, which may be a file: URL */
static bool same_file(const char *output, const char *other)
{
	struct diag diag;
	char *path;
	bool same;

	if (!output || !other || strcmp(output, "-") == 0 || strcmp(other, "-") == 0)
		return false;
	if (!file_url_is(other) || file_url_path(other, &path, &diag) != ST_OK)
		return same_path(output, other);
	same = same_path(output, path);
	free(path);
	return same;
}

/* one of the files that a state has beside it, or the state */
static bool is_of_state(const struct settings *s, const char *path)
{
	static const char *const ENDINGS[] = {"",     ".sent",     ".due",    ".lock",
	                                      ".tmp", ".sent.tmp", ".due.tmp"};
	bool same = false;

	for (size_t i = 0; s->run.state && i < sizeof ENDINGS / sizeof *ENDINGS && !same; i++) {
		char *file = path_with(s->run.state, ENDINGS[i]);

		same = same_file(path, file);
		free(file);
	}
	return same;
}

/* what is written must not replace what is read, nor the other thing that is written */
static bool outputs_collide(const struct settings *s)
{
	if (is_of_state(s, s->run.output) || is_of_state(s, s->ledger))
		return true;
	if (same_file(s->run.output, s->ledger))
		return true;
	for (size_t i = 0; i < s->inputs.count; i++) {
		if (same_file(s->run.output, s->inputs.at[i]) ||
		    same_file(s->ledger, s->inputs.at[i]) || is_of_state(s, s->inputs.at[i]))
			return true;
	}
	return s->ledger && strcmp(s->ledger, "-") == 0 &&
	       (!s->run.output || strcmp(s->run.output, "-") == 0);
}

int outcome_collide(const struct settings *s)
{
	if (outputs_collide(s))
		return command_fail(AISGAP_USAGE, "the output, the ledger, the state and the "
		                                  "inputs must be different files");
	return 0;
}

int outcome_refuse(const struct settings *s)
{
	if (!s->inputs.count && isatty(STDIN_FILENO))
		return command_fail(AISGAP_USAGE,
		                    "no input: name a file, or pipe an export in; see --help");
	return outcome_collide(s);
}

int outcome_tell(const struct settings *s, int result, const struct aisgap_ledger *ledger,
                 const char *message)
{
	bool written = result == AISGAP_OK || result == AISGAP_PARTIAL;

	/* what was read before a run failed, only for -v */
	if (written || s->verbose)
		print_summary(s, ledger);
	if (result != AISGAP_OK)
		command_fail(result, message);
	if (s->ledger && write_ledger(s->ledger, ledger) != AISGAP_OK)
		return AISGAP_FAILED;
	return result;
}
