/*
 * A state's parameters as saved files hold them: G, a byte of flags (--everywhere 1, --any-id 2, a
 * horizon 4), the horizon, the number of areas, and each as a byte (1: built-in) and GeoJSON.
 */
#ifndef STATE_PARAMS_CODE_H
#define STATE_PARAMS_CODE_H

#include "state/code.h"
#include "state/state.h"

/* ST_FAILED when an area cannot be written so that it reads back the same */
enum status params_encode(struct code_out *out, const struct state_params *params,
                          int64_t horizon_ms, struct diag *diag);
/*
 * Fills `params`, whose areas belong to the caller in any case. NULL, or what is wrong, which may
 * be in `diag`.
 */
const char *params_decode(struct code_in *in, struct state_params *params, int64_t *horizon_ms,
                          struct diag *diag);

#endif
