/* Buffered output and numbers written by hand: no locale, no floating point. */
#ifndef SIM_OUT_H
#define SIM_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { OUT_ROOM = 1 << 20, OUT_SLACK = 4096 };

struct out {
	FILE *file;
	size_t used;
	bool failed;
	char buf[OUT_ROOM + OUT_SLACK];
};

void out_open(struct out *o, FILE *file);
/* writes what is held; false when anything ever failed */
bool out_flush(struct out *o);
/* to be called between rows: a row never exceeds OUT_SLACK bytes */
static inline void out_row_end(struct out *o)
{
	if (o->used > OUT_ROOM)
		out_flush(o);
}

static inline void out_char(struct out *o, char c)
{
	o->buf[o->used++] = c;
}

void out_text(struct out *o, const char *text);
void out_bytes(struct out *o, const char *bytes, size_t n);
void out_int(struct out *o, int64_t v);
/* at least digits digits, zeros in front; v not negative */
void out_padded(struct out *o, int64_t v, int digits);
/* v / 10^decimals */
void out_fixed(struct out *o, int64_t v, int decimals);
/* microdegrees as degrees of 5 decimals, rounded half away from zero */
void out_degrees5(struct out *o, int32_t udeg);

enum time_form {
	TIME_ISO_T,  /* 2025-03-01T06:00:00 */
	TIME_ISO_Z,  /* 2025-03-01T06:00:00Z */
	TIME_SPACE,  /* 2025-03-01 06:00:00 */
	TIME_DMY,    /* 01/03/2025 06:00:00 */
	TIME_DOTTED, /* 01.03.2025 06:00:00 */
	TIME_AMPM,   /* 1/03/2025 06:00:00 AM */
};
void out_time(struct out *o, int64_t epoch_ms, enum time_form form);

#endif
