/* Profiles as data: read from JSON once, then looked up against headers. */
#ifndef AIS_PROFILE_SET_H
#define AIS_PROFILE_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "ais/profile.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/status.h"

/* a header name that may hold a field, and what its numbers are divided by */
struct candidate {
	struct span key; /* as column_key makes it */
	double divisor;
};

/* names in order of preference */
struct candidates {
	struct candidate *list;
	size_t count;
};

struct keys {
	struct span *list;
	size_t count;
};

struct profile {
	const char *name;   /* NULL is no profile */
	const char *note;   /* added to the message when a needed column is missing; may be NULL */
	struct keys match;  /* all must be in the header */
	struct keys ignore; /* never taken by the alias table */
	struct candidates field[FIELD_COUNT];
	enum when_order order;
};

enum { PROFILES_MAX = 200 };

/* one --map */
struct user_map {
	struct span name; /* ptr NULL: by number */
	struct span key;
	int number; /* from 1; 0 is no map */
	double divisor;
	bool given;
};

struct column_options {
	struct arena arena;
	struct profile profiles[PROFILES_MAX];
	size_t count;
	struct profile aliases;
	struct profile user; /* --profile; name NULL without */
	struct user_map maps[FIELD_COUNT];
};

/* a header, sorted by key */
struct header {
	struct header_cell {
		struct span key;
		int column;
	} * cells;
	size_t count;
	struct arena arena;
};

/*
 * A name as it is compared: ASCII letters in lower case, without blanks, byte order marks, quotes
 * and _ . # - ( ) [ ]. Empty when nothing is left, or more than 120 bytes.
 */
struct span column_key(struct arena *arena, struct span name);

/* one profile from its JSON text (see profile.c for the form); everything is kept in the arena */
enum status profile_read(struct span text, bool is_alias_table, struct arena *arena,
                         struct profile *profile, struct diag *diag);

void header_open(struct header *header, const struct span *cells, size_t count);
void header_close(struct header *header);
/* the first column with this key, from 0; -1 when there is none or the key is empty */
int header_find(const struct header *header, struct span key);

/* the field that --map and profiles call so, FIELD_COUNT if none */
enum field field_find(struct span name);
/* true for the fields that hold numbers which a divisor can scale */
bool field_scales(enum field field);
/* the names of all fields, separated by blanks */
const char *field_list(void);

/* the header's names for a message: cleaned, quoted where needed, as many as fit, "and N more" */
void header_names(const struct span *cells, size_t count, char *out, size_t size);
/* one name or other foreign text for a message, cleaned and bounded */
void clean_text(struct span text, char *out, size_t size);
/* a --map for each missing field, naming the likeliest of the columns that `map` leaves free */
void suggest_maps(const enum field *missing, size_t count, const struct span *cells,
                  const struct column_map *map, char *out, size_t size);

#endif
