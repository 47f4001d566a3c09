#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "aisgap/selftest.h"
#include "base/num.h"
#include "cli/command.h"
#include "cli/outcome.h"
#include "cli/progress.h"
#include "cli/settings.h"

/* the options' functions take the first member */
struct selftest_settings {
	struct settings base;
	struct aisgap_selftest asked;
};

/* numbers that JSON readers hold exactly */
#define SEED_MOST INT64_C(9007199254740991)

static enum status take_seed(void *settings, const char *argument, struct diag *diag)
{
	struct selftest_settings *s = settings;
	int64_t value;

	if (!num_int(span_of(argument), &value) || value < 0 || value > SEED_MOST)
		return diag_set(diag, ST_USAGE,
		                "--seed: '%.60s' is no whole number from 0 to 2^53 - 1", argument);
	s->asked.seed = (uint64_t)value;
	return ST_OK;
}

static enum status take_rounds(void *settings, const char *argument, struct diag *diag)
{
	struct selftest_settings *s = settings;
	int64_t value;

	if (!num_int(span_of(argument), &value) || value < 1 || value > AISGAP_SELFTEST_ROUNDS_MAX)
		return diag_set(diag, ST_USAGE, "--rounds: '%.60s' is no whole number from 1 to %d",
		                argument, AISGAP_SELFTEST_ROUNDS_MAX);
	s->asked.rounds = (unsigned)value;
	return ST_OK;
}

static const struct option_row TEST[] = {
    {0, "seed", "N", "other silences for another number (default 1)", take_seed},
    {0, "rounds", "N",
     "draw silences so often; each round reads the inputs once\n"
     "more, and more gaps make better figures (default 1)",
     take_rounds},
};

static const struct option_table TEST_TABLE = {"Test", TEST, sizeof TEST / sizeof *TEST};

static const struct option_row OUTPUT[] = {
    {'f', "format", "FORMAT", "text or json (default: json where -o ends in .json)",
     settings_take_format},
    {'o', "output", "FILE", "written whole or not at all (default: standard output)",
     settings_take_output},
    {0, "ledger", "FILE", "what was read, left out and why, as JSON", settings_take_ledger},
};

static const struct option_table OUTPUT_TABLE = {"Output", OUTPUT, sizeof OUTPUT / sizeof *OUTPUT};

enum { WHERE_ROWS = 4 };

/* of detect's options those that say which gaps are looked for, and how they are judged */
struct where {
	struct option_row rows[WHERE_ROWS];
	struct option_table table;
};

static void choose_where(struct where *where)
{
	static const char *const NAMES[WHERE_ROWS] = {"area", "everywhere", "min-gap", "prior"};
	size_t n = 0;

	for (size_t i = 0; i < settings_where.count && n < WHERE_ROWS; i++) {
		for (int k = 0; k < WHERE_ROWS; k++) {
			if (strcmp(settings_where.rows[i].name, NAMES[k]) == 0)
				where->rows[n++] = settings_where.rows[i];
		}
	}
	where->table = (struct option_table){settings_where.title, where->rows, n};
}

static int print_help(const struct option_table *const *tables)
{
	puts(
	    "Usage: aisgap selftest [OPTIONS] INPUT ...\n\n"
	    "How far can the verdicts be trusted on this feed? Takes silences of known cause out\n"
	    "of it, switch-offs of single vessels and losses of reception, judges the gaps that\n"
	    "they make, and prints precision, recall and how well confidence fits. The inputs are\n"
	    "read twice, so they are files or URLs, not pipes.\n\n"
	    "  aisgap selftest january/*.csv.gz");
	options_print(tables, stdout);
	return command_flush();
}

static int selftest(struct selftest_settings *s)
{
	struct settings *base = &s->base;
	struct aisgap_ledger *ledger;
	char message[512];
	int result;

	if (outcome_refuse(base))
		return AISGAP_USAGE;
	settings_finish(base);
	if (!base->quiet && (base->progress || isatty(STDERR_FILENO))) {
		base->run.progress = progress_draw;
		base->run.progress_done = progress_clear;
	}
	result = (int)aisgap_selftest(&base->run, &s->asked, &ledger, message);
	result = outcome_tell(base, result, ledger, message);
	aisgap_ledger_free(ledger);
	return result;
}

int cmd_selftest(int argc, char **argv)
{
	struct selftest_settings s = {.asked = {.seed = 1, .rounds = 1}};
	struct where where;
	const struct option_table *const tables[] = {
	    &where.table,       &TEST_TABLE, &settings_input, &OUTPUT_TABLE, &settings_running,
	    &settings_messages, NULL,
	};
	struct diag diag;
	int result;

	choose_where(&where);
	settings_init(&s.base);
	if (options_parse(tables, argc, argv, &s, &s.base.inputs, &diag) != ST_OK)
		result = command_fail(AISGAP_USAGE, diag.text);
	else if (s.base.help)
		result = print_help(tables);
	else if (s.base.version)
		result = command_version();
	else
		result = selftest(&s);
	settings_free(&s.base);
	return result;
}
