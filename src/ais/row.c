#include "ais/row.h"

#include "ais/row_kernels.h"

static const struct row_kernel KERNELS[] = {
    {"plain", row_report_plain},
#if defined(__x86_64__)
    {"avx2", row_report_avx2},
#endif
};

enum { KERNEL_COUNT = sizeof KERNELS / sizeof *KERNELS };

const struct row_kernel *row_kernel_at(size_t i)
{
	if (i >= KERNEL_COUNT)
		return NULL;
#if defined(__x86_64__)
	if (KERNELS[i].run == row_report_avx2 &&
	    !(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")))
		return NULL;
#endif
	return &KERNELS[i];
}

row_fn *row_reader(void)
{
	size_t i = 0;

	while (row_kernel_at(i + 1))
		i++;
	return KERNELS[i].run;
}

/* the columns from the first to the last identity field, when there is not much between them */
static void find_statics(struct row_plan *plan)
{
	static const enum field STATICS[] = {FIELD_NAME, FIELD_CALLSIGN, FIELD_IMO, FIELD_TYPE};
	int count = 0;

	plan->statics_first = -1;
	plan->statics_last = -1;
	for (size_t i = 0; i < sizeof STATICS / sizeof *STATICS; i++) {
		int column = plan->map.field[STATICS[i]].column;

		if (column < 0)
			continue;
		count++;
		if (plan->statics_first < 0 || column < plan->statics_first)
			plan->statics_first = column;
		if (column > plan->statics_last)
			plan->statics_last = column;
	}
	if (plan->statics_last - plan->statics_first >= count)
		plan->statics_first = -1;
}

/* fields of a row that has the columns of these fields */
static uint32_t fields_up_to(const struct row_plan *plan, enum field first, enum field last)
{
	uint32_t count = 0;

	for (int f = (int)first; f <= (int)last; f++) {
		int column = plan->map.field[f].column;

		if (column >= 0 && (uint32_t)column >= count)
			count = (uint32_t)column + 1;
	}
	return count;
}

static void find_numbers(struct row_plan *plan)
{
	static const enum field FIELDS[NUMBERS] = {
	    [NUMBER_LAT] = FIELD_LAT,         [NUMBER_LON] = FIELD_LON,
	    [NUMBER_SOG] = FIELD_SOG,         [NUMBER_COG] = FIELD_COG,
	    [NUMBER_HEADING] = FIELD_HEADING, [NUMBER_SECOND] = FIELD_SECOND,
	};

	/* sentinels: 102.3 kn, 360 degrees, heading 511 (M.1371 table 48); -1 and -99 in exports */
	static const double LIMITS[NUMBERS] = {
	    [NUMBER_SOG] = 102.25,
	    [NUMBER_COG] = 359.995,
	    [NUMBER_HEADING] = 359.5,
	    [NUMBER_SECOND] = 64,
	};

	plan->numbers = 0;
	plan->divided = false;
	for (unsigned i = 0; i < NUMBERS; i++) {
		const struct field_column *field = &plan->map.field[FIELDS[i]];
		bool present = field->column >= 0;

		plan->number[i] = present ? (uint32_t)field->column : 0;
		plan->divisor[i] = present ? field->divisor : 1;
		plan->numbers |= (unsigned)present << i;
		if (i >= NUMBER_SOG)
			plan->limit[i - NUMBER_SOG] = present ? LIMITS[i] : 0;
		plan->divided = plan->divided || plan->divisor[i] != 1;
	}
}

void row_plan_finish(struct row_plan *plan)
{
	for (int f = 0; f < FIELD_COUNT; f++)
		plan->column[f] = (uint32_t)plan->map.field[f].column;
	plan->needed = fields_up_to(plan, FIELD_MMSI, FIELD_LON);
	plan->complete = fields_up_to(plan, FIELD_MMSI, FIELD_SECOND);
	plan->sender = fields_up_to(plan, FIELD_SOURCE, FIELD_MSG_TYPE) > 0;
	find_numbers(plan);
	find_statics(plan);
}
