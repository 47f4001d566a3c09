/* What the first bytes of an input show: whether it is a log of sentences, and whether it has a
 * clock. */
#include "ais/nmea.h"
#include "ais/sentence.h"

/* the next line of *rest; false at its end */
static bool next_line(struct span *rest, struct span *line)
{
	if (!rest->len)
		return false;
	span_cut(*rest, '\n', line, rest);
	return true;
}

bool nmea_head_has_clock(struct span head, const struct when_style *when)
{
	struct span line;
	struct sentence s;

	while (next_line(&head, &line)) {
		sentence_read(line, when, &s);
		if (s.when != WHEN_BAD)
			return true;
	}
	return false;
}

/* "{" or "[{": AIS-catcher's and others' records hold sentences too */
static bool begins_json(struct span head)
{
	if (span_starts(head, SPAN("\xef\xbb\xbf")))
		head = (struct span){head.ptr + 3, head.len - 3};
	head = span_trim(head);
	if (head.len && *head.ptr == '\x1E') /* RFC 7464 */
		head = span_trim((struct span){head.ptr + 1, head.len - 1});
	if (head.len && *head.ptr == '[')
		head = span_trim((struct span){head.ptr + 1, head.len - 1});
	else if (!head.len || *head.ptr != '{')
		return false;
	return head.len && memchr("{[\"", *head.ptr, 3);
}

/*
 * Each line that is no comment, other sentence or tag block says what the input is: most must hold
 * an AIS sentence. One in a cell of a table (a ship chooses its own name) makes no log.
 */
bool nmea_is_log(struct span head)
{
	struct span line;
	struct sentence s;
	size_t sentences = 0;
	size_t others = 0;

	if (begins_json(head))
		return false;
	while (next_line(&head, &line)) {
		enum row_outcome outcome;

		line = span_trim(line);
		if (!line.len)
			continue;
		outcome = sentence_read(line, NULL, &s);
		if (outcome == ROW_USED || outcome == ROW_CHECKSUM)
			sentences++;
		else if (!memchr("$#\\!", *line.ptr, 4))
			others++;
	}
	return sentences && sentences >= others;
}
