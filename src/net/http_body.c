#include "net/http_body.h"

#include <inttypes.h>

static const char CHANGED[] = "it changed while it was read";

static enum http_step say(enum http_step step, struct diag *why, const char *text)
{
	diag_set(why, ST_FAILED, "%s", text);
	return step;
}

void http_body_start(struct http_body *body, uint64_t max_bytes)
{
	*body =
	    (struct http_body){.max_bytes = max_bytes, .total = HTTP_UNKNOWN, .end = HTTP_UNKNOWN};
	http_answer_start(&body->answer);
	http_answer_start(&body->known);
	http_hash_start(&body->hash);
}

const char *http_body_validator(const struct http_body *body)
{
	if (!body->delivered || !body->proven || body->no_range)
		return NULL;
	return http_answer_validator(&body->answer);
}

static enum http_step over_limit(const struct http_body *body, struct diag *why)
{
	diag_set(why, ST_FAILED, "more than the %" PRIu64 " bytes that --max-bytes allows",
	         body->max_bytes);
	return STEP_FAIL;
}

static enum http_step check_total(const struct http_body *body, struct diag *why)
{
	if (body->max_bytes && body->total != HTTP_UNKNOWN && body->total > body->max_bytes)
		return over_limit(body, why);
	return STEP_BODY;
}

/* nothing that the answer says contradicts the answers before it; total: of the whole, by it */
static bool is_same(const struct http_body *body, const struct http_answer *answer, uint64_t total)
{
	return !http_answer_differs(answer, &body->known) &&
	       (total == HTTP_UNKNOWN || body->total == HTTP_UNKNOWN || total == body->total);
}

static void learn(struct http_body *body, const struct http_answer *answer, uint64_t total)
{
	http_answer_learn(&body->known, answer);
	if (total != HTTP_UNKNOWN)
		body->total = total;
}

/* the body from its beginning: what the reader has already is compared and passed over */
static enum http_step take_whole(struct http_body *body, const struct http_answer *answer,
                                 struct diag *why)
{
	if (!is_same(body, answer, answer->length) || answer->length < body->delivered)
		return say(STEP_FAIL, why, CHANGED);
	learn(body, answer, answer->length);
	body->answer = *answer;
	/* an answer without a length of its own is to bring all that one before it promised */
	body->end = body->total;
	body->proven = body->delivered == 0;
	body->no_range = false;
	body->at = 0;
	http_hash_start(&body->again);
	return check_total(body, why);
}

static uint64_t total_of(const struct http_range *range)
{
	return range->whole_known ? range->total : HTTP_UNKNOWN;
}

/* null when the part follows what the reader has, of the same body; else what is wrong with it */
static const char *wrong_part(const struct http_body *body, const struct http_answer *answer)
{
	const struct http_range *range = &answer->range;

	if (!answer->has_range || range->unsatisfied)
		return "206 Partial Content without a Content-Range that can be read";
	if (range->first != body->delivered)
		return "206 Partial Content that begins elsewhere than was asked for";
	if (!is_same(body, answer, total_of(range)) || range->last >= body->total)
		return CHANGED;
	if (answer->length != HTTP_UNKNOWN && answer->length != range->last - range->first + 1)
		return "Content-Length and Content-Range contradict each other";
	return NULL;
}

static enum http_step take_part(struct http_body *body, const struct http_answer *answer,
                                struct diag *why)
{
	const char *wrong = wrong_part(body, answer);

	/* with If-Range a 206 need not tell its coding: what came is perhaps none of ours */
	if (answer->coding != body->answer.coding) {
		body->no_range = true;
		return say(STEP_AGAIN, why,
		           "a part came in another Content-Encoding than the whole");
	}
	if (wrong)
		return say(STEP_FAIL, why, wrong);
	learn(body, answer, total_of(&answer->range));
	body->at = answer->range.first;
	body->end = answer->range.last + 1;
	return check_total(body, why);
}

/* no such part; which is well when the body ends just where the reader is, as was known before */
static enum http_step take_none(struct http_body *body, const struct http_answer *answer,
                                struct diag *why)
{
	if (!answer->has_range || !answer->range.unsatisfied)
		return say(STEP_FAIL, why, "416 Range Not Satisfiable");
	if (!is_same(body, answer, answer->range.total) || answer->range.total != body->delivered)
		return say(STEP_FAIL, why, CHANGED);
	body->total = body->delivered;
	body->ended = true;
	return STEP_BODY;
}

enum http_step http_body_answer(struct http_body *body, const struct http_answer *answer,
                                bool ranged, struct diag *why)
{
	if (answer->wrong)
		return say(STEP_FAIL, why, answer->wrong);
	if (answer->status == 416)
		return take_none(body, answer, why);
	if (answer->coding == HTTP_CODING_OTHER)
		return say(
		    STEP_FAIL, why,
		    "a Content-Encoding other than gzip or zstd, which alone were asked for");
	if (answer->status != 206)
		return take_whole(body, answer, why);
	if (!ranged)
		return say(STEP_FAIL, why, "206 Partial Content, though no part was asked for");
	return take_part(body, answer, why);
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

size_t http_body_want(const struct http_body *body, size_t len)
{
	uint64_t room = body->max_bytes - body->delivered;

	if (body->at < body->delivered)
		return (size_t)least(len, body->delivered - body->at);
	/* at the limit one byte more shows that there is more */
	if (body->max_bytes)
		len = (size_t)least(len, room ? room : 1);
	return (size_t)least(len, body->end - body->at);
}

/* n bytes that the reader has already */
static enum http_step pass_over(struct http_body *body, const char *buf, size_t n, struct diag *why)
{
	http_hash_add(&body->again, (struct span){buf, n});
	body->at += n;
	if (body->at < body->delivered)
		return STEP_BODY;
	body->proven = http_hash_same(&body->again, &body->hash);
	return body->proven ? STEP_BODY : say(STEP_FAIL, why, CHANGED);
}

enum http_step http_body_bytes(struct http_body *body, const char *buf, size_t n, size_t *got,
                               struct diag *why)
{
	*got = 0;
	if (body->at < body->delivered)
		return pass_over(body, buf, n, why);
	if (body->max_bytes && body->delivered == body->max_bytes)
		return over_limit(body, why);
	http_hash_add(&body->hash, (struct span){buf, n});
	body->at += n;
	body->delivered += n;
	*got = n;
	return STEP_BODY;
}

enum http_step http_body_end(struct http_body *body, struct diag *why)
{
	if (body->at < body->delivered)
		return say(STEP_FAIL, why, CHANGED);
	/* of a 206 the whole's length may be untold, and a server may send less than was asked */
	if (body->end != HTTP_UNKNOWN && body->total != body->at)
		return say(STEP_AGAIN, why, "only a part was sent");
	body->total = body->at;
	body->ended = true;
	return STEP_BODY;
}
