#include "judge/ice.h"

#include <string.h>

#include "base/utc.h"
#include "judge/berth.h"

static bool is_winter(int64_t t_ms)
{
	static const char *const MONTHS[] = {"12", "01", "02", "03"};
	char text[UTC_TEXT_SIZE]; /* 2024-02-29T... */

	utc_format(t_ms, text);
	for (size_t i = 0; i < sizeof MONTHS / sizeof *MONTHS; i++) {
		if (memcmp(text + 5, MONTHS[i], 2) == 0)
			return true;
	}
	return false;
}

bool ice_layup(const struct ports *ports, const struct gap *gap)
{
	const struct port *port;

	if (!is_winter(gap->off.t_ms))
		return false;
	port = berth_moored(ports, &gap->off);
	return port && port->freezes;
}
