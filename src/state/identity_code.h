/*
 * What an MMSI said of itself, as saved files hold it: per kind that has any, the number of values,
 * and each as text, a byte that says whether its first (1) and last (2) times are kept, and these.
 */
#ifndef STATE_IDENTITY_CODE_H
#define STATE_IDENTITY_CODE_H

#include "state/code.h"
#include "track/identity.h"

void identity_encode(struct code_out *out, const struct identity *identity);
/* fills an empty identity; false when it is none that there can be (it is then partly filled) */
bool identity_decode(struct code_in *in, struct identity *identity);

#endif
