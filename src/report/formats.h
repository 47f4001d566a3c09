/* The writers, one per file of the same name; writer.c holds their table. */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H

#include "report/writer.h"

extern const struct writer writer_table;
extern const struct writer writer_csv;
extern const struct writer writer_json;
extern const struct writer writer_ndjson;
extern const struct writer writer_geojson;

#endif
