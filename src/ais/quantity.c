#include "ais/quantity.h"

#include <math.h>

#include "base/num.h"

enum { NUMBER_MAX = 48 };

static const struct {
	struct span text;
	bool negative;
} UNITS[] = {
    /* longer ones first: "kn" ends in N, "kts" in S */
    {SPAN("knots"), false}, {SPAN("kts"), false},      {SPAN("deg"), false}, {SPAN("kn"), false},
    {SPAN("kt"), false},    {SPAN("\xC2\xB0"), false}, {SPAN("N"), false},   {SPAN("E"), false},
    {SPAN("S"), true},      {SPAN("W"), true},
};

static bool ends_with(struct span s, struct span suffix)
{
	return s.len >= suffix.len &&
	       span_eq_nocase((struct span){s.ptr + s.len - suffix.len, suffix.len}, suffix);
}

/* takes one unit off the end */
static bool strip(struct span *s, bool *negative)
{
	for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
		if (!ends_with(*s, UNITS[i].text))
			continue;
		s->len -= UNITS[i].text.len;
		*s = span_trim(*s);
		*negative = *negative || UNITS[i].negative;
		return true;
	}
	return false;
}

/* a number whose decimal mark may be a comma */
static bool number(struct span s, double *value)
{
	char text[NUMBER_MAX];
	char *comma;

	if (num_double(s, value))
		return true;
	if (s.len >= sizeof text)
		return false;
	span_copy(s, text, sizeof text);
	comma = memchr(text, ',', s.len);
	if (!comma)
		return false;
	*comma = '.';
	return num_double((struct span){text, s.len}, value);
}

bool quantity_parse(struct span s, double *value)
{
	bool negative = false;

	s = span_trim(s);
	/* "39.01888° N" has two */
	if (strip(&s, &negative))
		strip(&s, &negative);
	if (!number(s, value) || !isfinite(*value))
		return false;
	if (negative)
		*value = -fabs(*value);
	return true;
}
