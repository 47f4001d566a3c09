#include "run/selftest_plan.h"

#include "base/mem.h"
#include "run/selftest_draw.h"

struct plan *plan_new(const struct plan_params *params)
{
	struct plan *plan = mem_new(1, sizeof *plan);

	each_hour_of_fleet(params->fleet, count_hour, &plan->vessel_hours);
	plan_draw_switch_offs(plan, params);
	plan_draw_losses(plan, params);
	plan_index(plan);
	return plan;
}
