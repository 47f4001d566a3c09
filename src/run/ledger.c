#include "run/ledger.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aisgap/detect.h"
#include "base/mem.h"

/* where a sample of this offset belongs; SAMPLES_MAX when it is not among the first */
static size_t place(const struct tally *tally, uint64_t offset)
{
	size_t i = tally->sample_count;

	while (i > 0 && tally->samples[i - 1].offset > offset)
		i--;
	return i;
}

static void insert(struct tally *tally, const struct sample *sample)
{
	size_t i = place(tally, sample->offset);

	if (i == SAMPLES_MAX)
		return;
	if (tally->sample_count < SAMPLES_MAX)
		tally->sample_count++;
	memmove(&tally->samples[i + 1], &tally->samples[i],
	        (tally->sample_count - i - 1) * sizeof *sample);
	tally->samples[i] = *sample;
}

void tally_sample(struct tally *tally, const struct row *row, enum row_outcome outcome)
{
	struct sample sample = {.offset = row->offset, .outcome = outcome};

	if (place(tally, row->offset) == SAMPLES_MAX)
		return;
	span_copy(row_text(row), sample.text, sizeof sample.text);
	insert(tally, &sample);
}

void tally_add(struct tally *into, const struct tally *from)
{
	into->rows += from->rows;
	for (int i = 0; i < ROW_OUTCOMES; i++)
		into->by[i] += from->by[i];
	into->swallowed += from->swallowed;
	for (int i = 0; i < ROW_NOTES; i++)
		into->notes[i] += from->notes[i];
	into->day_first += from->day_first;
	into->month_first += from->month_first;
	into->either += from->either;
	for (size_t i = 0; i < from->sample_count; i++)
		insert(into, &from->samples[i]);
}

uint64_t tally_bad(const struct tally *tally)
{
	uint64_t bad = 0;

	for (int i = ROW_FIRST_BAD; i < ROW_OUTCOMES; i++)
		bad += tally->by[i];
	return bad;
}

struct input_entry *ledger_input(struct aisgap_ledger *ledger, const char *name)
{
	struct input_entry *entry;

	ledger->inputs =
	    mem_resize(ledger->inputs, ledger->input_count + 1, sizeof *ledger->inputs);
	entry = &ledger->inputs[ledger->input_count++];
	memset(entry, 0, sizeof *entry);
	entry->name = mem_new(strlen(name) + 1, 1);
	memcpy(entry->name, name, strlen(name));
	return entry;
}

void ledger_warn(struct aisgap_ledger *ledger, const char *format, ...)
{
	char *text;
	va_list args;

	if (ledger->warning_count == WARNINGS_MAX)
		return;
	text = mem_new(512, 1);
	va_start(args, format);
	vsnprintf(text, 512, format, args);
	va_end(args);
	ledger->warnings[ledger->warning_count++] = text;
}

void ledger_total(const struct aisgap_ledger *ledger, struct tally *total)
{
	memset(total, 0, sizeof *total);
	for (size_t i = 0; i < ledger->input_count; i++)
		tally_add(total, &ledger->inputs[i].tally);
}

void aisgap_ledger_free(struct aisgap_ledger *ledger)
{
	if (!ledger)
		return;
	for (size_t i = 0; i < ledger->input_count; i++)
		free(ledger->inputs[i].name);
	for (size_t i = 0; i < ledger->warning_count; i++)
		free(ledger->warnings[i]);
	free(ledger->inputs);
	free(ledger);
}

size_t aisgap_ledger_gaps(const struct aisgap_ledger *ledger)
{
	return ledger->gaps;
}

const char *aisgap_ledger_warning(const struct aisgap_ledger *ledger, size_t i)
{
	return i < ledger->warning_count ? ledger->warnings[i] : NULL;
}

bool aisgap_ledger_reader_gone(const struct aisgap_ledger *ledger)
{
	return ledger->reader_gone;
}
