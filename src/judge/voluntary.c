#include "judge/voluntary.h"

#include <stddef.h>
#include <stdint.h>

#include "ais/rules.h"
#include "base/num.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "Fishing", "fishing vessel": the word, and no longer one that begins with it */
static bool is_word(struct span text, struct span word)
{
	struct span head = {text.ptr, word.len};

	return text.len >= word.len && span_eq_nocase(head, word) &&
	       (text.len == word.len || !is_letter(text.ptr[word.len]));
}

bool voluntary(enum ais_class ais_class, struct span ship_type)
{
	static const int CODES[] = {30, 35, 36, 37, 55};
	struct span type = span_trim(ship_type);
	int64_t code;
	bool is_code = num_int(type, &code);

	if (ais_class == CLASS_B)
		return true;
	for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
		if (is_code ? code == CODES[i] : is_word(type, span_of(type_group(CODES[i]))))
			return true;
	}
	return false;
}
