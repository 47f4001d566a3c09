/* Time that passes, by a clock of no date: for how long something took, never for what is reported.
 */
#ifndef BASE_ELAPSED_H
#define BASE_ELAPSED_H

/* seconds since some moment of the past */
double elapsed_s(void);

#endif
