#include "run/intake.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/file_url.h"
#include "input/inflate.h"
/* one input on its way in */
struct taking {
	struct intake *intake;
	const struct source *outer; /* as it was opened */
	int depth;
	enum status first; /* the first failure */
	struct diag diag;
};

static void fail(struct taking *t, struct input_entry *entry, enum status status,
                 const struct diag *diag)
{
	span_copy(span_of(diag->text), entry->failure, sizeof entry->failure);
	if (t->first != ST_OK)
		return;
	t->first = status;
	t->diag = *diag;
}

/* fails what gave no text at all */
static void fail_source(struct taking *t, const char *name, enum status status,
                        const struct diag *diag)
{
	fail(t, ledger_input(t->intake->ledger, name), status, diag);
}

static enum status read_layout(struct taking *t, struct source *source, struct span head,
                               struct input_entry *entry, struct diag *diag)
{
	size_t got;
	char none;

	if (!head.len && source_read(source, &none, 1, &got, diag) != ST_OK)
		return ST_FAILED;
	return layout_detect(head, entry->name, &t->intake->options->layout, &entry->layout, diag);
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
	intake->read(intake->context, splitter, &plan, t->outer, entry);
	entry->bytes = splitter_offset(splitter);
	status = splitter_status(splitter, diag);
	splitter_free(splitter);
	return status == ST_OK ? intake->check(entry, diag) : status;
}

static void take_text(struct taking *t, struct source *source, struct span head)
{
	struct input_entry *entry = ledger_input(t->intake->ledger, source_name(source));
	struct diag diag = {""};
	enum status status = read_layout(t, source, head, entry, &diag);

	if (status == ST_OK)
		status = read_records(t, source, entry, &diag);
	if (status != ST_OK)
		fail(t, entry, status, &diag);
}

static bool ends_with(const char *name, const char *ending)
{
	size_t len = strlen(name);
	size_t n = strlen(ending);

	return len > n && strcasecmp(name + len - n, ending) == 0;
}

/* what people put beside their data: passed over in archives, with a warning */
static bool is_document(const char *member)
{
	static const char *const ENDINGS[] = {".pdf",  ".htm", ".html", ".xml", ".md",
	                                      ".docx", ".doc", ".rtf",  ".png", ".jpg"};
	const char *slash = strrchr(member, '/');
	const char *base = slash ? slash + 1 : member;

	if (strncasecmp(base, "readme", 6) == 0 || strncasecmp(base, "license", 7) == 0 ||
	    span_starts(span_of(member), SPAN("__MACOSX/")) || base[0] == '.')
		return true;
	for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
		if (ends_with(member, ENDINGS[i]))
			return true;
	}
	return false;
}

/* true for a member of an archive, named "ARCHIVE:MEMBER", that is no data by its name */
static bool passed_over(const struct source *archive, const struct source *member)
{
	size_t len = strlen(source_name(archive));
	const char *name = source_name(member);

	return strlen(name) > len && is_document(name + len + 1);
}

static void take(struct taking *t, struct source *source);

static size_t take_members(struct taking *t, const struct source *archive, struct inflate *inflate)
{
	struct source *member;
	size_t count = 0;

	while ((member = inflate_next(inflate))) {
		if (passed_over(archive, member))
			ledger_warn(t->intake->ledger, "%s: passed over: a document by its name",
			            source_name(member));
		else
			take(t, member);
		source_close(member);
		count++;
	}
	return count;
}

static void take_packed(struct taking *t, struct source *source)
{
	struct inflate *inflate = inflate_open(source, t->intake->options->max_ratio);
	enum status before = t->first;
	struct diag diag = {""};
	size_t members;
	enum status status;

	t->depth++;
	members = take_members(t, source, inflate);
	t->depth--;
	status = inflate_status(inflate, &diag);
	if (status == ST_OK && !members)
		status = diag_set(&diag, ST_NO_FEED, "%s: an empty archive; expected AIS exports",
		                  source_name(source));
	/* a member that broke off has told of it already */
	if (status != ST_OK && t->first == before)
		fail_source(t, source_name(source), status, &diag);
	inflate_close(inflate);
}

static void take(struct taking *t, struct source *source)
{
	struct span head = source_peek(source, FORMAT_HEAD);
	struct diag diag;

	if (!inflate_wanted(head)) {
		take_text(t, source, head);
	} else if (t->depth < INTAKE_DEPTH) {
		take_packed(t, source);
	} else {
		diag_set(&diag, ST_FAILED, "%.300s: packed more than %d times over",
		         source_name(source), INTAKE_DEPTH);
		fail_source(t, source_name(source), ST_FAILED, &diag);
	}
}

/* what an input that could not be opened is called in the ledger; freed by the caller */
static char *public_name(const char *path)
{
	struct span name = span_of(path);

	if (http_is_url(path))
		return http_public_name(path);
	if (strcmp(path, "-") == 0)
		return mem_string(SPAN("(standard input)"));
	if (file_url_is(path))
		name.len = strcspn(path, "?#");
	return mem_string(name);
}

enum status intake_input(struct intake *intake, const char *path, struct diag *diag)
{
	struct taking t = {.intake = intake};
	struct source *source;
	enum status status = source_open(path, &intake->options->http, &source, diag);

	if (status != ST_OK) {
		char *name = public_name(path);

		fail_source(&t, name, status, diag);
		free(name);
		return status;
	}
	t.outer = source;
	take(&t, source);
	intake->bytes += source_taken(source);
	source_close(source);
	*diag = t.diag;
	return t.first;
}
