#include "input/inflate_names.h"

/* the name behind its directories */
static struct span base_of(struct span name)
{
	struct span base = name;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] == '/')
			base = (struct span){name.ptr + i + 1, name.len - i - 1};
	return base;
}

bool inflate_is_clutter(struct span name)
{
	struct span base = base_of(name);

	return span_starts(name, SPAN("__MACOSX/")) || span_starts(base, SPAN("._")) ||
	       span_eq(base, SPAN(".DS_Store"));
}

/* Office Open XML, by habit, in any of these orders; OpenDocument 1.2, part 3, 3.3 */
bool inflate_is_office(struct span name)
{
	return span_eq(name, SPAN("[Content_Types].xml")) || span_eq(name, SPAN("mimetype")) ||
	       span_starts(name, SPAN("_rels/")) || span_starts(name, SPAN("docProps/")) ||
	       span_starts(name, SPAN("xl/"));
}

/* words ends with NULL */
static bool is_one_of(struct span s, const char *const *words)
{
	for (; *words; words++)
		if (span_eq_nocase(s, span_of(*words)))
			return true;
	return false;
}

/* stem and what stands behind its last dot, which is empty when there is none */
static void cut_ending(struct span base, struct span *stem, struct span *ending)
{
	*stem = base;
	*ending = (struct span){"", 0};
	for (size_t i = 0; i < base.len; i++) {
		if (base.ptr[i] != '.')
			continue;
		*stem = (struct span){base.ptr, i};
		*ending = (struct span){base.ptr + i + 1, base.len - i - 1};
	}
}

bool inflate_is_document(const char *member)
{
	static const char *const STEMS[] = {"readme",  "license", "licence",
	                                    "copying", "notice",  NULL};
	static const char *const ENDINGS[] = {"pdf", "htm", "html", "md",  "docx", "doc", "rtf",
	                                      "png", "jpg", "jpeg", "gif", "css",  "js",  NULL};
	static const char *const DATA[] = {"csv",     "tsv",  "json", "jsonl", "ndjson",
	                                   "geojson", "nmea", "log",  "ais",   NULL};
	struct span stem;
	struct span ending;

	cut_ending(base_of(span_of(member)), &stem, &ending);
	return is_one_of(ending, ENDINGS) || (is_one_of(stem, STEMS) && !is_one_of(ending, DATA));
}
