#include "out.h"

#include <string.h>

#include "calendar.h"

void out_open(struct out *o, FILE *file)
{
	o->file = file;
	o->used = 0;
	o->failed = false;
}

bool out_flush(struct out *o)
{
	if (o->used > 0 && fwrite(o->buf, 1, o->used, o->file) != o->used)
		o->failed = true;
	o->used = 0;
	if (fflush(o->file) != 0)
		o->failed = true;
	return !o->failed;
}

void out_bytes(struct out *o, const char *bytes, size_t n)
{
	memcpy(o->buf + o->used, bytes, n);
	o->used += n;
}

void out_text(struct out *o, const char *text)
{
	out_bytes(o, text, strlen(text));
}

void out_padded(struct out *o, int64_t v, int digits)
{
	char tmp[24];
	int n = 0;

	do {
		tmp[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0 || n < digits);
	while (n > 0)
		out_char(o, tmp[--n]);
}

void out_int(struct out *o, int64_t v)
{
	if (v < 0) {
		out_char(o, '-');
		v = -v;
	}
	out_padded(o, v, 1);
}

void out_fixed(struct out *o, int64_t v, int decimals)
{
	int64_t unit = 1;
	int i;

	for (i = 0; i < decimals; i++)
		unit *= 10;
	if (v < 0) {
		out_char(o, '-');
		v = -v;
	}
	out_padded(o, v / unit, 1);
	if (decimals == 0)
		return;
	out_char(o, '.');
	out_padded(o, v % unit, decimals);
}

void out_degrees5(struct out *o, int32_t udeg)
{
	int64_t v = udeg;

	out_fixed(o, (v < 0 ? v - 5 : v + 5) / 10, 5);
}

static void out_clock(struct out *o, int hour, const struct civil *c)
{
	out_padded(o, hour, 2);
	out_char(o, ':');
	out_padded(o, c->minute, 2);
	out_char(o, ':');
	out_padded(o, c->second, 2);
}

static void out_day_first(struct out *o, const struct civil *c, char sep, int day_digits)
{
	out_padded(o, c->day, day_digits);
	out_char(o, sep);
	out_padded(o, c->month, 2);
	out_char(o, sep);
	out_padded(o, c->year, 4);
	out_char(o, ' ');
}

static void out_year_first(struct out *o, const struct civil *c, char sep)
{
	out_padded(o, c->year, 4);
	out_char(o, '-');
	out_padded(o, c->month, 2);
	out_char(o, '-');
	out_padded(o, c->day, 2);
	out_char(o, sep);
}

void out_time(struct out *o, int64_t epoch_ms, enum time_form form)
{
	struct civil c = civil_of(epoch_ms);

	switch (form) {
	case TIME_DMY:
		out_day_first(o, &c, '/', 2);
		break;
	case TIME_DOTTED:
		out_day_first(o, &c, '.', 2);
		break;
	case TIME_AMPM:
		out_day_first(o, &c, '/', 1);
		out_clock(o, (c.hour + 11) % 12 + 1, &c);
		out_text(o, c.hour < 12 ? " AM" : " PM");
		return;
	case TIME_ISO_T:
	case TIME_ISO_Z:
		out_year_first(o, &c, 'T');
		break;
	case TIME_SPACE:
		out_year_first(o, &c, ' ');
		break;
	}
	out_clock(o, c.hour, &c);
	if (form == TIME_ISO_Z)
		out_char(o, 'Z');
}
