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

void row_plan_finish(struct row_plan *plan)
{
	static const enum field NEEDED[] = {FIELD_MMSI, FIELD_TIME, FIELD_LAT, FIELD_LON};

	for (int f = 0; f < FIELD_COUNT; f++) {
		plan->column[f] = (uint32_t)plan->map.field[f].column;
		plan->divided[f] = plan->map.field[f].divisor != 1;
	}
	plan->needed = 0;
	for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
		int column = plan->map.field[NEEDED[i]].column;

		if (column >= 0 && (uint32_t)column >= plan->needed)
			plan->needed = (uint32_t)column + 1;
	}
	find_statics(plan);
}
