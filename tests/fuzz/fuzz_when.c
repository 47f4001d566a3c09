/*
 * Report times: whatever is read lies in range and keeps the promises of enum when_result. Byte 0
 * chooses the order and the zone; what stands before a line feed is tried as --time-format.
 */
#include "ais/when.h"
#include "base/mem.h"
#include "base/utc.h"
#include "check.h"

static void check_time(int64_t t_ms)
{
	CHECK(t_ms >= UTC_MIN_MS && t_ms < UTC_MAX_MS);
}

static void check_parse(struct span s, const struct when_style *style)
{
	int64_t t[2] = {0, 0};
	enum when_result result = when_parse(s, style, t);

	if (result == WHEN_CERTAIN)
		CHECK(t[0] == t[1]);
	if (result == WHEN_EITHER)
		CHECK(t[0] != t[1]);
	if (result == WHEN_CERTAIN || result == WHEN_EITHER || result == WHEN_ONLY_DAY_FIRST)
		check_time(t[0]);
	if (result == WHEN_CERTAIN || result == WHEN_EITHER || result == WHEN_ONLY_MONTH_FIRST)
		check_time(t[1]);
	if (style->order != WHEN_ORDER_UNKNOWN)
		CHECK(result == WHEN_CERTAIN || result == WHEN_BAD);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone_rules *tokyo;
	struct when_style style = {.order = WHEN_ORDER_UNKNOWN};
	struct span format;
	struct span text;
	char *copy;
	char *cstr;

	if (!size)
		return 0;
	if (!tokyo && zone_rules_load("+09:00", &tokyo, NULL) != ST_OK)
		abort();
	style.order = data[0] % 3;
	style.zone = data[0] / 3 % 2 ? tokyo : NULL;
	copy = mem_new(size, 1);
	memcpy(copy, data + 1, size - 1);
	text = (struct span){copy, size - 1};
	check_parse(text, &style);
	if (span_cut(text, '\n', &format, &text)) {
		cstr = mem_new(format.len + 1, 1);
		span_copy(format, cstr, format.len + 1);
		style.format = cstr;
		if (when_format_check(cstr, NULL) == ST_OK)
			check_parse(text, &style);
		free(cstr);
	}
	free(copy);
	return 0;
}
