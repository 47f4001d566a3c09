/* Who sent a report, as exports say it in words and numbers: a ship of a class, or something else.
 */
#ifndef AIS_SENDER_H
#define AIS_SENDER_H

#include <stdint.h>

#include "ais/fix.h"
#include "ais/row.h"
#include "ais/rules.h"
#include "base/span.h"

/* ROW_USED for ships, else why the row is left out: by kind of MMSI, */
enum row_outcome sender_by_kind(enum mmsi_kind kind);
/* by what the export calls the station ("Base Station", "AtoN"), */
enum row_outcome sender_by_station(struct span s);
/* and by AIS message number */
enum row_outcome sender_by_message(int64_t message);

/* the number in "1", "AIS.1", "ais18"; 0 without one from 1 to 27 */
int64_t sender_message(struct span s);
/* the class that sends messages of this number */
enum ais_class sender_class_of_message(int64_t message);
/* "A" or "b" */
static inline enum ais_class sender_class_of_letter(char letter)
{
	letter |= 'a' ^ 'A';
	return letter == 'a' ? CLASS_A : letter == 'b' ? CLASS_B : CLASS_UNKNOWN;
}

/* "A", "Class B", "AIS.18" */
enum ais_class sender_class(struct span s);
/* "TER", "g", "SAT", "s" ...: by first letter */
enum ais_source sender_source(struct span s);

#endif
