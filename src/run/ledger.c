#include "run/ledger.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aisgap/detect.h"
#include "base/elapsed.h"
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

static void keep_sample(struct tally *tally, const struct reading *reading)
{
	struct sample sample = {.offset = reading->offset, .outcome = reading->outcome};

	if (place(tally, reading->offset) == SAMPLES_MAX)
		return;
	span_copy(reading->text, sample.text, sizeof sample.text);
	insert(tally, &sample);
}

void tally_count(struct tally *tally, const struct reading *reading)
{
	tally->rows++;
	tally->by[reading->outcome]++;
	tally->swallowed += reading->swallowed;
	for (unsigned left = reading->row.notes; left; left &= left - 1)
		tally->notes[__builtin_ctz(left)]++;
	if (reading->outcome >= ROW_FIRST_BAD)
		keep_sample(tally, reading);
}

void tally_date(struct tally *tally, const struct position_report *report,
                const struct reading *reading)
{
	if (!report->has_position)
		return;
	tally->day_first += reading->row.when == WHEN_ONLY_DAY_FIRST;
	tally->month_first += reading->row.when == WHEN_ONLY_MONTH_FIRST;
	tally->either += reading->row.when == WHEN_EITHER;
}

void tally_lone_parts(struct tally *tally, uint64_t count)
{
	tally->by[ROW_PART] -= count;
	tally->by[ROW_PART_ALONE] += count;
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

struct aisgap_ledger *ledger_new(void)
{
	struct aisgap_ledger *ledger = mem_new(1, sizeof *ledger);

	ledger->horizon_ms = INT64_MIN;
	ledger->begun_s = elapsed_s();
	return ledger;
}

struct input_entry *ledger_input(struct aisgap_ledger *ledger, const char *name)
{
	struct input_entry *entry;

	ledger->inputs =
	    mem_resize(ledger->inputs, ledger->input_count + 1, sizeof *ledger->inputs);
	entry = &ledger->inputs[ledger->input_count++];
	memset(entry, 0, sizeof *entry);
	entry->name = mem_string(span_of(name));
	return entry;
}

void ledger_fail(struct input_entry *entry, enum status status, const struct diag *diag)
{
	if (entry->status != ST_OK)
		return;
	entry->status = status;
	span_copy(span_of(diag->text), entry->failure, sizeof entry->failure);
}

enum status ledger_failure(const struct aisgap_ledger *ledger, struct diag *diag)
{
	const struct input_entry *worst = NULL;

	for (size_t i = 0; i < ledger->input_count; i++) {
		const struct input_entry *entry = &ledger->inputs[i];

		if (entry->status != ST_OK &&
		    (!worst || (entry->status == ST_USAGE && worst->status != ST_USAGE)))
			worst = entry;
	}
	return worst ? diag_set(diag, worst->status, "%s", worst->failure) : ST_OK;
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

static size_t failures(const struct aisgap_ledger *ledger)
{
	size_t count = 0;

	for (size_t i = 0; i < ledger->input_count; i++)
		count += ledger->inputs[i].status != ST_OK;
	return count;
}

enum aisgap_status ledger_result(enum status status)
{
	static const enum aisgap_status RESULT[] = {
	    [ST_OK] = AISGAP_OK,
	    [ST_FAILED] = AISGAP_FAILED,
	    [ST_USAGE] = AISGAP_USAGE,
	    [ST_NO_FEED] = AISGAP_NO_FEED,
	};

	return RESULT[status];
}

void ledger_conclude(struct aisgap_ledger *ledger, enum status status, const struct diag *diag)
{
	struct diag lost;

	ledger->seconds = elapsed_s() - ledger->begun_s;
	ledger->result = (int)ledger_result(status);
	ledger->message[0] = '\0';
	if (status != ST_OK) {
		span_copy(span_of(diag->text), ledger->message, sizeof ledger->message);
	} else if (ledger_failure(ledger, &lost) != ST_OK) {
		ledger->result = AISGAP_PARTIAL;
		snprintf(ledger->message, sizeof ledger->message,
		         "%.400s%s; the output holds the rest", lost.text,
		         failures(ledger) > 1 ? " (and other inputs; see -v)" : "");
	}
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
	for (size_t i = 0; i < ledger->input_count; i++) {
		free(ledger->inputs[i].name);
		layout_free(&ledger->inputs[i].layout);
	}
	for (size_t i = 0; i < ledger->warning_count; i++)
		free(ledger->warnings[i]);
	free(ledger->inputs);
	free(ledger);
}

size_t aisgap_ledger_gaps(const struct aisgap_ledger *ledger)
{
	return ledger->rows;
}

const char *aisgap_ledger_warning(const struct aisgap_ledger *ledger, size_t i)
{
	return i < ledger->warning_count ? ledger->warnings[i] : NULL;
}

bool aisgap_ledger_reader_gone(const struct aisgap_ledger *ledger)
{
	return ledger->reader_gone;
}
