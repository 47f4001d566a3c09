#include "net/http_curl.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "aisgap/version.h"
#include "base/mem.h"
#include "net/http_head.h"

enum {
	CONNECT_S = 30,
	BUFFER_SIZE = 256 * 1024,
	RECEIVE_SIZE = 128 * 1024,
	POLL_MS = 1000,
};

static const char USER_AGENT[] = "aisgap/" AISGAP_VERSION;
/* what src/input unpacks; the same in each request, since an ETag is that of the packed body */
static const char ACCEPT_ENCODING[] = "Accept-Encoding: gzip, zstd, identity;q=0.5";

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_curl(void)
{
	/* should it fail, so does every curl_easy_init */
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static char *copy_text(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(mem_new(size, 1), text, size);
}

/* a part of the URL as a string of our own; NULL when there is none */
static char *url_part(CURLU *from, CURLUPart part, unsigned flags)
{
	char *text;
	char *copy;

	if (curl_url_get(from, part, &text, flags) != CURLUE_OK)
		return NULL;
	copy = copy_text(text);
	curl_free(text);
	return copy;
}

static void lower(char *text)
{
	for (; *text; text++) {
		if (*text >= 'A' && *text <= 'Z')
			*text = (char)(*text | 0x20);
	}
}

static enum web_scheme scheme_of(const char *name)
{
	static const char *const names[] = {"http", "https"};
	unsigned i = 0;

	while (i < WEB_OTHER && strcmp(name, names[i]) != 0)
		i++;
	return (enum web_scheme)i;
}

static void set_origin(CURLU *from, struct web_url *url)
{
	char *scheme = url_part(from, CURLUPART_SCHEME, 0);
	char *host = url_part(from, CURLUPART_HOST, 0);
	char *port = url_part(from, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	size_t size = 8 + (scheme ? strlen(scheme) : 0) + (host ? strlen(host) : 0) +
	              (port ? strlen(port) : 0);

	url->origin = mem_new(size, 1);
	snprintf(url->origin, size, "%s://%s:%s", scheme ? scheme : "", host ? host : "",
	         port ? port : "");
	lower(url->origin);
	if (scheme)
		lower(scheme);
	url->scheme = scheme ? scheme_of(scheme) : WEB_OTHER;
	free(scheme);
	free(host);
	free(port);
}

/* base: NULL, or the URL that a relative one follows (as it does in Location) */
static bool read_url(const char *base, const char *text, struct web_url *url)
{
	/* as libcurl reads a Location: with blanks in it escaped */
	unsigned flags = CURLU_NON_SUPPORT_SCHEME | (base ? CURLU_URLENCODE : 0u);
	CURLU *from;

	*url = (struct web_url){.scheme = WEB_OTHER};
	pthread_once(&once, start_curl);
	from = curl_url();
	if (!from)
		mem_out();
	if ((!base || curl_url_set(from, CURLUPART_URL, base, 0) == CURLUE_OK) &&
	    curl_url_set(from, CURLUPART_URL, text, flags) == CURLUE_OK) {
		set_origin(from, url);
		url->user = url_part(from, CURLUPART_USER, CURLU_URLDECODE);
		url->password = url_part(from, CURLUPART_PASSWORD, CURLU_URLDECODE);
		curl_url_set(from, CURLUPART_USER, NULL, 0);
		curl_url_set(from, CURLUPART_PASSWORD, NULL, 0);
		url->text = url_part(from, CURLUPART_URL, 0);
	}
	curl_url_cleanup(from);
	if (!url->text)
		web_url_free(url);
	return url->text != NULL;
}

bool web_url_parse(const char *text, struct web_url *url)
{
	return read_url(NULL, text, url);
}

void web_url_free(struct web_url *url)
{
	free(url->text);
	free(url->origin);
	free(url->user);
	free(url->password);
	*url = (struct web_url){.scheme = WEB_OTHER};
}

const char *web_redirect_wrong(enum web_scheme from, enum web_scheme to)
{
	if (to != WEB_HTTP && to != WEB_HTTPS)
		return "a redirect to a scheme other than http and https";
	return from == WEB_HTTPS && to == WEB_HTTP ? "a redirect from https to http" : NULL;
}

struct transfer {
	CURLM *multi;
	CURL *easy; /* a new one for each request: nothing of one can leak into the next */
	struct curl_slist *headers;
	char *buf; /* the body: [begin, end) is still to be read */
	size_t begin, end;
	bool paused;
	char *url; /* that was asked for */
	struct http_head head;
	uint64_t to_send; /* bytes of the request's body */
	uint64_t sent;    /* of them, at sent_ms, when this last grew or the request began */
	int64_t sent_ms;
	unsigned answer_s; /* 0: no bound */
	bool ended;
	CURLcode result; /* once it ended */
};

struct transfer *transfer_new(void)
{
	struct transfer *t;
	CURLM *multi;

	pthread_once(&once, start_curl);
	multi = curl_multi_init();
	if (!multi)
		return NULL;
	t = mem_new(1, sizeof *t);
	t->multi = multi;
	t->buf = mem_new(BUFFER_SIZE, 1);
	t->ended = true;
	http_head_start(&t->head);
	return t;
}

static void drop(struct transfer *t)
{
	if (t->easy)
		curl_multi_remove_handle(t->multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	free(t->url);
	http_head_free(&t->head);
	t->easy = NULL;
	t->headers = NULL;
	t->url = NULL;
}

void transfer_free(struct transfer *t)
{
	if (!t)
		return;
	drop(t);
	curl_multi_cleanup(t->multi);
	free(t->buf);
	free(t);
}

static size_t take_header(char *bytes, size_t one, size_t len, void *user)
{
	struct transfer *t = user;
	long status = 0;

	(void)one;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	return http_head_line(&t->head, (struct span){bytes, len}, (int)status) ? len : 0;
}

/* what does not fit stays in libcurl, which stops reading from the network */
static size_t take_body(char *bytes, size_t one, size_t len, void *user)
{
	struct transfer *t = user;

	(void)one;
	t->head.done = true;
	if (len > BUFFER_SIZE - t->end) {
		memmove(t->buf, t->buf + t->begin, t->end - t->begin);
		t->end -= t->begin;
		t->begin = 0;
	}
	if (len > BUFFER_SIZE - t->end) {
		t->paused = true;
		return CURL_WRITEFUNC_PAUSE;
	}
	memcpy(t->buf + t->end, bytes, len);
	t->end += len;
	return len;
}

static void add_header(struct transfer *t, const char *line)
{
	struct curl_slist *longer = curl_slist_append(t->headers, line);

	if (!longer)
		mem_out();
	t->headers = longer;
}

static void set_headers(struct transfer *t, const struct transfer_request *r)
{
	char line[HTTP_FIELD_SIZE + 16];

	for (size_t i = 0; i < r->header_count; i++) {
		size_t len = strlen(r->headers[i]);

		if (r->headers[i][len - 1] == ':') {
			/* to libcurl "Name:" takes a header out, and "Name;" is an empty one */
			char *empty = copy_text(r->headers[i]);

			empty[len - 1] = ';';
			add_header(t, empty);
			free(empty);
		} else {
			add_header(t, r->headers[i]);
		}
	}
	/* without "Expect: 100-continue": a server that does not know it costs a second */
	add_header(t, r->post ? "Expect:" : ACCEPT_ENCODING);
	/* see transfer_read */
	add_header(t, "Connection: close");
	if (r->if_range) {
		snprintf(line, sizeof line, "Range: bytes=%llu-", (unsigned long long)r->from);
		add_header(t, line);
		snprintf(line, sizeof line, "If-Range: %s", r->if_range);
		add_header(t, line);
	}
}

static bool set_callbacks(struct transfer *t)
{
	return curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
	       curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t) == CURLE_OK &&
	       curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
	       curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t) == CURLE_OK;
}

/*
 * TLS is verified and proxies are taken from the environment by default. HTTP/1.1 alone: one stream
 * to a connection gains nothing from HTTP/2, which would take in up to 32 MB while we pause.
 */
static bool set_options(struct transfer *t, const struct transfer_request *r)
{
	CURL *e = t->easy;

	return curl_easy_setopt(e, CURLOPT_URL, r->url->text) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_HTTP09_ALLOWED, 0L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_FORBID_REUSE, 1L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_HTTP_CONTENT_DECODING, 0L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_IGNORE_CONTENT_LENGTH, 1L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_USERAGENT, USER_AGENT) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_USERNAME, r->user) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_PASSWORD, r->password) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, 1L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long)r->stall_s) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(e, CURLOPT_BUFFERSIZE, (long)RECEIVE_SIZE) == CURLE_OK;
}

/* libcurl keeps no copy of the body */
static bool set_body(struct transfer *t, const struct transfer_request *r)
{
	if (!r->post)
		return true;
	return curl_easy_setopt(t->easy, CURLOPT_POST, 1L) == CURLE_OK &&
	       curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.len) ==
	           CURLE_OK &&
	       curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, r->body.len ? r->body.ptr : "") ==
	           CURLE_OK;
}

static int64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void finish(struct transfer *t, CURLcode result)
{
	t->ended = true;
	t->result = result;
}

void transfer_start(struct transfer *t, const struct transfer_request *request)
{
	drop(t);
	t->easy = curl_easy_init();
	t->begin = t->end = 0;
	t->paused = t->ended = false;
	t->url = copy_text(request->url->text);
	http_head_start(&t->head);
	t->to_send = request->post ? request->body.len : 0;
	t->sent = 0;
	t->sent_ms = clock_ms();
	t->answer_s = request->answer_s;
	set_headers(t, request);
	if (!t->easy || !set_callbacks(t) || !set_options(t, request) || !set_body(t, request) ||
	    curl_multi_add_handle(t->multi, t->easy) != CURLM_OK)
		finish(t, CURLE_FAILED_INIT);
}

static void note_sent(struct transfer *t)
{
	curl_off_t sent = 0;

	curl_easy_getinfo(t->easy, CURLINFO_SIZE_UPLOAD_T, &sent);
	if ((uint64_t)sent <= t->sent)
		return;
	t->sent = (uint64_t)sent;
	t->sent_ms = clock_ms();
}

/* lets libcurl do what can be done at once */
static void perform(struct transfer *t)
{
	int running;
	int left;
	CURLMsg *message;

	if (t->ended)
		return;
	if (curl_multi_perform(t->multi, &running) != CURLM_OK) {
		finish(t, CURLE_FAILED_INIT);
		return;
	}
	while ((message = curl_multi_info_read(t->multi, &left))) {
		if (message->msg == CURLMSG_DONE)
			finish(t, message->data.result);
	}
	note_sent(t);
}

static void wait_a_while(struct transfer *t, int ms)
{
	if (curl_multi_poll(t->multi, NULL, 0, ms, NULL) != CURLM_OK)
		finish(t, CURLE_FAILED_INIT);
}

/* waits and lets libcurl work; ends the request when for answer_s no more of its body went out */
static void go_on(struct transfer *t)
{
	int64_t left_ms = t->sent_ms + (int64_t)t->answer_s * 1000 - clock_ms();

	if (!t->answer_s || left_ms > POLL_MS)
		left_ms = POLL_MS;
	if (left_ms > 0)
		wait_a_while(t, (int)left_ms);
	perform(t);
	if (left_ms <= 0 && !t->ended)
		finish(t, CURLE_OPERATION_TIMEDOUT);
}

bool transfer_head(struct transfer *t, struct http_answer *answer)
{
	perform(t);
	while (!t->head.done && !t->ended)
		go_on(t);
	*answer = t->head.answer;
	return t->head.done;
}

bool transfer_moved(const struct transfer *t)
{
	return t->head.location != NULL;
}

bool transfer_redirect(const struct transfer *t, struct web_url *next)
{
	return read_url(t->url, t->head.location, next);
}

static bool has_bytes(const struct transfer *t)
{
	return t->begin < t->end;
}

static void unpause(struct transfer *t)
{
	if (!t->paused)
		return;
	t->paused = false;
	if (curl_easy_pause(t->easy, CURLPAUSE_CONT) != CURLE_OK)
		finish(t, CURLE_RECV_ERROR);
}

size_t transfer_read(struct transfer *t, char *buf, size_t len)
{
	if (!has_bytes(t))
		unpause(t);
	if (!has_bytes(t))
		perform(t);
	while (!has_bytes(t) && !t->ended) {
		wait_a_while(t, POLL_MS);
		perform(t);
	}
	if (len > t->end - t->begin)
		len = t->end - t->begin;
	memcpy(buf, t->buf + t->begin, len);
	t->begin += len;
	return len;
}

bool transfer_more(struct transfer *t, unsigned wait_ms)
{
	int64_t until = clock_ms() + (int64_t)wait_ms;
	int64_t left;

	if (!has_bytes(t))
		unpause(t);
	if (!has_bytes(t))
		perform(t);
	while (!has_bytes(t) && !t->ended && (left = until - clock_ms()) > 0) {
		wait_a_while(t, (int)left);
		perform(t);
	}
	return has_bytes(t);
}

void transfer_discard(struct transfer *t, uint64_t max, unsigned wait_ms)
{
	int64_t until = clock_ms() + (int64_t)wait_ms;
	uint64_t taken = 0;

	while (!t->ended) {
		taken += t->end - t->begin;
		t->begin = t->end = 0;
		unpause(t);
		if (t->sent >= t->to_send && (taken >= max || clock_ms() >= until))
			break;
		go_on(t);
	}
}

/* what to make of libcurl's results; those that are not named here are refusals */
static const struct {
	CURLcode code;
	enum transfer_end end;
	const char *why; /* NULL: libcurl's own words */
} RESULTS[] = {
    {CURLE_OK, TRANSFER_WHOLE, "it ended"},
    {CURLE_COULDNT_RESOLVE_PROXY, TRANSFER_BROKEN, NULL},
    {CURLE_COULDNT_RESOLVE_HOST, TRANSFER_BROKEN, NULL},
    {CURLE_COULDNT_CONNECT, TRANSFER_BROKEN, NULL},
    {CURLE_OPERATION_TIMEDOUT, TRANSFER_BROKEN, "nothing came for too long (time-out)"},
    {CURLE_SSL_CONNECT_ERROR, TRANSFER_BROKEN, NULL},
    {CURLE_GOT_NOTHING, TRANSFER_BROKEN, "the connection was closed before any answer"},
    {CURLE_SEND_ERROR, TRANSFER_BROKEN, NULL},
    {CURLE_RECV_ERROR, TRANSFER_BROKEN, "the connection broke"},
    {CURLE_PARTIAL_FILE, TRANSFER_BROKEN, "the connection broke"},
    {CURLE_PEER_FAILED_VERIFICATION, TRANSFER_REFUSED, "its TLS certificate cannot be verified"},
    {CURLE_SSL_ISSUER_ERROR, TRANSFER_REFUSED, "its TLS certificate cannot be verified"},
    {CURLE_UNSUPPORTED_PROTOCOL, TRANSFER_REFUSED, "its answer is not HTTP/1.x"},
    {CURLE_WEIRD_SERVER_REPLY, TRANSFER_REFUSED, "its answer is not HTTP/1.x"},
    {CURLE_OUT_OF_MEMORY, TRANSFER_REFUSED, "a line of its answer's head is too long"},
};

static size_t find_result(CURLcode code)
{
	size_t i = 0;

	while (i < sizeof RESULTS / sizeof *RESULTS && RESULTS[i].code != code)
		i++;
	return i;
}

/* what libcurl takes for an answer without a body */
static bool closed_in_head(const struct transfer *t)
{
	return t->result == CURLE_OK && !t->head.done;
}

enum transfer_end transfer_end(const struct transfer *t)
{
	size_t i = find_result(t->result);

	if (closed_in_head(t))
		return TRANSFER_BROKEN;
	return i < sizeof RESULTS / sizeof *RESULTS ? RESULTS[i].end : TRANSFER_REFUSED;
}

const char *transfer_why(const struct transfer *t)
{
	size_t i = find_result(t->result);

	if (t->head.too_long)
		return "its answer's head is longer than 128 KiB";
	if (closed_in_head(t))
		return "the connection was closed within the headers";
	if (t->result == CURLE_OPERATION_TIMEDOUT && t->sent < t->to_send)
		return "it did not take the whole body (time-out)";
	if (i < sizeof RESULTS / sizeof *RESULTS && RESULTS[i].why)
		return RESULTS[i].why;
	return curl_easy_strerror(t->result);
}
