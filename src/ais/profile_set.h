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

/* a member of a record and the text it must hold */
struct condition {
	struct span key; /* as column_key makes it */
	struct span value;
};

/*
 * Conditions of one profile. A shape of JSON records asks those of all profiles twice, by paths and
 * by last names, and has room for COLUMN_TESTS answers: those that are compiled in have four.
 */
enum { CONDITIONS_MAX = COLUMN_TESTS / 2 - 4 };

struct conditions {
	struct condition *list;
	size_t count;
};

struct profile {
	const char *name;  /* NULL is no profile */
	const char *note;  /* added to the message when a needed column is missing; may be NULL */
	struct keys match; /* all must be in the header */
	struct conditions when; /* all must hold; never in a header, which has no values */
	struct keys ignore;     /* never taken by the alias table */
	struct candidates field[FIELD_COUNT];
	enum when_order order;
	bool apostrophes; /* see column_map */
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
struct header_index {
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

void header_open(struct header_index *header, const struct span *cells, size_t count);
void header_close(struct header_index *header);
/* the first column with this key, from 0; -1 when there is none or the key is empty */
int header_find(const struct header_index *header, struct span key);

/* what is known besides the names: of a header nothing */
struct profile_facts {
	const struct column_values *record;  /* NULL: a header */
	const struct column_values *context; /* NULL: none */
	struct header_index context_index;   /* of the context's names; all zero without */
};

/* the profile that fits best: --profile, else the one with most columns and conditions; or NULL */
const struct profile *profile_choose(const struct column_options *options,
                                     const struct header_index *header,
                                     const struct profile_facts *facts);
/* the first of the profile's conditions that does not hold; NULL when all do */
const struct condition *profile_unmet(const struct profile_facts *facts,
                                      const struct header_index *header, const struct profile *p);

/* ST_NO_FEED with a message (and the profile's note, if any) when the map lacks a needed field */
enum status columns_check(const struct column_map *map, const char *note, const struct span *cells,
                          struct diag *diag);

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
