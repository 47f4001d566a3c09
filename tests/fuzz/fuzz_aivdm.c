/*
 * The AIVDM decoder. The first byte chooses (1: any id, 2: the rest is a payload as it stands; else
 * six bits of each byte make one), the second the fill bits, the third where the payload is cut in
 * two. Any bits are read or refused; what is used is a position in range; two pieces are the same
 * message as one.
 */
#include <math.h>
#include <string.h>

#include "ais/aivdm.h"
#include "ais/rules.h"
#include "check.h"

enum { PAYLOAD_MAX = SIXBIT_CHARS_MAX + 64 };

static void check_span(const struct aivdm *m, struct span s, size_t most)
{
	CHECK(s.len <= most);
	if (s.len)
		CHECK(s.ptr >= m->text && s.ptr + s.len <= m->text + sizeof m->text);
}

static void check_fix(const struct fix *fix)
{
	CHECK(fix->lat_deg >= -90 && fix->lat_deg <= 90);
	CHECK(fix->lon_deg >= -180 && fix->lon_deg < 180);
	CHECK(!(fix->lat_deg == 0 && signbit(fix->lat_deg)));
	CHECK(!(fix->lon_deg == 0 && signbit(fix->lon_deg)));
	CHECK(fix->sog_kn >= 0 && fix->sog_kn < 1023);
	CHECK(fix->cog_deg >= 0 && fix->cog_deg < 360);
	CHECK(fix->heading_deg < 360 && fix->nav_status < 15 && fix->second < 64);
	CHECK(fix->known & KNOWN_SOG || fix->sog_kn == 0);
	CHECK(fix->known & KNOWN_COG || fix->cog_deg == 0);
	CHECK(fix->known & KNOWN_HEADING || fix->heading_deg == 0);
	CHECK(fix->known & KNOWN_SECOND || fix->second == 0);
	CHECK(fix->known & KNOWN_NAV_STATUS || fix->nav_status == 0);
	CHECK(fix->t_ms == 0 && fix->source == SOURCE_UNKNOWN);
}

/* what each outcome promises */
static void check_outcome(const struct aivdm *m, enum row_outcome outcome, bool any_id, bool layout)
{
	const struct position_report *r = &m->report;

	CHECK(outcome >= 0 && outcome < ROW_OUTCOMES);
	CHECK((outcome == ROW_OTHER || outcome == ROW_PAYLOAD) <= !layout);
	CHECK(outcome != ROW_USED || r->has_position);
	CHECK(outcome != ROW_STATIC || !r->has_position);
	CHECK(!r->has_position || (layout && outcome != ROW_NO_POSITION &&
	                           outcome != ROW_NULL_POSITION && outcome != ROW_OUT_OF_RANGE));
	if (outcome == ROW_USED || outcome == ROW_STATIC)
		CHECK(any_id || mmsi_kind(r->mmsi) == MMSI_SHIP);
	if (any_id && layout && m->type != 4 && m->type != 9)
		CHECK(outcome <= ROW_NULL_POSITION || outcome == ROW_OUT_OF_RANGE);
	CHECK(layout || (!r->fix.known && !r->statics.name.len && m->utc_ms == AIVDM_NO_TIME));
	CHECK(m->utc_ms == AIVDM_NO_TIME || m->type == 4 || m->type == 11);
}

static void check_message(const struct bits *bits, bool any_id)
{
	struct aivdm m;
	enum row_outcome refused;
	const struct aivdm_layout *layout = aivdm_layout(bits, &refused);
	enum row_outcome outcome = aivdm_read(bits, any_id, &m);

	CHECK(m.type >= 0 && m.type < 64);
	CHECK(m.report.mmsi >= 0 && m.report.mmsi < 1 << 30);
	check_fix(&m.report.fix);
	check_outcome(&m, outcome, any_id, layout != NULL);
	check_span(&m, m.report.statics.name, 20);
	check_span(&m, m.report.statics.callsign, 7);
	check_span(&m, m.report.statics.imo, 7);
	check_span(&m, m.report.statics.type, 3);
}

/* any field at all, over the end too; text has no @ and no blank at its end */
static void check_fields(const struct bits *bits, const uint8_t *data)
{
	uint32_t offset = (uint32_t)data[0] * 5 + data[1];
	unsigned width = data[2] % 32U + 1;
	char text[64];
	size_t len = bits_text(bits, offset, data[2] % sizeof text, text);
	uint32_t value = bits_unsigned(bits, offset, width);

	CHECK(width == 32 || value >> width == 0);
	CHECK(offset < bits->count || value == 0);
	CHECK((uint32_t)bits_signed(bits, offset, width) << (32 - width) == value << (32 - width));
	CHECK(len <= data[2] % sizeof text && !memchr(text, '@', len));
	CHECK(!len || text[len - 1] != ' ');
}

static void check_pieces(const struct bits *whole, bool fine, struct span payload, unsigned fill,
                         size_t cut)
{
	static struct bits bits;
	bool first;

	bits_clear(&bits);
	first = bits_append(&bits, (struct span){payload.ptr, cut}, 0);
	first =
	    first && bits_append(&bits, (struct span){payload.ptr + cut, payload.len - cut}, fill);
	CHECK(first == fine);
	CHECK(!fine || (bits.count == whole->count &&
	                memcmp(bits.bytes, whole->bytes, whole->count / 8 + 8) == 0));
}

static size_t payload_of(const uint8_t *data, size_t size, bool as_is, char *payload)
{
	size_t len = size < PAYLOAD_MAX ? size : PAYLOAD_MAX;

	for (size_t i = 0; i < len; i++) {
		unsigned value = data[i] & 63;

		payload[i] = (char)(as_is ? data[i] : value < 40 ? value + 48 : value + 56);
	}
	return len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bits bits;
	char payload[PAYLOAD_MAX];
	struct span s = {payload, 0};
	bool fine;

	if (size < 3)
		return 0;
	s.len = payload_of(data + 3, size - 3, data[0] & 2, payload);
	bits_clear(&bits);
	fine = bits_append(&bits, s, data[1] % 8U);
	/* with something to fill in the second piece */
	if (s.len)
		check_pieces(&bits, fine, s, data[1] % 8U, data[2] % s.len);
	if (!fine)
		return 0;
	CHECK(bits.count == s.len * 6 - data[1] % 8U);
	check_fields(&bits, data);
	check_message(&bits, data[0] & 1);
	return 0;
}
