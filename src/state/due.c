/*
 * The file is a container (container.h), for each item of two sections:
 *   ITEM  key (32 bytes), content type (a text)
 *   BODY  the body
 */
#include "state/due.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "state/code.h"
#include "state/container.h"
#include "state/replace.h"

static const char MAGIC[CONTAINER_MAGIC_SIZE] = {'A', 'I', 'S', 'G', '.', 'D', 'U', 'E'};

enum {
	FORMAT_VERSION = 1,
	ITEM = 1,
	BODY = 2,
	KEY_LEN = DIGEST_HEX_SIZE - 1,
	SAVE_PART = 16,
	ITEM_SPACE = 512, /* more than any item takes in the file beside its body */
};

static const char *const TYPES[] = {"application/x-ndjson", "application/json",
                                    "application/geo+json"};

struct entry {
	struct due_item item;
	char *bytes; /* the body; owned */
};

struct due {
	struct entry *entries; /* [first, end) are due */
	size_t first, end, cap;
	uint64_t bytes; /* of their bodies */
};

/* NULL when it is none of ours */
static const char *known_type(struct span type)
{
	for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
		if (span_eq(type, span_of(TYPES[i])))
			return TYPES[i];
	}
	return NULL;
}

static struct due_item new_item(struct span occasion, const char *content_type, struct span body)
{
	/* no type begins with a digit or holds a line's end, so what is hashed has one meaning */
	struct span parts[] = {occasion, span_of(content_type), SPAN("\n"), body};
	unsigned char digest[DIGEST_SIZE];
	struct due_item item = {.content_type = content_type, .body = body};

	digest_md5(parts, 4, digest);
	digest_hex(digest, item.key);
	return item;
}

/* so that a list that never becomes empty does not grow for ever */
static void close_up(struct due *due)
{
	if (due->first < due->end - due->first)
		return;
	memmove(due->entries, due->entries + due->first,
	        (due->end - due->first) * sizeof *due->entries);
	due->end -= due->first;
	due->first = 0;
}

static void append(struct due *due, const struct due_item *item)
{
	struct entry *entry;

	if (due->first)
		close_up(due);
	due->entries = mem_grow(due->entries, &due->cap, due->end + 1, 16, sizeof *due->entries);
	entry = &due->entries[due->end++];
	entry->item = *item;
	entry->bytes = mem_string(item->body);
	entry->item.body.ptr = entry->bytes;
	due->bytes += item->body.len;
}

void due_add(struct due *due, struct span occasion, const char *content_type, struct span body)
{
	const char *type = known_type(span_of(content_type));
	struct due_item item;

	assert(type);
	item = new_item(occasion, type, body);
	if (due->first < due->end && strcmp(due->entries[due->end - 1].item.key, item.key) == 0)
		return;
	append(due, &item);
}

size_t due_count(const struct due *due)
{
	return due->end - due->first;
}

const struct due_item *due_first(const struct due *due)
{
	return due_count(due) ? &due->entries[due->first].item : NULL;
}

void due_drop_first(struct due *due)
{
	if (!due_count(due))
		return;
	due->bytes -= due->entries[due->first].item.body.len;
	free(due->entries[due->first++].bytes);
}

void due_free(struct due *due)
{
	if (!due)
		return;
	while (due_count(due))
		due_drop_first(due);
	free(due->entries);
	free(due);
}

static bool is_key(struct span key)
{
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return key.len == KEY_LEN;
}

/* NULL, or what is wrong with the section */
static const char *read_item(struct span payload, struct due_item *item)
{
	struct code_in in = code_in_of(payload);
	struct span key = code_get_raw(&in, KEY_LEN);
	struct span type = code_get_text(&in);

	if (in.bad || code_left(&in))
		return "an item of the wrong length";
	if (!is_key(key))
		return "a key that is none";
	span_copy(key, item->key, sizeof item->key);
	item->content_type = known_type(type);
	return item->content_type ? NULL : "a content type that is never posted";
}

/* NULL, or what is wrong with the section; item->content_type: an item whose body comes next */
static const char *take_section(struct due *due, uint32_t tag, struct span payload,
                                struct due_item *item)
{
	if (tag != (item->content_type ? BODY : ITEM))
		return "a section that does not belong there";
	if (tag == ITEM)
		return read_item(payload, item);
	if (due_count(due) == DUE_ITEMS_MAX || payload.len > DUE_BYTES_MAX - due->bytes)
		return "more than 100,000 items or 1 GB";
	item->body = payload;
	append(due, item);
	item->content_type = NULL;
	return NULL;
}

static enum status read_sections(struct container_in *in, struct due *due, struct diag *diag)
{
	struct due_item item = {.content_type = NULL};

	for (;;) {
		struct span payload;
		const char *wrong;
		uint32_t tag;
		enum status status = container_next(in, &tag, &payload, diag);

		if (status != ST_OK)
			return status;
		if (!tag)
			return item.content_type
			           ? container_damaged(in, "an item without a body", diag)
			           : ST_OK;
		wrong = take_section(due, tag, payload, &item);
		if (wrong)
			return container_damaged(in, wrong, diag);
	}
}

/* before any of it is read: a section is read whole */
static bool too_large(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       st.st_size > (off_t)DUE_BYTES_MAX + (off_t)DUE_ITEMS_MAX * ITEM_SPACE;
}

enum status due_read(const char *path, struct due **due, struct diag *diag)
{
	struct container_in *in;
	enum status status;

	*due = path ? NULL : mem_new(1, sizeof **due);
	if (!path)
		return ST_OK;
	if (too_large(path))
		return diag_set(diag, ST_FAILED,
		                "%.300s: more than 1 GB; expected bodies that are still to be "
		                "posted: remove it to give them up",
		                path);
	status = container_open(path, MAGIC, FORMAT_VERSION, "a list of what is to be posted", &in,
	                        diag);
	if (status != ST_OK)
		return status;
	*due = mem_new(1, sizeof **due);
	if (in)
		status = read_sections(in, *due, diag);
	container_close(in);
	if (status != ST_OK) {
		due_free(*due);
		*due = NULL;
	}
	return status;
}

static void put_item(struct container_out *out, const struct due_item *item)
{
	struct code_out code = {.bytes = NULL};

	code_raw(&code, (struct span){item->key, KEY_LEN});
	code_text(&code, span_of(item->content_type));
	container_put(out, ITEM, (struct span){code.bytes, code.len});
	container_put(out, BODY, item->body);
	free(code.bytes);
}

enum status due_save(const char *path, const struct due *due, struct diag *diag)
{
	struct container_out *out;
	enum status status;

	if (due_count(due) > DUE_ITEMS_MAX || due->bytes > DUE_BYTES_MAX)
		return diag_set(diag, ST_FAILED,
		                "%.300s: more than 100,000 bodies or 1 GB would be due: post what "
		                "is due first, or remove the file to give it up",
		                path ? path : "--post");
	if (!path)
		return ST_OK;
	if (!due_count(due))
		return replace_remove(path, diag);
	status = container_create(path, MAGIC, FORMAT_VERSION, &out, diag);
	if (status != ST_OK)
		return status;
	for (size_t i = due->first; i < due->end; i++)
		put_item(out, &due->entries[i].item);
	return container_commit(out, diag);
}

static enum status still_due(const struct due *due, const char *path, const struct diag *why,
                             struct diag *diag)
{
	size_t count = due_count(due);

	if (!path)
		return diag_set(diag, ST_FAILED, "%s", why->text);
	return diag_set(diag, ST_FAILED, "%.380s; %zu %s still due (%.80s)", why->text, count,
	                count == 1 ? "post is" : "posts are", path);
}

enum status due_deliver(struct due *due, const char *path, struct http_post *post,
                        struct diag *diag)
{
	const struct due_item *item;
	enum status status = ST_OK;
	size_t sent = 0; /* since the list was saved */
	struct diag why;

	while (status == ST_OK && (item = due_first(due))) {
		if (http_post_send(post, item->content_type, item->key, item->body, &why) !=
		    ST_OK) {
			status = path && sent ? due_save(path, due, diag) : ST_OK;
			return status == ST_OK ? still_due(due, path, &why, diag) : status;
		}
		due_drop_first(due);
		if (!path || ++sent * SAVE_PART < due_count(due))
			continue;
		status = due_save(path, due, diag);
		sent = 0;
	}
	return status;
}
