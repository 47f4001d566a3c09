#include "net/http_answer.h"

#include "net/http_date.h"

/* digits only, at most INT64_MAX; no sign, no blanks */
static bool read_count(struct span s, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned digit = (unsigned)(unsigned char)s.ptr[i] - '0';

		if (digit > 9 || *value > ((uint64_t)INT64_MAX - digit) / 10)
			return false;
		*value = *value * 10 + digit;
	}
	return s.len > 0;
}

bool http_range_parse(struct span text, struct http_range *range)
{
	struct span unit;
	struct span part;
	struct span total;
	struct span first;
	struct span last;

	*range = (struct http_range){false, false, 0, 0, 0};
	if (!span_cut(text, ' ', &unit, &text) || !span_eq_nocase(unit, SPAN("bytes")) ||
	    !span_cut(text, '/', &part, &total))
		return false;
	range->whole_known = !span_eq(total, SPAN("*"));
	if (range->whole_known && !read_count(total, &range->total))
		return false;
	range->unsatisfied = span_eq(part, SPAN("*"));
	if (range->unsatisfied)
		return range->whole_known;
	return span_cut(part, '-', &first, &last) && read_count(first, &range->first) &&
	       read_count(last, &range->last) && range->first <= range->last &&
	       (!range->whole_known || range->last < range->total);
}

/* the first of several reasons is as good as any */
static void set_wrong(struct http_answer *answer, const char *why)
{
	if (!answer->wrong)
		answer->wrong = why;
}

/* RFC 9112 section 6.3: one that has both may be two answers in one, and ought to be an error */
static void check_framing(struct http_answer *answer)
{
	if (answer->chunked && answer->has_length)
		set_wrong(answer, "both Transfer-Encoding and Content-Length");
}

/* a list of equal numbers is one of them (RFC 9110 section 8.6) */
static void take_length(struct http_answer *answer, struct span value)
{
	bool more = true;

	while (more) {
		struct span one;
		uint64_t length;

		more = span_cut(value, ',', &one, &value);
		if (!read_count(span_trim(one), &length) ||
		    (answer->length != HTTP_UNKNOWN && answer->length != length))
			set_wrong(answer, "a Content-Length that is no number, or several");
		else
			answer->length = length;
	}
	answer->has_length = true;
	check_framing(answer);
}

/*
 * Any coding but chunked, once, leaves the body's end to the connection's, which is no end that can
 * be told from a break; none was asked for (RFC 9112 sections 6.1 and 7.4).
 */
static void take_transfer(struct http_answer *answer, struct span value)
{
	if (answer->chunked || !span_eq_nocase(value, SPAN("chunked")))
		set_wrong(answer, "an unsupported transfer coding (only chunked is supported)");
	answer->chunked = true;
	check_framing(answer);
}

/* a second one is no range that can be relied on */
static void take_range(struct http_answer *answer, struct span value)
{
	answer->has_range = http_range_parse(value, &answer->range) && !answer->has_range;
}

static enum http_coding coding_of(struct span name)
{
	if (!name.len || span_eq_nocase(name, SPAN("identity")))
		return HTTP_PLAIN;
	if (span_eq_nocase(name, SPAN("gzip")) || span_eq_nocase(name, SPAN("x-gzip")))
		return HTTP_GZIP;
	return span_eq_nocase(name, SPAN("zstd")) ? HTTP_ZSTD : HTTP_CODING_OTHER;
}

/* two codings, one over the other, were not asked for */
static void take_coding(struct http_answer *answer, struct span value)
{
	bool more = true;

	while (more) {
		struct span one;
		enum http_coding coding;

		more = span_cut(value, ',', &one, &value);
		coding = coding_of(span_trim(one));
		if (coding != HTTP_PLAIN && answer->coding != HTTP_PLAIN)
			answer->coding = HTTP_CODING_OTHER;
		else if (coding != HTTP_PLAIN)
			answer->coding = coding;
	}
}

/* RFC 9110 section 8.8.3: quoted, no quote and no control character within */
static void take_etag(struct http_answer *answer, struct span value)
{
	struct span tag = value;

	if (span_starts(tag, SPAN("W/")))
		tag = (struct span){tag.ptr + 2, tag.len - 2};
	if (tag.len < 2 || tag.ptr[0] != '"' || tag.ptr[tag.len - 1] != '"' ||
	    value.len >= sizeof answer->etag)
		return;
	for (size_t i = 1; i < tag.len - 1; i++) {
		unsigned char c = (unsigned char)tag.ptr[i];

		if (c <= 0x20 || c == 0x7f || c == '"')
			return;
	}
	span_copy(value, answer->etag, sizeof answer->etag);
}

static void take_modified(struct http_answer *answer, struct span value)
{
	answer->has_modified = http_date_parse(value, &answer->modified_ms) &&
	                       span_copy(value, answer->modified, sizeof answer->modified);
}

static void take_date(struct http_answer *answer, struct span value)
{
	answer->has_date = http_date_parse(value, &answer->date_ms);
}

static void take_retry(struct http_answer *answer, struct span value)
{
	uint64_t seconds;

	if (read_count(value, &seconds))
		answer->retry_s = (int64_t)seconds;
	else
		answer->has_retry_date = http_date_parse(value, &answer->retry_ms);
}

static const struct {
	const char *name;
	void (*take)(struct http_answer *answer, struct span value);
} FIELDS[] = {
    {"content-length", take_length},
    {"transfer-encoding", take_transfer},
    {"content-range", take_range},
    {"content-encoding", take_coding},
    {"etag", take_etag},
    {"last-modified", take_modified},
    {"date", take_date},
    {"retry-after", take_retry},
};

void http_answer_start(struct http_answer *answer)
{
	*answer = (struct http_answer){.length = HTTP_UNKNOWN, .retry_s = HTTP_NO_WAIT};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

void http_answer_field(struct http_answer *answer, struct span line)
{
	struct span name;
	struct span value;

	if (!span_cut(line, ':', &name, &value) || !name.len)
		return;
	/* RFC 9112 section 5.1; a line that begins with a blank only goes on the one before */
	if (!is_blank(name.ptr[0]) && is_blank(name.ptr[name.len - 1]))
		set_wrong(answer, "a blank before a header's colon");
	for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
		if (span_eq_nocase(name, span_of(FIELDS[i].name)))
			FIELDS[i].take(answer, span_trim(value));
	}
	if (answer->chunked)
		answer->length = HTTP_UNKNOWN;
}

static bool has_strong_etag(const struct http_answer *answer)
{
	return answer->etag[0] == '"';
}

const char *http_answer_validator(const struct http_answer *answer)
{
	if (has_strong_etag(answer))
		return answer->etag;
	if (answer->has_modified && answer->has_date &&
	    answer->date_ms - answer->modified_ms >= 1000)
		return answer->modified;
	return NULL;
}

bool http_answer_differs(const struct http_answer *a, const struct http_answer *b)
{
	if (a->etag[0] && b->etag[0] && strcmp(a->etag, b->etag) != 0)
		return true;
	return a->has_modified && b->has_modified && a->modified_ms != b->modified_ms;
}

void http_answer_learn(struct http_answer *known, const struct http_answer *answer)
{
	if (!known->etag[0])
		memcpy(known->etag, answer->etag, sizeof known->etag);
	if (known->has_modified)
		return;
	known->has_modified = answer->has_modified;
	known->modified_ms = answer->modified_ms;
}

int64_t http_answer_wait(const struct http_answer *answer, int64_t now_ms)
{
	int64_t from = answer->has_date ? answer->date_ms : now_ms;

	if (answer->retry_s != HTTP_NO_WAIT)
		return answer->retry_s;
	if (!answer->has_retry_date)
		return HTTP_NO_WAIT;
	return answer->retry_ms > from ? (answer->retry_ms - from + 999) / 1000 : 0;
}

static const struct {
	int status;
	const char *name;
} STATUSES[] = {
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {410, "Gone"},
    {416, "Range Not Satisfiable"},
    {429, "Too Many Requests"},
    {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

const char *http_status_name(int status)
{
	for (size_t i = 0; i < sizeof STATUSES / sizeof *STATUSES; i++) {
		if (STATUSES[i].status == status)
			return STATUSES[i].name;
	}
	return "";
}
