#include "run/printing.h"

#include "run/delta.h"

void printing_begin(struct printing *p, const struct output *output, const struct view *view,
                    struct sink *sink)
{
	const char *names[AREAS_MAX];
	struct report_head head = view_head(view, names);
	struct writer_options options = output_options(output);

	*p = (struct printing){.output = output, .sink = sink, .begun = true};
	p->state = output->writer->begin(sink, &head, &options);
}

void printing_row(struct printing *p, const struct record *record)
{
	p->output->writer->row(p->state, p->sink, record);
}

void printing_changes(struct printing *p, const struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		struct record record;

		delta_record(&changes->at[i], &record);
		printing_row(p, &record);
	}
}

void printing_end(struct printing *p)
{
	if (p->begun)
		p->output->writer->end(p->state, p->sink);
	p->begun = false;
}
