#include "net/http_date.h"

#include "base/utc.h"

/*
 * w the day of the week, M the month's name, Y and y a year of four and two digits, d h m s two
 * digits, D two digits of which the first may be a blank, Z "GMT"; all else stands for itself.
 */
static const char *const FORMS[] = {"w, d M Y h:m:s Z", "w, d-M-y h:m:s Z", "w M D h:m:s Y"};

static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct parts {
	int year, month, day, hour, minute, second;
};

static bool take_digits(struct span *s, size_t count, int *value)
{
	*value = 0;
	if (s->len < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (s->ptr[i] < '0' || s->ptr[i] > '9')
			return false;
		*value = *value * 10 + (s->ptr[i] - '0');
	}
	s->ptr += count;
	s->len -= count;
	return true;
}

static bool take_char(struct span *s, char c)
{
	if (!s->len || s->ptr[0] != c)
		return false;
	s->ptr++;
	s->len--;
	return true;
}

static bool take_month(struct span *s, int *month)
{
	for (*month = 1; *month <= 12; (*month)++) {
		if (s->len >= 3 && memcmp(s->ptr, MONTHS + (size_t)(*month - 1) * 3, 3) == 0) {
			s->ptr += 3;
			s->len -= 3;
			return true;
		}
	}
	return false;
}

static bool take_weekday(struct span *s)
{
	size_t n = 0;

	while (n < s->len && ((s->ptr[n] | 0x20) >= 'a' && (s->ptr[n] | 0x20) <= 'z'))
		n++;
	s->ptr += n;
	s->len -= n;
	return n >= 3 && n <= 9;
}

/* two digits of 1970 to 2069: nobody else's clock runs far from ours */
static bool take_short_year(struct span *s, int *year)
{
	if (!take_digits(s, 2, year))
		return false;
	*year += *year < 70 ? 2000 : 1900;
	return true;
}

static bool take(struct span *s, char what, struct parts *p)
{
	switch (what) {
	case 'w':
		return take_weekday(s);
	case 'M':
		return take_month(s, &p->month);
	case 'Y':
		return take_digits(s, 4, &p->year);
	case 'y':
		return take_short_year(s, &p->year);
	case 'D':
		return take_digits(s, take_char(s, ' ') ? 1 : 2, &p->day);
	case 'd':
		return take_digits(s, 2, &p->day);
	case 'h':
		return take_digits(s, 2, &p->hour);
	case 'm':
		return take_digits(s, 2, &p->minute);
	case 's':
		return take_digits(s, 2, &p->second);
	case 'Z':
		return take_char(s, 'G') && take_char(s, 'M') && take_char(s, 'T');
	default:
		return take_char(s, what);
	}
}

static bool read_form(struct span s, const char *form, struct parts *p)
{
	for (; *form; form++) {
		if (!take(&s, *form, p))
			return false;
	}
	return s.len == 0;
}

bool http_date_parse(struct span text, int64_t *t_ms)
{
	struct parts p = {0, 0, 0, 0, 0, 0};
	size_t form = 0;

	while (form < sizeof FORMS / sizeof *FORMS && !read_form(text, FORMS[form], &p))
		form++;
	if (form == sizeof FORMS / sizeof *FORMS || !utc_date_valid(p.year, p.month, p.day))
		return false;
	/* 60 is a leap second */
	if (p.hour > 23 || p.minute > 59 || p.second > 60)
		return false;
	*t_ms = utc_days(p.year, p.month, p.day) * DAY_MS + p.hour * HOUR_MS +
	        p.minute * MINUTE_MS + p.second * INT64_C(1000);
	return true;
}
