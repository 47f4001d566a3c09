/*
 * Berths and ice. Expectations: the positions in data/ports.csv; the geodesics by GeographicLib
 * (Vostochny to Sonbong 121.5 nm, to Rajin 127.3 nm; sea end of the Volga-Caspian canal to Bautino
 * 107.3 nm), which at 12 kn there and back are 20.25 h, 21.2 h and, with 63 nm of canal, 28.4 h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utc.h"
#include "judge/berth.h"
#include "judge/ice.h"

#define NOON INT64_C(1654084800000) /* 2022-06-01T12:00Z */

static struct ports *ports;

static int begin(void **state)
{
	(void)state;
	ports = ports_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	ports_free(ports);
	return 0;
}

/* lying still with no status, as Class B would */
static struct fix lying(double lat, double lon)
{
	return (struct fix){
	    .t_ms = NOON, .lat_deg = lat, .lon_deg = lon, .sog_kn = 0.1F, .known = KNOWN_SOG};
}

static struct fix with_status(double lat, double lon, uint8_t status, float sog_kn)
{
	return (struct fix){.t_ms = NOON,
	                    .lat_deg = lat,
	                    .lon_deg = lon,
	                    .sog_kn = sog_kn,
	                    .nav_status = status,
	                    .known = KNOWN_SOG | KNOWN_NAV_STATUS};
}

static struct berth look(struct fix off, struct fix on, bool open, double silence_h)
{
	struct gap gap = {.mmsi = 273998987, .off = off, .on = on, .open = open};
	struct berth berth;

	berth_look(ports, &gap, silence_h, &berth);
	return berth;
}

static void assert_port(const struct port *port, const char *name)
{
	assert_non_null(port);
	assert_true(span_eq(port->name, span_of(name)));
}

static void assert_moored(struct fix fix, const char *name)
{
	const struct port *port = berth_moored(ports, &fix);

	if (name)
		assert_port(port, name);
	else
		assert_null(port);
}

static void moored(void **state)
{
	struct fix silent = lying(42.75, 133.08);

	(void)state;
	assert_moored(lying(42.75, 133.08), "Vostochny");
	assert_moored(with_status(42.75, 133.08, 5, 0.8F), "Vostochny"); /* moored, in a swell */
	assert_moored(with_status(42.75, 133.08, 1, 0.8F), "Vostochny");
	assert_moored(with_status(42.75, 133.08, 0, 0.4F), "Vostochny"); /* forgot to set it */
	assert_moored(with_status(42.75, 133.08, 0, 0.5F), NULL);
	assert_moored(with_status(42.75, 133.08, 0, 9), NULL);
	silent.known = 0;
	assert_moored(silent, NULL);
}

static void moored_where(void **state)
{
	(void)state;
	/* three minutes of latitude are 3.0 nm, less a little: 1' is 1852.2 m at 42 N */
	assert_moored(lying(42.23 - 2.9 / 60, 130.3), "Rajin");
	assert_moored(lying(42.23 - 3.1 / 60, 130.3), NULL);
	assert_moored(lying(42.77, 133.0), "Vostochny and Nakhodka Gulf roads");
	assert_moored(lying(42.97, 132.41), NULL); /* Fokino, a town */
	assert_moored(lying(44.76, 47.76), NULL);  /* the sea end of the canal, no berth */
	assert_moored(lying(41.5, 134), NULL);
}

static void in_place(void **state)
{
	struct fix off = lying(42.75, 133.08);

	(void)state;
	assert_true(look(off, lying(42.75 + 0.45 / 60, 133.08), false, 10).in_place);
	assert_false(look(off, lying(42.75 + 0.55 / 60, 133.08), false, 10).in_place);
	assert_false(look(off, with_status(42.75, 133.08, 0, 7), false, 10).in_place);
	assert_true(look(off, (struct fix){0}, true, 10).in_place); /* still silent */
	off = with_status(42.75, 133.08, 0, 9);
	assert_null(look(off, off, false, 10).port);
	assert_false(look(off, off, false, 10).in_place);
}

static void round_trip(void **state)
{
	struct fix off = lying(42.75, 133.08);

	(void)state;
	assert_port(look(off, off, false, 30).port, "Vostochny");
	assert_null(look(off, off, false, 20.2).roundtrip);
	assert_port(look(off, off, false, 20.3).roundtrip, "Sonbong");
	assert_port(look(off, off, false, 500).roundtrip, "Sonbong"); /* the nearest */
	assert_port(look(off, (struct fix){0}, true, 23).roundtrip, "Sonbong");
	assert_null(look(off, (struct fix){0}, true, 6).roundtrip);
	assert_null(look(off, off, false, 0).roundtrip);
	off = lying(41.5, 134); /* at anchor in the open sea: nowhere to come from */
	assert_null(look(off, off, false, 500).roundtrip);
}

/* Makhachkala is the nearest port by far, but no other country's */
static void through_the_canal(void **state)
{
	struct fix off = lying(45.79, 47.53);

	(void)state;
	assert_port(look(off, off, false, 28).port, "Olya");
	assert_null(look(off, off, false, 28.2).roundtrip); /* the geodesic would take 22.9 h */
	assert_port(look(off, off, false, 28.6).roundtrip, "Bautino");
	/* and in: Olya would be the nearest to Bautino but for the canal */
	off = lying(44.54479, 50.24629);
	assert_null(look(off, off, false, 24).roundtrip);
	assert_port(look(off, off, false, 26).roundtrip, "Kaspiysk"); /* 150 nm */
}

static bool laid_up(struct fix fix, int64_t t_ms)
{
	struct gap gap = {.mmsi = 273998987, .off = fix, .open = true};

	gap.off.t_ms = t_ms;
	return ice_layup(ports, &gap);
}

static void ice(void **state)
{
	const int64_t december = utc_days(2023, 12, 1) * DAY_MS;
	const int64_t april = utc_days(2024, 4, 1) * DAY_MS;
	struct fix fix = lying(46.34968, 48.04076);

	(void)state;
	assert_true(laid_up(fix, december));
	assert_true(laid_up(fix, utc_days(2024, 2, 29) * DAY_MS));
	assert_true(laid_up(fix, april - 1));
	assert_false(laid_up(fix, december - 1));
	assert_false(laid_up(fix, april));
	assert_false(laid_up(fix, utc_days(2023, 7, 15) * DAY_MS));
	assert_false(laid_up(with_status(46.34968, 48.04076, 0, 6), december)); /* in a convoy */
	assert_true(laid_up(lying(45.79, 47.53), december));                    /* Olya */
	assert_false(laid_up(lying(43.1089, 131.8883), december)); /* Vladivostok is kept open */
	assert_false(laid_up(lying(45.0, 48.5), december));        /* nowhere */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(moored),
	    cmocka_unit_test(moored_where),
	    cmocka_unit_test(in_place),
	    cmocka_unit_test(round_trip),
	    cmocka_unit_test(through_the_canal),
	    cmocka_unit_test(ice),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
