/* Vessels that need not send at all: their silence is lawful and common. */
#ifndef JUDGE_VOLUNTARY_H
#define JUDGE_VOLUNTARY_H

#include <stdbool.h>

#include "ais/fix.h"
#include "base/span.h"

/*
 * Class B, which is carried by choice or by national rules; or a type that SOLAS V/19 leaves out or
 * whose work asks for silence: 30 fishing, 35 military, 36 sailing, 37 pleasure, 55 law enforcement
 * (ITU-R M.1371-5 table 53). ship_type is what was received: a code, or a word for it as in the
 * exports ("Fishing", "Pleasure Craft", "law enforcement"); empty is no type.
 */
bool voluntary(enum ais_class ais_class, struct span ship_type);

#endif
