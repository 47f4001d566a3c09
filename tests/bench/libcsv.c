/*
 * libcsv doing nothing but splitting: what the program's scan is measured against.
 * bench_libcsv FILE prints how many fields and records there are.
 */
#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { BUFFER_SIZE = 1 << 20 };

struct counts {
	unsigned long long fields;
	unsigned long long records;
};

static void on_field(void *field, size_t length, void *context)
{
	(void)field;
	(void)length;
	((struct counts *)context)->fields++;
}

static void on_record(int terminator, void *context)
{
	(void)terminator;
	((struct counts *)context)->records++;
}

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "bench_libcsv: %s: %s\n", what, why);
	return 1;
}

int main(int argc, char **argv)
{
	static char buffer[BUFFER_SIZE];
	struct counts counts = {0, 0};
	struct csv_parser parser;
	size_t got;
	FILE *file;

	if (argc != 2)
		return fail("usage", "bench_libcsv FILE");
	file = fopen(argv[1], "rb");
	if (!file)
		return fail(argv[1], strerror(errno));
	if (csv_init(&parser, 0))
		return fail("libcsv", "csv_init failed");
	while ((got = fread(buffer, 1, sizeof buffer, file)) > 0) {
		if (csv_parse(&parser, buffer, got, on_field, on_record, &counts) != got)
			return fail(argv[1], csv_strerror(csv_error(&parser)));
	}
	csv_fini(&parser, on_field, on_record, &counts);
	csv_free(&parser);
	if (ferror(file))
		return fail(argv[1], strerror(errno));
	fclose(file);
	printf("%llu fields in %llu records\n", counts.fields, counts.records);
	return 0;
}
