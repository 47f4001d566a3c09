#include "run/news.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

void news_free(struct news *news)
{
	map_free(&news->index);
	free(news->known);
}

static uint64_t *vessel(struct news *news, int64_t mmsi)
{
	uint32_t i = map_get(&news->index, (uint64_t)mmsi);

	if (i == MAP_NONE) {
		i = (uint32_t)news->count++;
		news->known =
		    mem_grow(news->known, &news->cap, news->count, 1024, sizeof *news->known);
		for (int k = 0; k < STATIC_KINDS; k++)
			news->known[i][k] = 0;
		map_put(&news->index, (uint64_t)mmsi, i);
	}
	return news->known[i];
}

bool news_tell(struct news *news, const struct position_report *report)
{
	bool is_news = false;
	uint64_t *known;

	if (!statics_any(&report->statics))
		return false;
	known = vessel(news, report->mmsi);
	for (int k = 0; k < STATIC_KINDS; k++) {
		enum static_kind kind = (enum static_kind)k;
		char text[STATIC_MAX];
		struct span value =
		    statics_value(kind, statics_field(&report->statics, kind), text);
		uint64_t hash = value.len ? hash_bytes(hash_seed(), value) : known[k];

		is_news = is_news || hash != known[k];
		known[k] = hash;
	}
	return is_news;
}
