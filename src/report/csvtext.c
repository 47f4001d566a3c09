#include "report/csvtext.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/utf8.h"

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
	       c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool starts_formula(uint32_t c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == 0xFF1D || c == 0xFF0B ||
	       c == 0xFF0D || c == 0xFF20;
}

static bool needs_apostrophe(struct span clean)
{
	uint32_t c = ' ';

	if (clean.len && clean.ptr[0] == '\'')
		return true;
	while (clean.len && is_blank(c))
		c = utf8_next(&clean);
	return starts_formula(c);
}

static void put_doubled(struct sink *sink, struct span text)
{
	struct span head;

	while (span_cut(text, '"', &head, &text)) {
		sink_put(sink, head);
		sink_text(sink, "\"\"");
	}
	sink_put(sink, head);
}

void csvtext_put(struct sink *sink, struct span clean)
{
	bool quoted =
	    clean.len && (memchr(clean.ptr, ',', clean.len) || memchr(clean.ptr, '"', clean.len));

	if (quoted)
		sink_text(sink, "\"");
	if (needs_apostrophe(clean))
		sink_text(sink, "'");
	put_doubled(sink, clean);
	if (quoted)
		sink_text(sink, "\"");
}
