#include "state/minute_code.h"

enum {
	LIST_MAX = 7, /* bytes: one less than the bits take */
	LAST = 128,
};

unsigned minutes_mode(uint64_t minutes)
{
	int count = __builtin_popcountll(minutes);

	return count == 0               ? MINUTES_NONE
	       : count == 60            ? MINUTES_ALL
	       : count <= LIST_MAX      ? MINUTES_LIST
	       : count >= 60 - LIST_MAX ? MINUTES_MISSING
	                                : MINUTES_BITS;
}

static void put_list(struct code_out *out, uint64_t minutes)
{
	while (minutes) {
		int minute = __builtin_ctzll(minutes);

		minutes &= minutes - 1;
		code_byte(out, (uint8_t)(minute | (minutes ? 0 : LAST)));
	}
}

void minutes_encode(struct code_out *out, unsigned mode, uint64_t minutes)
{
	if (mode == MINUTES_LIST)
		put_list(out, minutes);
	else if (mode == MINUTES_MISSING)
		put_list(out, ~minutes & ALL_MINUTES);
	else if (mode == MINUTES_BITS)
		code_u64(out, minutes);
}

/* rising, the last marked; never more than 60, so a list ends */
static bool get_list(struct code_in *in, uint64_t *minutes)
{
	int after = -1;
	int byte;

	*minutes = 0;
	do {
		byte = code_get_byte(in);
		if (in->bad || (byte & ~LAST) <= after || (byte & ~LAST) >= 60)
			return false;
		after = byte & ~LAST;
		*minutes |= UINT64_C(1) << after;
	} while (!(byte & LAST));
	return true;
}

bool minutes_decode(struct code_in *in, unsigned mode, uint64_t *minutes)
{
	switch (mode) {
	case MINUTES_NONE:
		*minutes = 0;
		return true;
	case MINUTES_ALL:
		*minutes = ALL_MINUTES;
		return true;
	case MINUTES_LIST:
		return get_list(in, minutes);
	case MINUTES_MISSING:
		if (!get_list(in, minutes))
			return false;
		*minutes = ~*minutes & ALL_MINUTES;
		return true;
	default:
		*minutes = code_get_u64(in);
		return !(*minutes & ~ALL_MINUTES);
	}
}
