#include "calendar.h"
#include "cells.h"

void put_time_t(struct out *o, const struct row *row)
{
	out_time(o, row->r->t, TIME_ISO_T);
}

void put_time_space(struct out *o, const struct row *row)
{
	out_time(o, row->r->t, TIME_SPACE);
}

void put_time_space_utc(struct out *o, const struct row *row)
{
	out_time(o, row->r->t, TIME_SPACE);
	out_text(o, " UTC");
}

void put_time_dmy(struct out *o, const struct row *row)
{
	out_time(o, row->r->t, TIME_DMY);
}

void put_time_dotted(struct out *o, const struct row *row)
{
	out_time(o, row->r->t, TIME_DOTTED);
}

void put_epoch_s(struct out *o, const struct row *row)
{
	out_int(o, row->r->t / 1000);
}

/* whole seconds: what every other layout can say */
void put_epoch_ms(struct out *o, const struct row *row)
{
	out_int(o, row->r->t / 1000 * 1000);
}

void put_year(struct out *o, const struct row *row)
{
	out_int(o, civil_of(row->r->t).year);
}

void put_month(struct out *o, const struct row *row)
{
	out_int(o, civil_of(row->r->t).month);
}

void put_day(struct out *o, const struct row *row)
{
	out_int(o, civil_of(row->r->t).day);
}

void put_hour(struct out *o, const struct row *row)
{
	out_int(o, civil_of(row->r->t).hour);
}

void put_minute(struct out *o, const struct row *row)
{
	out_int(o, civil_of(row->r->t).minute);
}

void put_second(struct out *o, const struct row *row)
{
	out_int(o, report_second(row->r));
}
