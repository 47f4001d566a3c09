/* What a program that uses the library can list: areas, formats, columns. */
#include <stdlib.h>

#include "aisgap/detect.h"
#include "base/embed.h"
#include "base/mem.h"
#include "geo/area.h"
#include "report/columns.h"
#include "report/writer.h"

static size_t append(char **text, size_t len, struct span s)
{
	*text = mem_resize(*text, len + s.len + 1, 1);
	memcpy(*text + len, s.ptr, s.len);
	(*text)[len + s.len] = '\0';
	return len + s.len;
}

char *aisgap_areas_geojson(void)
{
	struct areas *areas = areas_new();
	char *text = NULL;
	size_t len = append(&text, 0, SPAN("{\"type\":\"FeatureCollection\",\"features\":[\n"));

	areas_add(areas, "vladivostok", 0, NULL);
	areas_add(areas, "caspian", 0, NULL);
	for (size_t i = 0; i < areas_count(areas); i++) {
		char *feature = areas_geojson(areas, i);

		if (i)
			len = append(&text, len, SPAN(",\n"));
		len = append(&text, len, span_of(feature));
		free(feature);
	}
	append(&text, len, SPAN("\n]}\n"));
	areas_free(areas);
	return text;
}

const char *aisgap_format_name(size_t i)
{
	const struct writer *writer = writer_at(i);

	return writer ? writer->name : NULL;
}

const char *aisgap_format_purpose(size_t i)
{
	const struct writer *writer = writer_at(i);

	return writer ? writer->purpose : NULL;
}

const char *aisgap_column_name(size_t i)
{
	const struct column *column = column_at(i);

	return column ? column->name : NULL;
}

const char *aisgap_column_meaning(size_t i)
{
	const struct column *column = column_at(i);

	return column ? column->meaning : NULL;
}
