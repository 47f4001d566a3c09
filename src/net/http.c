#include "net/http.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "net/http_answer.h"
#include "net/http_body.h"
#include "net/http_curl.h"
#include "net/http_headers.h"
#include "net/http_retry.h"

enum {
	REDIRECTS_MAX = 10,
	TRIES_MAX = 4, /* in a row that bring nothing new, after the first */
	PAUSE_MS = 500,
	STALL_S = 60,
	/* after so many new bytes the next pause is short: the server is fine, the line is not */
	GOOD_RUN = 16 * 1024,
	SHORT_PAUSES = 10, /* so many short ones make a pause */
	/* for bytes behind the end that Content-Length tells */
	EXCESS_MS = 1000,
};

struct http {
	char *name;
	struct web_url named; /* the URL that the user gave */
	struct http_headers headers;
	struct http_options options; /* defaults filled in */
	struct transfer *transfer;
	struct http_body body;
	unsigned tries;    /* that failed in a row and brought nothing */
	uint64_t tried_at; /* bytes delivered at the last failure */
	int64_t wait_s;    /* Retry-After of the last answer */
	bool failed;
	struct diag why; /* without the name */
};

static enum http_step fail(struct http *http, const char *why)
{
	diag_set(&http->why, ST_FAILED, "%s", why);
	return STEP_FAIL;
}

/* the request ended without an answer, or the answer without a body's end */
static enum http_step broken(struct http *http)
{
	fail(http, transfer_why(http->transfer));
	return transfer_end(http->transfer) == TRANSFER_BROKEN ? STEP_AGAIN : STEP_FAIL;
}

static enum http_step bad_status(struct http *http, int status)
{
	http_retry_status(status, &http->why);
	return STEP_FAIL;
}

static enum http_step busy(struct http *http, const struct http_answer *answer)
{
	return http_retry_busy(answer, &http->wait_s, &http->why) ? STEP_AGAIN : STEP_FAIL;
}

static enum http_step judge(struct http *http, const struct http_answer *answer, bool ranged)
{
	switch (answer->status) {
	case 200:
	case 203:
	case 206:
		return http_body_answer(&http->body, answer, ranged, &http->why);
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		if (transfer_moved(http->transfer))
			return STEP_MOVED;
		return fail(http, "a redirect without a Location");
	case 416:
		if (ranged)
			return http_body_answer(&http->body, answer, ranged, &http->why);
		return bad_status(http, 416);
	case 429:
	case 500:
	case 502:
	case 503:
	case 504:
		return busy(http, answer);
	default:
		return bad_status(http, answer->status);
	}
}

/* headers and credentials are for the origin that the user named, and for no other */
static enum http_step request(struct http *http, const struct web_url *url)
{
	bool own = strcmp(url->origin, http->named.origin) == 0;
	struct transfer_request r = {
	    .url = url,
	    .user = own ? http->named.user : NULL,
	    .password = own ? http->named.password : NULL,
	    .headers = http->headers.lines,
	    .header_count = own ? http->headers.count : 0,
	    .from = http->body.delivered,
	    .if_range = http_body_validator(&http->body),
	    .stall_s = http->options.stall_s,
	};
	struct http_answer answer;

	transfer_start(http->transfer, &r);
	if (!transfer_head(http->transfer, &answer))
		return broken(http);
	return judge(http, &answer, r.if_range != NULL);
}

/* user and password that a Location may hold were left behind by web_url_parse's text */
static enum http_step next_url(struct http *http, unsigned hops, struct web_url *moved,
                               enum web_scheme from)
{
	struct web_url next;
	const char *wrong;

	if (hops == REDIRECTS_MAX)
		return fail(http, "more than 10 redirects");
	if (!transfer_redirect(http->transfer, &next))
		return fail(http, "a redirect to what is no URL");
	web_url_free(moved);
	*moved = next;
	wrong = web_redirect_wrong(from, next.scheme);
	return wrong ? fail(http, wrong) : STEP_MOVED;
}

/* asks for what is still missing, at the user's URL and wherever that leads */
static enum http_step ask(struct http *http)
{
	struct web_url moved = {.scheme = WEB_OTHER};
	enum web_scheme scheme = http->named.scheme;
	enum http_step step;

	http->wait_s = HTTP_NO_WAIT;
	step = request(http, &http->named);
	for (unsigned hops = 0; step == STEP_MOVED; hops++) {
		step = next_url(http, hops, &moved, scheme);
		scheme = moved.scheme;
		if (step == STEP_MOVED)
			step = request(http, &moved);
	}
	web_url_free(&moved);
	return step;
}

/* counts a failure and waits; false when there were enough of them */
static bool may_try_again(struct http *http)
{
	uint64_t news = http->body.delivered - http->tried_at;
	int64_t ms;

	if (news)
		http->tries = 0;
	http->tried_at = http->body.delivered;
	if (++http->tries > TRIES_MAX)
		return false;
	ms = (int64_t)http->options.pause_ms << (http->tries - 1);
	if (news >= GOOD_RUN)
		ms /= SHORT_PAUSES;
	http_retry_pause(ms, http->wait_s);
	return true;
}

/* after a failure that may pass */
static enum http_step resume(struct http *http)
{
	enum http_step step = STEP_AGAIN;

	while (step == STEP_AGAIN) {
		if (!may_try_again(http)) {
			struct diag why = http->why;

			diag_set(&http->why, ST_FAILED, "%.200s; %d tries in a row failed",
			         why.text, TRIES_MAX + 1);
			return STEP_FAIL;
		}
		step = ask(http);
	}
	return step;
}

/* the answer has given all that it promised */
static enum http_step at_end(struct http *http)
{
	if (transfer_more(http->transfer, EXCESS_MS))
		return fail(http, "more bytes came than Content-Length or Content-Range tells");
	return http_body_end(&http->body, &http->why);
}

/* the connection gave no more */
static enum http_step stopped(struct http *http)
{
	if (transfer_end(http->transfer) != TRANSFER_WHOLE)
		return broken(http);
	if (http->body.end == HTTP_UNKNOWN) {
		/*
		 * Without length and chunks the end cannot be told from a break, unless TLS does:
		 * libcurl takes an end without close_notify for a break.
		 */
		return http_body_end(&http->body, &http->why);
	}
	fail(http, "the connection was closed before the body's end");
	return STEP_AGAIN;
}

/* one step on: some bytes, or none yet */
static enum http_step advance(struct http *http, char *buf, size_t len, size_t *got)
{
	struct http_body *body = &http->body;
	size_t n;

	if (body->at == body->end)
		return at_end(http);
	n = transfer_read(http->transfer, buf, http_body_want(body, len));
	if (!n)
		return stopped(http);
	return http_body_bytes(body, buf, n, got, &http->why);
}

static enum status give_up(struct http *http, struct diag *diag)
{
	http->failed = true;
	if (http->body.delivered)
		return diag_set(diag, ST_FAILED, "%.200s: %.250s (after %" PRIu64 " bytes)",
		                http->name, http->why.text, http->body.delivered);
	return diag_set(diag, ST_FAILED, "%.200s: %.250s", http->name, http->why.text);
}

enum status http_read(struct http *http, char *buf, size_t len, size_t *got, struct diag *diag)
{
	*got = 0;
	while (!http->failed && !http->body.ended && !*got) {
		enum http_step step = advance(http, buf, len, got);

		if (step == STEP_AGAIN)
			step = resume(http);
		http->failed = step == STEP_FAIL;
	}
	return http->failed ? give_up(http, diag) : ST_OK;
}

static void set_options(struct http *http, const struct http_options *options)
{
	http->options = *options;
	http->options.header_file = NULL;
	if (!http->options.stall_s)
		http->options.stall_s = STALL_S;
	if (!http->options.pause_ms)
		http->options.pause_ms = PAUSE_MS;
}

static enum status prepare(struct http *http, const char *url, const struct http_options *options,
                           struct diag *diag)
{
	set_options(http, options);
	http_body_start(&http->body, options->max_bytes);
	http->name = http_public_name(url);
	if (!http_is_url(url) || !web_url_parse(url, &http->named) ||
	    http->named.scheme == WEB_OTHER)
		return diag_set(diag, ST_USAGE,
		                "%.200s: not a URL; http:// or https:// was expected", http->name);
	http->transfer = transfer_new();
	if (!http->transfer)
		return diag_set(diag, ST_FAILED, "%.200s: libcurl cannot start", http->name);
	if (options->header_file)
		return http_headers_read(options->header_file, &http->headers, diag);
	return ST_OK;
}

enum status http_open(const char *url, const struct http_options *options, struct http **http,
                      struct diag *diag)
{
	struct http *opened = mem_new(1, sizeof *opened);
	enum status status = prepare(opened, url, options, diag);

	*http = NULL;
	if (status == ST_OK) {
		enum http_step step = ask(opened);

		if (step == STEP_AGAIN)
			step = resume(opened);
		if (step == STEP_FAIL)
			status = give_up(opened, diag);
	}
	if (status == ST_OK)
		*http = opened;
	else
		http_close(opened);
	return status;
}

uint64_t http_size(const struct http *http)
{
	return http->body.total == HTTP_UNKNOWN ? 0 : http->body.total;
}

const char *http_etag(const struct http *http)
{
	return http->body.answer.etag;
}

void http_close(struct http *http)
{
	if (!http)
		return;
	transfer_free(http->transfer);
	http_headers_free(&http->headers);
	web_url_free(&http->named);
	free(http->name);
	free(http);
}
