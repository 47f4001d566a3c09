#include "cli/progress.h"

#include <stdio.h>

enum { BAR = 30 };

void progress_draw(void *context, uint64_t bytes_read, uint64_t bytes_total)
{
	double mb = (double)bytes_read / 1e6;
	int filled;

	(void)context;
	if (!bytes_total) {
		fprintf(stderr, "\r\033[K%.0f MB read", mb);
		return;
	}
	filled = (int)((double)BAR * (double)bytes_read / (double)bytes_total);
	if (filled > BAR)
		filled = BAR;
	fprintf(stderr, "\r\033[K[%.*s%*s] %3.0f %%  %.0f of %.0f MB", filled,
	        "##############################", BAR - filled, "",
	        100.0 * (double)bytes_read / (double)bytes_total, mb, (double)bytes_total / 1e6);
}

void progress_clear(void *context)
{
	(void)context;
	fputs("\r\033[K", stderr);
}
