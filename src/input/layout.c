#include "input/layout.h"

#include <stdlib.h>

#include "ais/json_report.h"
#include "ais/nmea.h"
#include "base/mem.h"
#include "text/json_cut.h"

static enum status detect_csv(struct span head, const char *name,
                              const struct layout_options *options, struct layout *layout,
                              struct diag *diag)
{
	enum status status = header_detect(head, name, options->columns, &layout->header, diag);

	if (status != ST_OK || !layout->header.map.imo_is_id || options->any_id)
		return status;
	return diag_set(diag, ST_NO_FEED,
	                "%s: no MMSI column; use --any-id to tell vessels apart by their IMO "
	                "number instead",
	                name);
}

static enum status detect_json(struct span head, const char *name,
                               const struct layout_options *options, struct layout *layout,
                               struct diag *diag)
{
	struct json_reader_options reader = {
	    .columns = options->columns, .when = &options->when, .any_id = options->any_id};
	struct span context = {NULL, 0};
	enum status status = json_detect(head, name, &reader, &layout->header.map,
	                                 layout->header.found, &context, diag);

	layout->lines = json_is_lines(head);
	if (context.len)
		layout->context = mem_string(context);
	return status;
}

enum status layout_detect(struct span head, const char *name, const struct layout_options *options,
                          struct layout *layout, struct diag *diag)
{
	enum status status = ST_OK;

	*layout = (struct layout){.format = options->format};
	if (layout->format == FORMAT_DETECT)
		status = format_detect(head, name, &layout->format, diag);
	if (status != ST_OK)
		return status;
	if (layout->format == FORMAT_JSON)
		return detect_json(head, name, options, layout, diag);
	if (layout->format == FORMAT_CSV)
		return detect_csv(head, name, options, layout, diag);
	layout->has_clock = nmea_head_has_clock(head, &options->when);
	return ST_OK;
}

void layout_free(struct layout *layout)
{
	free(layout->context);
	layout->context = NULL;
}
