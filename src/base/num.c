#include "base/num.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

/* powers of ten that a double holds exactly */
static const double POWERS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;

static void make_c_locale(void)
{
	c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (!c_locale)
		mem_out();
}

/* strtod in the C locale, for text already known to be a plain decimal number */
static double slow_double(struct span s)
{
	char text[512];
	double value;
	char *copy = text;

	pthread_once(&c_locale_once, make_c_locale);
	if (s.len >= sizeof text)
		copy = mem_new(s.len + 1, 1);
	span_copy(s, copy, s.len + 1);
	value = strtod_l(copy, NULL, c_locale);
	if (copy != text)
		free(copy);
	return value;
}

/* the parts of a decimal number: value = mantissa * 10^exponent unless `many` digits were lost */
struct decimal {
	uint64_t mantissa;
	int64_t exponent;
	bool negative;
	bool many;
};

static void add_digit(struct decimal *d, char c, bool after_point)
{
	if (d->mantissa >= UINT64_MAX / 10 - 1)
		d->many = true;
	else
		d->mantissa = d->mantissa * 10 + (uint64_t)(c - '0');
	d->exponent -= after_point;
}

static const char *read_exponent(const char *p, const char *end, struct decimal *d)
{
	bool negative = p < end && *p == '-';
	int64_t e = 0;
	const char *start;

	if (p < end && (*p == '-' || *p == '+'))
		p++;
	for (start = p; p < end && *p >= '0' && *p <= '9'; p++) {
		if (e < 100000)
			e = e * 10 + (*p - '0');
	}
	d->exponent += negative ? -e : e;
	return p == start ? NULL : p;
}

static bool read_decimal(struct span s, struct decimal *d)
{
	const char *p = s.ptr;
	const char *end;
	size_t digits = 0;

	if (!s.len)
		return false;
	end = p + s.len;
	if (*p == '-' || *p == '+')
		d->negative = *p++ == '-';
	for (; p < end && *p >= '0' && *p <= '9'; p++, digits++)
		add_digit(d, *p, false);
	if (p < end && *p == '.') {
		for (p++; p < end && *p >= '0' && *p <= '9'; p++, digits++)
			add_digit(d, *p, true);
	}
	if (!digits)
		return false;
	if (p < end && (*p == 'e' || *p == 'E'))
		p = read_exponent(p + 1, end, d);
	return p == end;
}

/*
 * A mantissa below 2^53 and a power of ten up to 10^22 are both exact, so one multiplication or
 * division rounds once, correctly (Clinger 1990, "How to read floating point numbers accurately").
 */
bool num_double(struct span s, double *value)
{
	struct decimal d = {0, 0, false, false};
	double v;

	if (!read_decimal(s, &d))
		return false;
	if (d.many || d.mantissa > (UINT64_C(1) << 53) || d.exponent < -22 || d.exponent > 22) {
		*value = slow_double(s);
		return true;
	}
	v = (double)d.mantissa;
	v = d.exponent < 0 ? v / POWERS[-d.exponent] : v * POWERS[d.exponent];
	*value = d.negative ? -v : v;
	return true;
}

bool num_int(struct span s, int64_t *value)
{
	const char *p = s.ptr;
	const char *end = p;
	bool negative = s.len && *p == '-';
	uint64_t limit = negative ? UINT64_C(1) << 63 : INT64_MAX;
	uint64_t v = 0;

	if (!s.len)
		return false;
	end += s.len;
	if (*p == '-' || *p == '+')
		p++;
	if (p == end)
		return false;
	for (; p < end; p++) {
		uint64_t digit = (uint64_t)(*p - '0');

		if (*p < '0' || *p > '9' || v > (limit - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*value = negative ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

/* snprintf of a double in the C locale */
static int print(char text[NUM_TEXT_SIZE], const char *format, int precision, double value)
{
	locale_t before;
	int length;

	pthread_once(&c_locale_once, make_c_locale);
	before = uselocale(c_locale);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	length = snprintf(text, NUM_TEXT_SIZE, format, precision, value);
#pragma GCC diagnostic pop
	uselocale(before);
	return length;
}

/* the fewest significant digits (at most 17) that read back, as "d.ddde+xx" */
static void shortest(double value, char text[NUM_TEXT_SIZE])
{
	/* any decimal of 15 digits survives a normal double; subnormal ones hold fewer */
	for (int digits = fabs(value) < 1e-290 ? 1 : 15; digits <= 17; digits++) {
		int length = print(text, "%.*e", digits - 1, value);

		if (slow_double((struct span){text, (size_t)length}) == value)
			return;
	}
}

/* splits "-d.ddde-xx" into digits (trailing zeros dropped) and the exponent of the first digit */
static int digits_of(const char *scientific, char digits[20], int *exponent)
{
	int n = 0;
	const char *p = scientific + (*scientific == '-');

	for (; *p && *p != 'e'; p++) {
		if (*p != '.')
			digits[n++] = *p;
	}
	*exponent = (int)strtol(p + 1, NULL, 10);
	while (n > 1 && digits[n - 1] == '0')
		n--;
	return n;
}

/* digits of n, most significant first; returns how many */
static int put_digits(uint64_t n, char *out)
{
	char reversed[20];
	int count = 0;

	do {
		reversed[count++] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	for (int i = 0; i < count; i++)
		out[i] = reversed[count - 1 - i];
	return count;
}

/* n / 10^decimals in positional notation, at least one digit on each side of the point */
static int put_scaled(bool negative, uint64_t n, int decimals, char text[NUM_TEXT_SIZE])
{
	char *out = text;
	uint64_t scale = (uint64_t)POWERS[decimals];
	uint64_t fraction = n % scale;

	if (negative)
		*out++ = '-';
	out += put_digits(n / scale, out);
	*out++ = '.';
	for (int i = decimals - 1; i >= 0; i--) {
		out[i] = (char)('0' + fraction % 10);
		fraction /= 10;
	}
	out += decimals;
	if (!decimals)
		*out++ = '0';
	*out = '\0';
	return (int)(out - text);
}

/*
 * The fewest decimals, at most 9, with which the value reads back: numbers as people and receivers
 * write them. Whole number and power of ten are exact doubles, so the division is what reading back
 * would give.
 */
static bool few_decimals(double magnitude, uint64_t *n, int *decimals)
{
	for (int d = 0; d <= 9; d++) {
		double scaled = rint(magnitude * POWERS[d]);

		if (scaled >= 9007199254740992.0) /* 2^53 */
			return false;
		if (scaled / POWERS[d] == magnitude) {
			*n = (uint64_t)scaled;
			*decimals = d;
			return true;
		}
	}
	return false;
}

/* d.ddde+xx, with an exponent of two digits or more */
static int put_scientific(const char *digits, int n, int exponent, char *text)
{
	char *out = text;

	*out++ = digits[0];
	if (n > 1)
		*out++ = '.';
	for (int i = 1; i < n; i++)
		*out++ = digits[i];
	return (int)(out - text) + snprintf(out, 8, "e%c%02d", exponent < 0 ? '-' : '+',
	                                    exponent < 0 ? -exponent : exponent);
}

/* Python writes positional notation for exponents -4 to 15, and scientific beyond. */
int num_repr(double value, char text[NUM_TEXT_SIZE])
{
	char scientific[NUM_TEXT_SIZE];
	char digits[20] = "0";
	int exponent;
	int n;
	int decimals;
	uint64_t scaled;
	char *out = text;

	if ((value == 0 || fabs(value) >= 1e-4) && few_decimals(fabs(value), &scaled, &decimals))
		return put_scaled(signbit(value), scaled, decimals, text);
	shortest(value, scientific);
	n = digits_of(scientific, digits, &exponent);
	if (signbit(value))
		*out++ = '-';
	if (exponent < -4 || exponent >= 16)
		return (int)(out - text) + put_scientific(digits, n, exponent, out);
	if (exponent < 0) {
		*out++ = '0';
		*out++ = '.';
		for (int i = exponent + 1; i < 0; i++)
			*out++ = '0';
	}
	for (int i = 0; i < n || i <= exponent; i++) {
		if (i == exponent + 1 && exponent >= 0)
			*out++ = '.';
		*out++ = i < n ? digits[i] : '0';
	}
	if (exponent >= 0 && n <= exponent + 1) {
		*out++ = '.';
		*out++ = '0';
	}
	*out = '\0';
	return (int)(out - text);
}

/* magnitude * scale to the nearest whole number, of two the even one, decided on the exact product
 */
static double round_scaled(double magnitude, double scale)
{
	double product = magnitude * scale;
	double whole = floor(product);
	double part = product - whole;
	double lost = fma(magnitude, scale, -product);

	if (part > 0.5 || (part == 0.5 && (lost > 0 || (lost == 0 && fmod(whole, 2) != 0))))
		return whole + 1;
	return whole;
}

int num_fixed(double value, int decimals, char text[NUM_TEXT_SIZE])
{
	int length;
	double scaled = round_scaled(fabs(value), POWERS[decimals]);

	if (scaled >= 9007199254740992.0) /* 2^53 */
		return num_repr(value, text);
	length = put_scaled(value < 0 && scaled > 0, (uint64_t)scaled, decimals, text);
	while (text[length - 1] == '0')
		length--;
	if (text[length - 1] == '.')
		length--;
	text[length] = '\0';
	return length;
}

int num_significant(double value, int digits, char text[NUM_TEXT_SIZE])
{
	char scientific[NUM_TEXT_SIZE];
	char kept[20] = "0";
	double rounded = 0;
	int exponent;
	int length = print(scientific, "%.*e", digits - 1, value);
	int n = digits_of(scientific, kept, &exponent);

	if (value != 0 && (exponent < -4 || exponent >= 6)) {
		text[0] = '-';
		length = signbit(value) ? 1 : 0;
		return length + put_scientific(kept, n, exponent, text + length);
	}
	/* nine decimals hold six digits from 1e-4 on */
	num_double((struct span){scientific, (size_t)length}, &rounded);
	return num_fixed(rounded, 9, text);
}
