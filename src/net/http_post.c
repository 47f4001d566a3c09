#include "net/http_post.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "net/http.h"
#include "net/http_curl.h"
#include "net/http_headers.h"
#include "net/http_retry.h"

enum {
	TRIES = 5,
	PAUSE_MS = 500,
	DOUBLED_MAX = 10, /* times */
	ANSWER_S = 120,
	/* of an answer's body, which nobody reads: so much of it, for so long, out of politeness */
	ANSWER_MAX = 1024 * 1024,
	ANSWER_MS = 5000,
	OWN_LINES = 2, /* Content-Type, Idempotency-Key */
	LINES_MAX = 2 * HTTP_HEADERS_MAX + OWN_LINES,
	LINE_SIZE = 128,
};

struct http_post {
	char *name;
	struct web_url url;
	struct http_headers file, text;
	const char *lines[LINES_MAX]; /* of both, the first line_count */
	size_t line_count;
	struct http_post_options options; /* defaults filled in */
};

enum step {
	STEP_DONE,
	STEP_AGAIN, /* another try may help; the diag tells what happened */
	STEP_FAIL,  /* none would; likewise */
};

/* one body on its way; `why` is without a name */
struct sending {
	struct transfer *transfer;
	struct transfer_request request;
	int64_t wait_s; /* Retry-After of the last answer */
	struct diag why;
};

static struct span name_of(const char *line)
{
	struct span name;
	struct span value;

	span_cut(span_of(line), ':', &name, &value);
	return name;
}

static bool has_name(const struct http_headers *headers, struct span name)
{
	for (size_t i = 0; i < headers->count; i++) {
		if (span_eq_nocase(name_of(headers->lines[i]), name))
			return true;
	}
	return false;
}

/* what tells what the body is, and which */
static enum status check_names(const struct http_headers *headers, const char *path,
                               struct diag *diag)
{
	static const char *const ours[] = {"Content-Type", "Content-Encoding", "Idempotency-Key"};

	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
		if (has_name(headers, span_of(ours[i])))
			return diag_set(diag, ST_USAGE,
			                "%.200s: a header that only this program may set: %s", path,
			                ours[i]);
	}
	return ST_OK;
}

static enum status read_headers(struct http_post *post, const struct http_post_options *options,
                                struct diag *diag)
{
	static const char variable[] = "AISGAP_POST_HEADERS";
	enum status status = ST_OK;

	if (options->header_file)
		status = http_headers_read(options->header_file, &post->file, diag);
	if (status == ST_OK && options->header_file)
		status = check_names(&post->file, options->header_file, diag);
	if (status == ST_OK && options->header_text.len)
		status = http_headers_parse(options->header_text, variable, &post->text, diag);
	if (status == ST_OK)
		status = check_names(&post->text, variable, diag);
	return status;
}

static void gather_lines(struct http_post *post)
{
	for (size_t i = 0; i < post->file.count; i++)
		post->lines[post->line_count++] = post->file.lines[i];
	for (size_t i = 0; i < post->text.count; i++) {
		if (!has_name(&post->file, name_of(post->text.lines[i])))
			post->lines[post->line_count++] = post->text.lines[i];
	}
}

static void set_options(struct http_post *post, const struct http_post_options *options)
{
	post->options = (struct http_post_options){
	    .tries = options->tries ? options->tries : TRIES,
	    .pause_ms = options->pause_ms ? options->pause_ms : PAUSE_MS,
	    .answer_s = options->answer_s ? options->answer_s : ANSWER_S,
	};
}

static enum status prepare(struct http_post *post, const char *url,
                           const struct http_post_options *options, struct diag *diag)
{
	enum status status;

	set_options(post, options);
	post->name = http_public_name(url);
	if (!http_is_url(url) || !web_url_parse(url, &post->url) || post->url.scheme == WEB_OTHER)
		return diag_set(diag, ST_USAGE,
		                "%.200s: not a URL; http:// or https:// was expected", post->name);
	status = read_headers(post, options, diag);
	gather_lines(post);
	return status;
}

enum status http_post_open(const char *url, const struct http_post_options *options,
                           struct http_post **post, struct diag *diag)
{
	struct http_post *opened = mem_new(1, sizeof *opened);
	enum status status = prepare(opened, url, options, diag);

	*post = NULL;
	if (status == ST_OK)
		*post = opened;
	else
		http_post_close(opened);
	return status;
}

static enum step redirected(struct sending *s, int status)
{
	struct web_url next;
	char *name = NULL;

	if (transfer_moved(s->transfer) && transfer_redirect(s->transfer, &next)) {
		name = http_public_name(next.text);
		web_url_free(&next);
	}
	diag_set(&s->why, ST_FAILED,
	         "%d, a redirect%s%.150s; what is posted goes only to the URL that was given: name "
	         "the one that takes it",
	         status, name ? " to " : "", name ? name : "");
	free(name);
	return STEP_FAIL;
}

static enum step judge(struct sending *s, const struct http_answer *answer)
{
	int status = answer->status;

	if (status >= 200 && status < 300) {
		transfer_discard(s->transfer,
		                 answer->length < ANSWER_MAX ? answer->length : ANSWER_MAX,
		                 ANSWER_MS);
		return STEP_DONE;
	}
	if (status >= 300 && status < 400 && status != 304)
		return redirected(s, status);
	if (status == 408 || status == 425 || status == 429 || (status >= 500 && status < 600))
		return http_retry_busy(answer, &s->wait_s, &s->why) ? STEP_AGAIN : STEP_FAIL;
	http_retry_status(status, &s->why);
	return STEP_FAIL;
}

static enum step try_once(struct sending *s)
{
	struct http_answer answer;

	s->wait_s = HTTP_NO_WAIT;
	transfer_start(s->transfer, &s->request);
	if (transfer_head(s->transfer, &answer))
		return judge(s, &answer);
	diag_set(&s->why, ST_FAILED, "%s", transfer_why(s->transfer));
	return transfer_end(s->transfer) == TRANSFER_BROKEN ? STEP_AGAIN : STEP_FAIL;
}

static enum status try_all(const struct http_post *post, struct sending *s, struct diag *diag)
{
	enum step step = try_once(s);
	unsigned tries = 1;

	for (; step == STEP_AGAIN && tries < post->options.tries; tries++) {
		unsigned doubled = tries - 1 < DOUBLED_MAX ? tries - 1 : DOUBLED_MAX;

		http_retry_pause((int64_t)post->options.pause_ms << doubled, s->wait_s);
		step = try_once(s);
	}
	if (step == STEP_DONE)
		return ST_OK;
	if (step == STEP_AGAIN && tries > 1)
		return diag_set(diag, ST_FAILED, "%.200s: %.200s; %u tries in a row failed",
		                post->name, s->why.text, tries);
	return diag_set(diag, ST_FAILED, "%.200s: %.280s", post->name, s->why.text);
}

/* a structured field's string (RFC 8941 section 3.3.3) has quotes around it */
static size_t all_lines(const struct http_post *post, const char **lines, char (*own)[LINE_SIZE],
                        const char *content_type, const char *key)
{
	size_t count = post->line_count;

	memcpy(lines, post->lines, count * sizeof *lines);
	snprintf(own[0], LINE_SIZE, "Content-Type: %.64s", content_type);
	snprintf(own[1], LINE_SIZE, "Idempotency-Key: \"%.64s\"", key);
	for (size_t i = 0; i < OWN_LINES; i++)
		lines[count++] = own[i];
	return count;
}

enum status http_post_send(struct http_post *post, const char *content_type,
                           const char *idempotency_key, struct span body, struct diag *diag)
{
	const char *lines[LINES_MAX];
	char own[OWN_LINES][LINE_SIZE];
	struct sending s = {.transfer = transfer_new()};
	enum status status;

	if (!s.transfer)
		return diag_set(diag, ST_FAILED, "%.200s: libcurl cannot start", post->name);
	s.request = (struct transfer_request){
	    .url = &post->url,
	    .user = post->url.user,
	    .password = post->url.password,
	    .headers = lines,
	    .header_count = all_lines(post, lines, own, content_type, idempotency_key),
	    .post = true,
	    .body = body,
	    .answer_s = post->options.answer_s,
	};
	status = try_all(post, &s, diag);
	transfer_free(s.transfer);
	return status;
}

void http_post_close(struct http_post *post)
{
	if (!post)
		return;
	http_headers_free(&post->file);
	http_headers_free(&post->text);
	web_url_free(&post->url);
	free(post->name);
	free(post);
}
