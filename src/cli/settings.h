/* What the command line can say, as tables of options that commands put together. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include <stdbool.h>

#include "aisgap/detect.h"
#include "cli/options.h"

struct settings {
	struct aisgap_options run;
	struct string_list areas;
	struct string_list maps;
	struct string_list inputs;
	const char *ledger;
	bool exit_status;
	bool statics;
	bool follow;
	bool quiet;
	bool verbose;
	bool progress;
	bool help;
	bool version;
};

extern const struct option_table settings_where;    /* areas, gaps, vessels */
extern const struct option_table settings_input;    /* how inputs are read */
extern const struct option_table settings_report;   /* what the report looks like */
extern const struct option_table settings_state;    /* what is kept from run to run */
extern const struct option_table settings_post;     /* where the report is sent */
extern const struct option_table settings_running;  /* threads, blocks, progress */
extern const struct option_table settings_messages; /* what is said, and help */

void settings_init(struct settings *settings);
/* copies the lists into settings->run, which then borrows them */
void settings_finish(struct settings *settings);
/* a person at a terminal gets a table; a pipe or a file gets CSV */
void settings_fit_terminal(struct settings *settings);
void settings_free(struct settings *settings);

/* options that more than one table names */
enum status settings_take_format(void *settings, const char *argument, struct diag *diag);
enum status settings_take_output(void *settings, const char *argument, struct diag *diag);
enum status settings_take_wait(void *settings, const char *argument, struct diag *diag);
enum status settings_take_statics(void *settings, const char *argument, struct diag *diag);
enum status settings_take_ledger(void *settings, const char *argument, struct diag *diag);

#endif
