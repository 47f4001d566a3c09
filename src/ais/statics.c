#include "ais/statics.h"

#include <stdio.h>

#include "ais/rules.h"
#include "base/num.h"

/* seen in real exports: NOAA, DMA, Kystverket, exactEarth, MarineTraffic, pandas, ClickHouse */
static const struct span ABSENT[] = {
    SPAN("nan"),           SPAN("none"),          SPAN("\\n"), SPAN("null"),
    SPAN("unknown"),       SPAN("unknown value"), SPAN("n/a"), SPAN("na"),
    SPAN("undefined"),     SPAN("-99"),           SPAN("-"),   SPAN("#n/a"),
    SPAN("not available"),
};

bool value_absent(struct span s)
{
	if (!s.len)
		return true;
	for (size_t i = 0; i < sizeof ABSENT / sizeof *ABSENT; i++) {
		if (span_eq_nocase(s, ABSENT[i]))
			return true;
	}
	return false;
}

struct span statics_field(const struct statics *statics, enum static_kind kind)
{
	switch (kind) {
	case STATIC_NAME:
		return statics->name;
	case STATIC_CALLSIGN:
		return statics->callsign;
	case STATIC_IMO:
		return statics->imo;
	default:
		return statics->type;
	}
}

/* at most STATIC_MAX bytes, not ending inside a UTF-8 sequence */
static struct span bound(struct span s)
{
	if (s.len <= STATIC_MAX)
		return s;
	s.len = STATIC_MAX;
	while (s.len && ((unsigned char)s.ptr[s.len] & 0xC0) == 0x80)
		s.len--;
	return s;
}

static struct span print_number(int64_t n, char buf[STATIC_MAX])
{
	return (struct span){buf, (size_t)snprintf(buf, STATIC_MAX, "%lld", (long long)n)};
}

static struct span imo_value(struct span s, char buf[STATIC_MAX])
{
	uint32_t imo = imo_parse(s);

	return imo ? print_number(imo, buf) : (struct span){NULL, 0};
}

/* type 0 is "not available" (M.1371 table 53) */
static struct span type_value(struct span s, char buf[STATIC_MAX])
{
	double number;

	if (!num_double(s, &number))
		return bound(s);
	if (number <= 0 || number > 99999 || number != (double)(int64_t)number)
		return (struct span){NULL, 0};
	return print_number((int64_t)number, buf);
}

struct span statics_value(enum static_kind kind, struct span raw, char buf[STATIC_MAX])
{
	struct span head;
	struct span tail;

	span_cut(raw, '@', &head, &tail);
	head = span_trim(head);
	if (value_absent(head))
		return (struct span){NULL, 0};
	if (kind == STATIC_IMO)
		return imo_value(head, buf);
	if (kind == STATIC_TYPE)
		return type_value(head, buf);
	return bound(head);
}

bool statics_any(const struct statics *statics)
{
	char buf[STATIC_MAX];

	for (int k = 0; k < STATIC_KINDS; k++) {
		enum static_kind kind = (enum static_kind)k;

		if (statics_value(kind, statics_field(statics, kind), buf).len)
			return true;
	}
	return false;
}
