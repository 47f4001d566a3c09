/* The zones that tests of src/judge keep presence in, made before the first and freed after the
 * last. */
#ifndef UNIT_ALL_ZONES_H
#define UNIT_ALL_ZONES_H

#include <stdlib.h>

#include "law/heard.h"

static struct zones *zones;

static int begin_all(void **state)
{
	(void)state;
	zones = heard_zones(NULL, 0);
	return 0;
}

static int end_all(void **state)
{
	(void)state;
	free(zones);
	return 0;
}

#endif
