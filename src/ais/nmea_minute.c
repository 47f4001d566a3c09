#include "ais/nmea_minute.h"

#include "base/utc.h"

enum {
	EARLY_S = 2, /* reports this much older than the base station's are heard after it */
	MIXED_S = 5, /* reports are not in the order of their seconds, but within this */
};

static bool agrees(int64_t earlier_ms, int64_t t_ms)
{
	return earlier_ms && t_ms >= earlier_ms && t_ms - earlier_ms <= NMEA_MINUTE_AGREE_MS;
}

void nmea_minute_set(struct nmea_minute *minute, int64_t t_ms)
{
	bool confirms = agrees(minute->heard_ms, t_ms) && t_ms > minute->heard_ms;

	if (t_ms < UTC_MIN_MS || t_ms >= UTC_MAX_MS)
		return;
	minute->known = confirms || agrees(minute->base_ms, t_ms);
	minute->heard_ms = minute->known ? 0 : t_ms;
	if (!minute->known)
		return;
	minute->base_ms = t_ms;
	minute->base_second = (int)(t_ms / 1000 % 60);
	minute->last_second = minute->base_second;
	minute->left = NMEA_MINUTE_SENTENCES;
}

void nmea_minute_pass(struct nmea_minute *minute)
{
	if (minute->known && minute->left-- == 0)
		minute->known = false;
}

bool nmea_minute_report(struct nmea_minute *minute, int second, int64_t *t_ms)
{
	if (!minute->known)
		return false;
	if (second < minute->last_second - MIXED_S) {
		minute->known = false;
		return false;
	}
	/* just after the minute's turn, 58 is more likely the minute before */
	if (second - 60 >= minute->last_second - MIXED_S)
		return false;
	if (second > minute->last_second)
		minute->last_second = second;
	if (second < minute->base_second - EARLY_S)
		return false;
	*t_ms = minute->base_ms - minute->base_ms % MINUTE_MS + second * 1000;
	return true;
}
