/*
 * Takes an input in: opens it, unpacks what is packed, and hands every text in it, with its layout
 * told, to whoever reads it. One bad text does not take the others with it.
 */
#ifndef RUN_INTAKE_H
#define RUN_INTAKE_H

#include <stdint.h>

#include "base/status.h"
#include "input/layout.h"
#include "input/reader.h"
#include "input/source.h"
#include "input/splitter.h"
#include "net/http.h"
#include "run/ledger.h"

/* archives in archives, at most so deep */
enum { INTAKE_DEPTH = 4 };

struct intake_options {
	struct layout_options layout;
	struct http_options http;
	uint64_t max_ratio;
	size_t block_size;
};

struct intake {
	const struct intake_options *options;
	struct aisgap_ledger *ledger;
	/*
	 * Reads one text to its end; what went wrong below, the splitter tells. `source` is the
	 * input as it was opened, for progress.
	 */
	enum status (*read)(void *context, struct splitter *splitter,
	                    const struct reader_plan *plan, const struct source *source,
	                    struct input_entry *entry, struct diag *diag);
	/* whether what was read of it will do; see feed.h */
	enum status (*check)(const struct input_entry *entry, struct diag *diag);
	void *context;
	uint64_t bytes; /* taken from the sources so far */
};

/*
 * One input: a file, a URL, standard input. The ledger has an entry for each text in it, and for
 * what could not be opened, which says what could not be read and why. ST_USAGE, with the message,
 * when an option is wrong; else ST_OK.
 */
enum status intake_input(struct intake *intake, const char *path, struct diag *diag);

#endif
