#include "net/http_head.h"

#include <stdlib.h>

#include "base/mem.h"

void http_head_start(struct http_head *head)
{
	*head = (struct http_head){.location = NULL};
	http_answer_start(&head->answer);
}

static struct span without_end(struct span line)
{
	while (line.len && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
		line.len--;
	return line;
}

/* a NUL, which ends no Location, becomes a control character, which no URL may hold */
static void take_location(struct http_head *head, struct span line)
{
	struct span name;
	struct span value;

	if (!span_cut(line, ':', &name, &value) || !span_eq_nocase(name, SPAN("location")))
		return;
	value = span_trim(value);
	free(head->location);
	head->location = mem_new(value.len + 1, 1);
	for (size_t i = 0; i < value.len; i++)
		head->location[i] = value.ptr[i] ? value.ptr[i] : '\1';
}

bool http_head_line(struct http_head *head, struct span line, int status)
{
	head->bytes += line.len;
	if (head->bytes > HTTP_HEAD_MAX) {
		head->too_long = true;
		return false;
	}
	if (head->done)
		return true;
	line = without_end(line);
	if (span_starts(line, SPAN("HTTP/"))) {
		http_answer_start(&head->answer);
	} else if (line.len) {
		http_answer_field(&head->answer, line);
		take_location(head, line);
	} else {
		head->answer.status = status;
		/* of 1xx only 101 ends the talk, and we never asked for that */
		head->done = status >= 200 || status == 101;
	}
	return true;
}

void http_head_free(struct http_head *head)
{
	free(head->location);
	head->location = NULL;
}
