#include "report/writer.h"

#include "base/span.h"
#include "report/formats.h"

/* in the order of --help */
static const struct writer *const WRITERS[] = {
    &writer_table, &writer_csv, &writer_json, &writer_ndjson, &writer_geojson,
};

enum { WRITER_COUNT = sizeof WRITERS / sizeof WRITERS[0] };

const struct writer *writer_at(size_t i)
{
	return i < WRITER_COUNT ? WRITERS[i] : NULL;
}

const struct writer *writer_find(const char *name)
{
	for (size_t i = 0; i < WRITER_COUNT; i++) {
		if (!strcmp(WRITERS[i]->name, name))
			return WRITERS[i];
	}
	return NULL;
}

static bool has_ending(const struct writer *writer, struct span ending)
{
	struct span rest = span_of(writer->endings);
	struct span one;
	bool more;

	do {
		more = span_cut(rest, ',', &one, &rest);
		if (one.len && span_eq_nocase(one, ending))
			return true;
	} while (more);
	return false;
}

const struct writer *writer_for_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	for (size_t i = 0; dot && i < WRITER_COUNT; i++) {
		if (has_ending(WRITERS[i], span_of(dot + 1)))
			return WRITERS[i];
	}
	return NULL;
}
