/* --time-format: a strptime of our own, without locale, with fractions, and with nothing to guess.
 */
#include <stdio.h>

#include "ais/when_parts.h"
#include "base/utc.h"

enum { FORMAT_LENGTH = 200 };

/* what the letters of one format have read */
struct formatted {
	int year, month, day, year_day;
	int hour, minute, second, ms;
	enum when_half half;
	bool is_epoch;
	int64_t epoch_s;
	struct when_parts zone;
};

static bool read_year(struct when_cursor *c, struct formatted *f)
{
	return when_digits(c, 4, 4, &f->year);
}

/* two digits of a year: 69-99 are 1969-1999, 00-68 are 2000-2068 (POSIX strptime, %y) */
static bool read_short_year(struct when_cursor *c, struct formatted *f)
{
	if (!when_digits(c, 2, 2, &f->year))
		return false;
	f->year += f->year >= 69 ? 1900 : 2000;
	return true;
}

static bool read_month(struct when_cursor *c, struct formatted *f)
{
	return when_digits(c, 1, 2, &f->month);
}

static bool read_month_name(struct when_cursor *c, struct formatted *f)
{
	return when_month(c, &f->month);
}

static bool read_day(struct when_cursor *c, struct formatted *f)
{
	when_take(c, ' ');
	return when_digits(c, 1, 2, &f->day);
}

static bool read_year_day(struct when_cursor *c, struct formatted *f)
{
	return when_digits(c, 1, 3, &f->year_day);
}

static bool read_hour(struct when_cursor *c, struct formatted *f)
{
	when_take(c, ' ');
	return when_digits(c, 1, 2, &f->hour) && f->hour <= 23;
}

static bool read_minute(struct when_cursor *c, struct formatted *f)
{
	return when_digits(c, 1, 2, &f->minute) && f->minute <= 59;
}

static bool read_second(struct when_cursor *c, struct formatted *f)
{
	return when_digits(c, 1, 2, &f->second) && f->second <= 60;
}

static bool read_fraction(struct when_cursor *c, struct formatted *f)
{
	return when_fraction(c, &f->ms);
}

static bool read_half(struct when_cursor *c, struct formatted *f)
{
	f->half = when_read_half(c);
	return f->half != HALF_NONE;
}

static bool read_zone(struct when_cursor *c, struct formatted *f)
{
	return when_zone(c, &f->zone);
}

static bool read_epoch(struct when_cursor *c, struct formatted *f)
{
	const char *start = c->p;

	f->epoch_s = 0;
	for (; c->p < c->end && when_digit(*c->p) && c->p - start < 12; c->p++)
		f->epoch_s = f->epoch_s * 10 + (*c->p - '0');
	f->is_epoch = true;
	return c->p > start;
}

static bool read_date(struct when_cursor *c, struct formatted *f)
{
	return read_year(c, f) && when_take(c, '-') && read_month(c, f) && when_take(c, '-') &&
	       read_day(c, f);
}

static bool read_clock(struct when_cursor *c, struct formatted *f)
{
	return read_hour(c, f) && when_take(c, ':') && read_minute(c, f) && when_take(c, ':') &&
	       read_second(c, f);
}

static bool read_percent(struct when_cursor *c, struct formatted *f)
{
	(void)f;
	return when_take(c, '%');
}

/* what a letter tells of the date: a format must tell all of it */
enum { HAS_YEAR = 1, HAS_MONTH = 2, HAS_DAY = 4, HAS_DATE = 7 };

static const struct letter {
	char letter;
	int has;
	bool (*read)(struct when_cursor *c, struct formatted *f);
} LETTERS[] = {
    {'Y', HAS_YEAR, read_year},   {'y', HAS_YEAR, read_short_year},
    {'m', HAS_MONTH, read_month}, {'b', HAS_MONTH, read_month_name},
    {'d', HAS_DAY, read_day},     {'j', HAS_MONTH | HAS_DAY, read_year_day},
    {'H', 0, read_hour},          {'I', 0, read_hour},
    {'M', 0, read_minute},        {'S', 0, read_second},
    {'f', 0, read_fraction},      {'p', 0, read_half},
    {'z', 0, read_zone},          {'s', HAS_DATE, read_epoch},
    {'F', HAS_DATE, read_date},   {'T', 0, read_clock},
    {'%', 0, read_percent},
};

static const struct letter *find_letter(char c)
{
	for (size_t i = 0; i < sizeof LETTERS / sizeof LETTERS[0]; i++) {
		if (LETTERS[i].letter == c)
			return &LETTERS[i];
	}
	return NULL;
}

/* follows the format through the text; a blank in it stands for any number of blanks */
static bool follow(const char *format, struct when_cursor *c, struct formatted *f)
{
	for (; *format; format++) {
		const struct letter *letter;

		if (*format == ' ') {
			when_blanks(c);
			continue;
		}
		if (*format != '%') {
			if (!when_take(c, *format))
				return false;
			continue;
		}
		letter = find_letter(*++format);
		if (!letter || !letter->read(c, f))
			return false;
	}
	return c->p == c->end;
}

/* a day of the year as a month and a day; false when that year has no such day */
static bool split_year_day(struct formatted *f)
{
	int left = f->year_day;

	f->month = 1;
	while (f->month <= 12) {
		int next_year = f->year + (f->month == 12);
		int next_month = f->month % 12 + 1;
		int length =
		    (int)(utc_days(next_year, next_month, 1) - utc_days(f->year, f->month, 1));

		if (left <= length)
			break;
		left -= length;
		f->month++;
	}
	f->day = left;
	return f->month <= 12 && left >= 1;
}

bool when_by_format(struct span s, const char *format, struct when_parts *parts, int64_t *epoch_ms,
                    bool *is_epoch)
{
	struct when_cursor c = {s.ptr, s.ptr + s.len};
	struct formatted f = {.year_day = -1};

	if (!follow(format, &c, &f))
		return false;
	*is_epoch = f.is_epoch;
	*epoch_ms = f.epoch_s * 1000 + f.ms;
	if (f.half != HALF_NONE)
		f.hour = when_hour_24(f.hour, f.half);
	if (f.hour < 0 || (f.year_day >= 0 && !split_year_day(&f)))
		return false;
	*parts = f.zone;
	parts->year = f.year;
	parts->first = f.month;
	parts->second = f.day;
	parts->order = WHEN_MONTH_FIRST;
	parts->clock_ms = ((int64_t)(f.hour * 60 + f.minute) * 60 + f.second) * 1000 + f.ms;
	return true;
}

static bool is_word(struct span format)
{
	static const char *const words[] = {"day-first", "month-first", "epoch-s", "epoch-ms"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (span_eq(format, span_of(words[i])))
			return true;
	}
	return false;
}

static enum status refuse(struct diag *diag, const char *format, const char *why)
{
	return diag_set(diag, ST_USAGE,
	                "time format \"%.60s\": %s; expected strptime letters (%%Y %%m %%d %%H %%M "
	                "%%S %%f %%b %%p %%z %%y %%j %%s %%T %%F %%%%) or one of day-first, "
	                "month-first, epoch-s, epoch-ms",
	                format, why);
}

enum status when_format_check(const char *format, struct diag *diag)
{
	struct span all = span_of(format);
	int has = 0;

	if (is_word(all))
		return ST_OK;
	if (all.len > FORMAT_LENGTH)
		return refuse(diag, format, "too long");
	for (const char *p = format; *p; p++) {
		const struct letter *letter;
		char why[32];

		if (*p != '%')
			continue;
		letter = find_letter(*++p);
		if (!letter && !*p)
			return refuse(diag, format, "ends in a bare %");
		if (!letter) {
			snprintf(why, sizeof why, "unknown letter %%%c", *p);
			return refuse(diag, format, why);
		}
		has |= letter->has;
	}
	if (has != HAS_DATE)
		return refuse(diag, format, "does not give year, month and day");
	return ST_OK;
}
