/*
 * What the AIVDM decoder makes of messages, for comparison with others (gpsdecode.py). Reads lines
 * "fill TAB payload", payloads whole, and prints one line of JSON for each: the outcome, every
 * field in raw units that the message has bits for, and the report.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ais/aivdm.h"
#include "base/num.h"

static void print_text(struct span s)
{
	putchar('"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"' || s.ptr[i] == '\\')
			putchar('\\');
		putchar(s.ptr[i]);
	}
	putchar('"');
}

static void print_field(const struct bits *bits, const struct aivdm_field *field)
{
	char text[32];

	printf(",\"%s\":", field->name);
	switch (field->form) {
	case AIVDM_UNSIGNED:
		printf("%u", bits_unsigned(bits, field->offset, field->width));
		break;
	case AIVDM_SIGNED:
		printf("%d", bits_signed(bits, field->offset, field->width));
		break;
	case AIVDM_FLAG:
		fputs(bits_unsigned(bits, field->offset, 1) ? "true" : "false", stdout);
		break;
	case AIVDM_TEXT:
		print_text(
		    (struct span){text, bits_text(bits, field->offset, field->width / 6U, text)});
		break;
	}
}

static bool reached(const struct bits *bits, const struct aivdm_field *field)
{
	return field->width &&
	       (field->form == AIVDM_TEXT || (uint32_t)field->offset + field->width <= bits->count);
}

static void print_number(const char *name, double value)
{
	char text[NUM_TEXT_SIZE];
	int len = num_repr(value, text);

	printf(",\"%s\":%.*s", name, len, text);
}

static void print_fix(const struct fix *fix)
{
	printf(",\"fix\":{\"class\":%d", fix->ais_class);
	print_number("lat", fix->lat_deg);
	print_number("lon", fix->lon_deg);
	if (fix->known & KNOWN_SOG)
		print_number("sog", (double)fix->sog_kn);
	if (fix->known & KNOWN_COG)
		print_number("cog", (double)fix->cog_deg);
	if (fix->known & KNOWN_HEADING)
		print_number("heading", fix->heading_deg);
	if (fix->known & KNOWN_SECOND)
		print_number("second", fix->second);
	if (fix->known & KNOWN_NAV_STATUS)
		print_number("status", fix->nav_status);
	putchar('}');
}

static void print_statics(const struct statics *statics)
{
	const struct {
		const char *name;
		struct span value;
	} KINDS[] = {
	    {"name", statics->name},
	    {"callsign", statics->callsign},
	    {"imo", statics->imo},
	    {"type", statics->type},
	};
	char comma = '{';

	fputs(",\"statics\":", stdout);
	for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
		printf("%c\"%s\":", comma, KINDS[i].name);
		print_text(KINDS[i].value);
		comma = ',';
	}
	putchar('}');
}

static void print_message(const struct bits *bits)
{
	struct aivdm message;
	enum row_outcome outcome;
	const struct aivdm_layout *layout = aivdm_layout(bits, &outcome);

	outcome = aivdm_read(bits, true, &message);
	printf("{\"outcome\":\"%s\"", row_outcome_info(outcome)->key);
	for (size_t i = 0; layout && i < layout->count; i++) {
		if (reached(bits, &layout->fields[i]))
			print_field(bits, &layout->fields[i]);
	}
	if (message.utc_ms != AIVDM_NO_TIME)
		printf(",\"utc_ms\":%lld", (long long)message.utc_ms);
	if (message.report.has_position)
		print_fix(&message.report.fix);
	print_statics(&message.report.statics);
	puts("}");
}

int main(void)
{
	static struct bits bits;
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	while ((len = getline(&line, &size, stdin)) > 2) {
		struct span payload = {line + 2, (size_t)len - 3};

		bits_clear(&bits);
		if (line[1] == '\t' && bits_append(&bits, payload, (unsigned)(line[0] - '0')))
			print_message(&bits);
		else
			puts("{\"outcome\":\"bad_payload\"}");
	}
	free(line);
	return ferror(stdin) || fflush(stdout) || ferror(stdout);
}
