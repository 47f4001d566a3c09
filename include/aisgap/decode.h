/*
 * libaisgap: any AIS input as canonical position reports. One call reads the inputs, in their
 * order, and writes a row for each report, as `aisgap decode` does.
 */
#ifndef AISGAP_DECODE_H
#define AISGAP_DECODE_H

#include "aisgap/detect.h"

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/*
 * Of the options those count that say how inputs are read, and output and format ("csv" or
 * "ndjson"; NULL: by the output's ending, else csv). `statics` writes identity records instead of
 * position reports, each when it differs from the vessel's last. What is written, statuses, ledger
 * and message are as for aisgap_detect; a report without a time is written without one.
 */
enum aisgap_status aisgap_decode(const struct aisgap_options *options, bool statics,
                                 struct aisgap_ledger **ledger, char message[512]);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
