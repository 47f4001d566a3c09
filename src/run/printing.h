/* A report on its way through a writer: begun, a row at a time, ended. */
#ifndef RUN_PRINTING_H
#define RUN_PRINTING_H

#include <stdbool.h>

#include "report/sink.h"
#include "run/changes.h"
#include "run/output.h"
#include "run/view.h"

/* all zero is not begun */
struct printing {
	const struct output *output;
	struct sink *sink;
	bool begun;
	void *state; /* the writer's */
};

/* the writer's first words, which say what the view is of; the sink is borrowed until the end */
void printing_begin(struct printing *printing, const struct output *output, const struct view *view,
                    struct sink *sink);
void printing_row(struct printing *printing, const struct record *record);
/* the changes as rows */
void printing_changes(struct printing *printing, const struct changes *changes);
/* the writer's last words; nothing when it was not begun */
void printing_end(struct printing *printing);

#endif
