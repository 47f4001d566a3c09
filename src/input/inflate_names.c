#include "input/inflate_names.h"

bool inflate_is_clutter(struct span name)
{
	struct span base = name;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] == '/')
			base = (struct span){name.ptr + i + 1, name.len - i - 1};
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
