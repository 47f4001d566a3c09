#include "input/format.h"

#include <stdbool.h>
#include <stdio.h>

#include "ais/nmea.h"

static const char *const NAMES[] = {
    [FORMAT_DETECT] = "",
    [FORMAT_CSV] = "csv",
    [FORMAT_NMEA] = "nmea",
    [FORMAT_JSON] = "json",
};

enum { FORMATS = sizeof NAMES / sizeof *NAMES };

const char *format_name(enum input_format format)
{
	return NAMES[format];
}

enum input_format format_find(struct span name)
{
	for (int f = FORMAT_DETECT + 1; f < FORMATS; f++) {
		if (span_eq(name, span_of(NAMES[f])))
			return (enum input_format)f;
	}
	return FORMAT_DETECT;
}

/* what else people pipe in, by its first bytes, and what to do about it */
static const struct {
	struct span begin;
	const char *what;
} KINDS[] = {
    {SPAN("\xFF\xFE"), "UTF-16; save it as UTF-8, or: iconv -f UTF-16 -t UTF-8 FILE | aisgap"},
    {SPAN("\xFE\xFF"), "UTF-16; save it as UTF-8, or: iconv -f UTF-16 -t UTF-8 FILE | aisgap"},
    {SPAN("<"), "HTML or XML, which is no export"},
    {SPAN("%PDF"), "a PDF, which is no export"},
    {SPAN("SQLite format 3"), "an SQLite database; export its table as CSV"},
    {SPAN("PAR1"), "Parquet; export it as CSV"},
    {SPAN("\x89HDF"), "HDF5 or NetCDF; export it as CSV"},
    {SPAN("7z\xBC\xAF\x27\x1C"), "a 7z archive; unpack it first: 7z x -so FILE | aisgap"},
    {SPAN("Rar!"), "a rar archive; unpack it first: unrar p -inul FILE | aisgap"},
    {SPAN("\x1F\x9D"), "compress (.Z); unpack it first: zcat FILE | aisgap"},
};

/* control bytes that no text has */
static bool is_binary(struct span head)
{
	size_t controls = 0;
	size_t n = head.len < 4096 ? head.len : 4096;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)head.ptr[i];

		/* 26 ends a DOS file, 30 begins a record of a JSON text sequence (RFC 7464) */
		controls += c < 9 || (c > 13 && c < 32 && c != 26 && c != 30);
	}
	return controls * 20 > n;
}

static enum status refuse_binary(struct span head, const char *name, struct diag *diag)
{
	char bytes[32] = "";
	size_t len = 0;

	for (size_t i = 0; i < head.len && i < 6; i++) {
		len += (size_t)snprintf(bytes + len, sizeof bytes - len, i ? " %02X" : "%02X",
		                        (unsigned char)head.ptr[i]);
	}
	return diag_set(diag, ST_NO_FEED,
	                "%s: binary data (first bytes %s); expected text in UTF-8 or an 8-bit "
	                "encoding",
	                name, bytes);
}

static enum status refuse_kind(struct span head, const char *name, struct diag *diag)
{
	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
		if (span_starts(head, KINDS[i].begin))
			return diag_set(diag, ST_NO_FEED, "%s: this is %s", name, KINDS[i].what);
	}
	return is_binary(head) ? refuse_binary(head, name, diag) : ST_OK;
}

/* what stands behind a byte order mark, blanks and the separators of RFC 7464 */
static struct span text_of(struct span head)
{
	if (span_starts(head, SPAN("\xEF\xBB\xBF")))
		head = (struct span){head.ptr + 3, head.len - 3};
	while (head.len && memchr(" \t\r\n\x1E", head.ptr[0], 5)) {
		head.ptr++;
		head.len--;
	}
	return head;
}

enum status format_detect(struct span head, const char *name, enum input_format *format,
                          struct diag *diag)
{
	struct span text = text_of(head);
	enum status status;

	if (!head.len)
		return diag_set(diag, ST_NO_FEED, "%s: empty; expected an AIS export", name);
	/* before all that a bracket may mean: times before sentences stand in some, too */
	if (nmea_is_log(head)) {
		*format = FORMAT_NMEA;
		return ST_OK;
	}
	if ((status = refuse_kind(head, name, diag)) != ST_OK)
		return status;
	if (text.len && (text.ptr[0] == '{' || text.ptr[0] == '['))
		*format = FORMAT_JSON;
	else
		*format = FORMAT_CSV;
	return ST_OK;
}
