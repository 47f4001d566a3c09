#include "report/gap_id.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/digest.h"
#include "base/num.h"

void gap_id(int64_t mmsi, const struct fix *off, uint8_t zone, char id[GAP_ID_SIZE])
{
	char time[NUM_TEXT_SIZE];
	char lat[NUM_TEXT_SIZE];
	char lon[NUM_TEXT_SIZE];
	char text[4 * NUM_TEXT_SIZE];
	unsigned char digest[DIGEST_SIZE];
	int length;

	num_repr((double)off->t_ms / 1000, time);
	num_repr(off->lat_deg, lat);
	num_repr(off->lon_deg, lon);
	length = snprintf(text, sizeof text, "%" PRId64 "|%s|%s|%s", mmsi, time, lat, lon);
	if (zone)
		length += snprintf(text + length, sizeof text - (size_t)length, "|%u", zone);
	digest_md5(&(struct span){text, (size_t)length}, 1, digest);
	digest_hex(digest, id);
}
