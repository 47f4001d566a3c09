#include "base/utc.h"

#include <stdio.h>

/*
 * The year is taken to begin in March, so that the leap day comes last; 146,097 days make an era of
 * 400 years. 719,468 days lie between 0000-03-01 and 1970-01-01.
 */
int64_t utc_days(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = utc_floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t month_from_march = month > 2 ? month - 3 : month + 9;
	int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

bool utc_date_valid(int year, int month, int day)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12 || day < 1)
		return false;
	return day <= lengths[month - 1] + (month == 2 && leap);
}

/* the inverse of utc_days */
static void civil(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = utc_floor_div(z, 146097);
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
	    day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month_from_march = (5 * day_of_year + 2) / 153;

	*day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
	*month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
	*year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int utc_format(int64_t t_ms, char text[UTC_TEXT_SIZE])
{
	int64_t days = utc_floor_div(t_ms, DAY_MS);
	int64_t left = t_ms - days * DAY_MS;
	int hour = (int)(left / HOUR_MS);
	int minute = (int)(left / MINUTE_MS % 60);
	int second = (int)(left / 1000 % 60);
	int milli = (int)(left % 1000);
	int year;
	int month;
	int day;

	civil(days, &year, &month, &day);
	if (milli) {
		return snprintf(text, UTC_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year,
		                month, day, hour, minute, second, milli);
	}
	return snprintf(text, UTC_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day,
	                hour, minute, second);
}
