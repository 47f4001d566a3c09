/*
 * What src/net reads of strangers' and users' texts: header files, heads of answers, dates, ranges,
 * URLs. The first byte tells which; what is taken in keeps to its rules.
 */
#include "check.h"
#include "net/http.h"
#include "net/http_answer.h"
#include "net/http_date.h"
#include "net/http_headers.h"

static void header_file(struct span text)
{
	struct http_headers headers;
	struct diag diag = {""};
	enum status status = http_headers_parse(text, "h", &headers, &diag);

	CHECK((status == ST_OK) == (headers.count > 0));
	CHECK((status == ST_OK) == (diag.text[0] == '\0'));
	CHECK(headers.count <= HTTP_HEADERS_MAX);
	for (size_t i = 0; i < headers.count; i++) {
		size_t len = strlen(headers.lines[i]);

		CHECK(strchr(headers.lines[i], ':') > headers.lines[i]);
		CHECK(len <= HTTP_HEADER_LINE_MAX + 1);
		for (size_t k = 0; k < len; k++) {
			unsigned char c = (unsigned char)headers.lines[i][k];

			CHECK((c >= 0x20 && c != 0x7f) || c == '\t');
		}
	}
	http_headers_free(&headers);
}

static void answer(struct span text)
{
	struct http_answer a;
	const char *validator;
	bool more = true;

	http_answer_start(&a);
	while (more) {
		struct span line;

		more = span_cut(text, '\n', &line, &text);
		http_answer_field(&a, line);
	}
	CHECK(a.length == HTTP_UNKNOWN || (a.length <= INT64_MAX && !a.chunked));
	CHECK(!a.has_range || a.range.unsatisfied || a.range.first <= a.range.last);
	CHECK(!a.has_range || a.range.unsatisfied || !a.range.whole_known ||
	      a.range.last < a.range.total);
	CHECK(http_answer_wait(&a, 0) >= HTTP_NO_WAIT);
	validator = http_answer_validator(&a);
	for (size_t i = 0; validator && validator[i]; i++)
		CHECK((unsigned char)validator[i] >= 0x20 && validator[i] != 0x7f);
	CHECK(!http_answer_differs(&a, &a));
}

static void url(struct span text)
{
	char *copy = malloc(text.len + 1);
	char *name;

	CHECK(copy != NULL);
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	name = http_public_name(copy);
	for (size_t i = 0; name[i]; i++)
		CHECK(name[i] > 0x20 && name[i] < 0x7f);
	CHECK(!strchr(name, '#'));
	CHECK(!strchr(name, '?') || strcmp(strchr(name, '?'), "?...") == 0);
	CHECK(strlen(name) >= 3);
	free(name);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = {(const char *)data + 1, size - 1};
	struct http_range range;
	int64_t t_ms;

	if (!size)
		return 0;
	switch (data[0]) {
	case 'h':
		header_file(text);
		break;
	case 'a':
		answer(text);
		break;
	case 'u':
		url(text);
		break;
	case 'd':
		http_date_parse(text, &t_ms);
		break;
	case 'r':
		http_range_parse(text, &range);
		break;
	default:
		break;
	}
	return 0;
}
