#include "run/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/file_url.h"
#include "input/inflate.h"
#include "input/inflate_names.h"

/* what JSON may need to show its first record: the longest, and a wrapper as long before it */
enum { JSON_HEAD = 2 * SPLIT_LINE_MAX + FORMAT_HEAD };

/* one input on its way in */
struct taking {
	struct intake *intake;
	const struct source *outer; /* as it was opened */
	int depth;
};

/* what could not be read at all has an entry too */
static void fail_source(struct taking *t, const char *name, enum status status,
                        const struct diag *diag)
{
	ledger_fail(ledger_input(t->intake->ledger, name), status, diag);
}

static enum status read_layout(struct taking *t, struct source *source, struct input_entry *entry,
                               struct diag *diag)
{
	const struct layout_options *options = &t->intake->options->layout;
	struct span head = source_peek(source, FORMAT_HEAD);
	enum status status;
	size_t got;
	char none;

	if (!head.len && source_read(source, &none, 1, &got, diag) != ST_OK)
		return ST_FAILED;
	status = layout_detect(head, entry->name, options, &entry->layout, diag);
	if (status != ST_NO_FEED || entry->layout.format != FORMAT_JSON || head.len < FORMAT_HEAD)
		return status;
	layout_free(&entry->layout);
	head = source_peek(source, JSON_HEAD);
	return layout_detect(head, entry->name, options, &entry->layout, diag);
}

static enum status read_records(struct taking *t, struct source *source, struct input_entry *entry,
                                struct diag *diag)
{
	struct intake *intake = t->intake;
	const struct intake_options *options = intake->options;
	const struct layout *layout = &entry->layout;
	struct splitter *splitter;
	struct reader_plan plan;
	enum status status;

	reader_plan(&plan, layout, &options->layout);
	entry->order = plan.rows.when.order;
	splitter = splitter_new(source, options->block_size, plan.style, layout->header.delimiter,
	                        layout->header.bytes);
	status = intake->read(intake->context, splitter, &plan, t->outer, entry, diag);
	entry->bytes = splitter_offset(splitter);
	if (status == ST_OK)
		status = splitter_status(splitter, diag);
	splitter_free(splitter);
	return status == ST_OK ? intake->check(entry, diag) : status;
}

static void take_text(struct taking *t, struct source *source)
{
	struct input_entry *entry = ledger_input(t->intake->ledger, source_name(source));
	struct diag diag = {""};
	enum status status = read_layout(t, source, entry, &diag);

	if (status == ST_OK)
		status = read_records(t, source, entry, &diag);
	if (status != ST_OK)
		ledger_fail(entry, status, &diag);
}

/* what members of an archive are passed over, for one warning about them all */
struct documents {
	size_t count;
	char names[200];
};

static void add_document(struct documents *d, const char *name)
{
	size_t used = strlen(d->names);

	snprintf(d->names + used, sizeof d->names - used, "%s%s", used ? ", " : "", name);
	d->count++;
}

/* the name of a member in its archive; NULL for the text of a stream that is no archive */
static const char *member_name(const struct source *archive, const struct source *member)
{
	size_t len = strlen(source_name(archive));
	const char *name = source_name(member);

	return strlen(name) > len ? name + len + 1 : NULL;
}

static void take(struct taking *t, struct source *source);

/* how many members were taken */
static size_t take_members(struct taking *t, const struct source *archive, struct inflate *inflate)
{
	struct documents documents = {0, ""};
	struct source *member;
	size_t count = 0;

	while ((member = inflate_next(inflate))) {
		const char *name = member_name(archive, member);

		if (name && inflate_is_document(name)) {
			add_document(&documents, name);
		} else {
			take(t, member);
			count++;
		}
		source_close(member);
	}
	if (documents.count)
		ledger_warn(t->intake->ledger, "%.200s: %zu passed over, documents by name: %s",
		            source_name(archive), documents.count, documents.names);
	return count;
}

static void take_packed(struct taking *t, struct source *source)
{
	struct inflate *inflate = inflate_open(source, t->intake->options->max_ratio);
	struct diag diag = {""};
	size_t members;
	enum status status;

	t->depth++;
	members = take_members(t, source, inflate);
	t->depth--;
	status = inflate_status(inflate, &diag);
	if (status != ST_OK && inflate_told(inflate))
		status = ST_OK;
	else if (status == ST_OK && !members)
		status = diag_set(&diag, ST_NO_FEED, "%s: no AIS export in this archive",
		                  source_name(source));
	if (status != ST_OK)
		fail_source(t, source_name(source), status, &diag);
	inflate_close(inflate);
}

static void take(struct taking *t, struct source *source)
{
	struct diag diag;

	if (!inflate_wanted(source_peek(source, INFLATE_HEAD))) {
		take_text(t, source);
	} else if (t->depth < INTAKE_DEPTH) {
		take_packed(t, source);
	} else {
		diag_set(&diag, ST_FAILED, "%.300s: packed more than %d times over",
		         source_name(source), INTAKE_DEPTH);
		fail_source(t, source_name(source), ST_FAILED, &diag);
	}
}

/*
 * What an input that could not be opened is called in the ledger; freed by the caller. Of all that
 * looks like a URL but is none that can be read, only what stands before its colon: a password may
 * follow.
 */
static char *public_name(const char *path)
{
	struct span name = span_of(path);

	if (http_is_url(path))
		return http_public_name(path);
	if (strcmp(path, "-") == 0)
		return mem_string(SPAN("(standard input)"));
	if (source_is_foreign(path) || file_url_is(path))
		name.len = strcspn(path, ":/");
	return mem_string(name);
}

static void take_path(struct taking *t, const char *path)
{
	struct source *source;
	struct diag diag = {""};
	enum status status = source_open(path, &t->intake->options->http, &source, &diag);

	if (status != ST_OK) {
		char *name = public_name(path);

		fail_source(t, name, status, &diag);
		free(name);
		return;
	}
	t->outer = source;
	take(t, source);
	t->intake->bytes += source_taken(source);
	source_close(source);
}

enum status intake_input(struct intake *intake, const char *path, struct diag *diag)
{
	struct taking t = {.intake = intake};

	take_path(&t, path);
	return ledger_failure(intake->ledger, diag) == ST_USAGE ? ST_USAGE : ST_OK;
}
