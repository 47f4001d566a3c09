#include "ais/json_related.h"

#include <string.h>

/* without punctuation, in lower case; as they are seen in exports and in the profiles' sources */
static const char *const IDENTITY[] = {"vessel",     "ship",     "identity",   "identification",
                                       "static",     "metadata", "staticdata", "staticinfo",
                                       "vesselinfo", "shipinfo", "vesseldata", "shipdata",
                                       "ais",        "data",     "properties", "message"};
static const char *const POSITION[] = {"position",
                                       "pos",
                                       "location",
                                       "geometry",
                                       "coordinates",
                                       "point",
                                       "lastposition",
                                       "lastpositionupdate",
                                       "lastknownposition",
                                       "latestposition",
                                       "lastlocation",
                                       "navigation",
                                       "positionreport",
                                       "dynamic",
                                       "ais",
                                       "data",
                                       "properties",
                                       "message"};
static const char *const FOREIGN[] = {
    "receiver", "station",  "basestation", "destination", "destport", "dest",        "origin",
    "port",     "nextport", "lastport",    "previous",    "prev",     "receivedfrom"};

struct names {
	const char *const *list;
	size_t count;
};

static const struct names IDENTITIES = {IDENTITY, sizeof IDENTITY / sizeof *IDENTITY};
static const struct names POSITIONS = {POSITION, sizeof POSITION / sizeof *POSITION};
static const struct names FOREIGNERS = {FOREIGN, sizeof FOREIGN / sizeof *FOREIGN};

static bool is_punctuation(char c)
{
	return c == '_' || c == '-' || c == ' ' || c == '#' || c == ':' || c == '@' || c == '$';
}

static bool is_called(struct span name, const char *listed)
{
	for (size_t i = 0; i < name.len; i++) {
		if (is_punctuation(name.ptr[i]))
			continue;
		if (!*listed ||
		    !span_eq_nocase((struct span){name.ptr + i, 1}, (struct span){listed, 1}))
			return false;
		listed++;
	}
	return !*listed;
}

static bool is_one_of(struct span name, struct names names)
{
	for (size_t i = 0; i < names.count; i++) {
		if (is_called(name, names.list[i]))
			return true;
	}
	return false;
}

/* cuts the first name off a path */
static struct span take_name(struct span *path)
{
	struct span name;

	span_cut(*path, '.', &name, path);
	return name;
}

static bool fits(struct span name, enum relation relation)
{
	return (relation != RELATED_POSITION && is_one_of(name, IDENTITIES)) ||
	       (relation != RELATED_IDENTITY && is_one_of(name, POSITIONS));
}

static bool all_fit(struct span path, enum relation relation)
{
	while (path.len) {
		if (!fits(take_name(&path), relation))
			return false;
	}
	return true;
}

/* takes off both paths what they begin with alike */
static void drop_common(struct span *a, struct span *b)
{
	while (a->len && b->len) {
		struct span rest_a = *a;
		struct span rest_b = *b;

		if (!span_eq(take_name(&rest_a), take_name(&rest_b)))
			return;
		*a = rest_a;
		*b = rest_b;
	}
}

bool json_related(struct span mmsi_object, struct span object, enum relation relation)
{
	drop_common(&mmsi_object, &object);
	return all_fit(mmsi_object, RELATED_ANY) && all_fit(object, relation);
}

bool json_foreign(struct span object)
{
	while (object.len) {
		if (is_one_of(take_name(&object), FOREIGNERS))
			return true;
	}
	return false;
}
