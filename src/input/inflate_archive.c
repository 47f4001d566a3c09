#include "input/inflate_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "input/inflate.h"
#include "input/inflate_blocks.h"
#include "input/inflate_magic.h"
#include "input/inflate_names.h"
#include "input/inflate_zip_end.h"

struct unpacking {
	uint64_t max_ratio;
	struct inflate_out *out;
	struct archive *archive;
	const char *kind;  /* as inflate_kind has it */
	uint64_t unpacked; /* bytes of all members */
	bool bomb;
	uint64_t member_unpacked;
	int64_t entry_end;  /* where the last entry's bytes end in what the filters gave */
	struct span member; /* its name; empty for a bare stream */
	struct diag fault;  /* what is wrong with the member, or with the archive; "" */
	struct inflate_blocks packed;
	struct zip_end zip_end; /* of the packed bytes */
};

static bool is_bomb(struct unpacking *u)
{
	/* what filters gave, members that are passed over and headers included */
	int64_t filtered = archive_filter_bytes(u->archive, 0);
	uint64_t unpacked = u->unpacked;

	if (filtered > 0 && (uint64_t)filtered > unpacked)
		unpacked = (uint64_t)filtered;
	u->bomb = u->bomb || inflate_is_bomb(u->packed.taken, unpacked, u->max_ratio);
	return u->bomb;
}

/* libarchive asks for bytes. To it a source that fails is one that ends: so it gives what it holds
 * before it fails. */
static la_ssize_t next_block(struct archive *archive, void *state, const void **block)
{
	struct unpacking *u = state;
	size_t len;

	(void)archive;
	inflate_out_flush(u->out);
	if (!inflate_out_wanted(u->out) || is_bomb(u))
		return ARCHIVE_FATAL;
	*block = u->packed.bytes;
	len = inflate_blocks_next(&u->packed);
	zip_end_take(&u->zip_end, u->packed.bytes, len);
	return (la_ssize_t)len;
}

/* the input was given up, though libarchive may take that for its end */
static bool broke_off(struct unpacking *u)
{
	return u->packed.failure.text[0] || is_bomb(u);
}

static int format_of(struct archive *archive)
{
	return archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK;
}

/* the name of the input or of its member, for messages */
static const char *full_name(const struct unpacking *u, char *text, size_t size)
{
	snprintf(text, size, "%s%s%.*s", source_name(u->packed.source), u->member.len ? ":" : "",
	         (int)u->member.len, u->member.ptr);
	return text;
}

/* sets the fault for libarchive's result; what explains most comes first */
static void set_fault(struct unpacking *u, int result)
{
	const char *what = result == ARCHIVE_FAILED ? "cannot be read"
	                   : u->packed.dry          ? "ends too early"
	                                            : "is damaged";
	const char *why = archive_error_string(u->archive);
	char name[sizeof u->fault.text];

	full_name(u, name, sizeof name);
	if (u->packed.failure.text[0])
		u->fault = u->packed.failure;
	else if (is_bomb(u))
		inflate_bomb(name, u->max_ratio, &u->fault);
	else
		diag_set(&u->fault, ST_FAILED,
		         "%s: the %s %s, after %" PRIu64 " unpacked bytes (%s)", name, u->kind,
		         what, u->member_unpacked, why ? why : "no reason given");
}

/* sets a fault that libarchive knows nothing of */
static void set_fault_text(struct unpacking *u, const char *what)
{
	char name[sizeof u->fault.text];

	diag_set(&u->fault, ST_FAILED, "%s: %s", full_name(u, name, sizeof name), what);
}

static void send_event(struct unpacking *u, enum inflate_event event)
{
	inflate_out_event(u->out, event, span_of(u->fault.text));
	u->fault.text[0] = '\0';
}

/*
 * Reads the entry's bytes to their end, and sends them when they are wanted. Sets the fault when
 * they are not whole; false when the archive cannot be read on.
 */
static bool read_entry(struct unpacking *u, bool wanted)
{
	const void *bytes;
	size_t len = 0;
	la_int64_t offset = 0;
	int result = ARCHIVE_OK;

	u->member_unpacked = 0;
	while (result == ARCHIVE_OK) {
		result = archive_read_data_block(u->archive, &bytes, &len, &offset);
		if (result == ARCHIVE_EOF || result < ARCHIVE_WARN)
			break;
		/* a wrong checksum is a warning that comes with the last bytes */
		u->member_unpacked += len;
		u->unpacked += len;
		if (wanted && !inflate_out_bytes(u->out, (struct span){bytes, len}))
			return false;
		if (is_bomb(u)) {
			result = ARCHIVE_FATAL;
			break;
		}
		len = 0;
	}
	u->entry_end = archive_filter_bytes(u->archive, 0);
	if (result != ARCHIVE_EOF)
		set_fault(u, result);
	return result > ARCHIVE_FATAL;
}

static bool is_member(struct archive_entry *entry, struct span name)
{
	return archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry) &&
	       !inflate_is_clutter(name);
}

static struct span entry_name(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);
	struct span s;

	/* a name that is not of this locale's characters */
	if (!name)
		name = archive_entry_pathname_utf8(entry);
	s = span_of(name && *name ? name : "(no name)");
	if (s.len > INFLATE_NAME_MAX)
		s.len = INFLATE_NAME_MAX;
	return s;
}

/* one entry of an archive; false when the archive cannot be read on */
static bool unpack_entry(struct unpacking *u, struct archive_entry *entry)
{
	struct span name = entry_name(entry);
	bool goes_on = true;
	bool cut = false;

	if (!is_member(entry, name)) {
		goes_on = read_entry(u, false);
		if (goes_on)
			u->fault.text[0] = '\0';
		return goes_on;
	}
	u->member = name;
	inflate_out_event(u->out, INFLATE_MEMBER, name);
	if (archive_entry_is_data_encrypted(entry)) {
		set_fault_text(u, "is encrypted; expected an archive without a password");
	} else if (archive_entry_sparse_count(entry)) {
		set_fault_text(u, "is a sparse file, which is not supported");
	} else {
		goes_on = read_entry(u, true);
		cut = !goes_on || (u->fault.text[0] && broke_off(u));
	}
	send_event(u, cut ? INFLATE_MEMBER_CUT : INFLATE_MEMBER_END);
	if (!goes_on)
		set_fault_text(u, "what follows this member cannot be read");
	u->member = (struct span){NULL, 0};
	return goes_on;
}

/*
 * libarchive takes a tar that ends behind a member for whole. What tar writes ends with two blocks
 * of zeros; the padding of the last entry is less than one.
 */
static bool lacks_end_mark(const struct unpacking *u)
{
	return format_of(u->archive) == ARCHIVE_FORMAT_TAR &&
	       archive_filter_bytes(u->archive, 0) - u->entry_end < 1024;
}

/* reads a zip to its end, which libarchive does not look at */
static void check_zip_end(struct unpacking *u, uint64_t entries)
{
	const void *block;
	const char *fault;

	while (!u->packed.dry && next_block(u->archive, u, &block) > 0)
		continue;
	fault = zip_end_fault(&u->zip_end, entries);
	if (broke_off(u))
		set_fault(u, ARCHIVE_EOF);
	else if (fault)
		set_fault_text(u, fault);
}

/* all entries, `entry` being the first; the fault is set when not all could be read */
static void unpack_entries(struct unpacking *u, struct archive_entry *entry)
{
	bool is_zip = format_of(u->archive) == ARCHIVE_FORMAT_ZIP;
	int result = ARCHIVE_OK;
	unsigned count;

	if (is_zip && inflate_is_office(entry_name(entry))) {
		set_fault_text(u, "is a workbook or office document; save it as CSV");
		return;
	}
	for (count = 1; result == ARCHIVE_OK || result == ARCHIVE_WARN; count++) {
		if (count > INFLATE_ENTRIES_MAX) {
			set_fault_text(u, "holds too many members; the rest was not read");
			return;
		}
		if (!unpack_entry(u, entry))
			return;
		u->member_unpacked = 0;
		result = archive_read_next_header(u->archive, &entry);
	}
	if (result != ARCHIVE_EOF || broke_off(u))
		set_fault(u, result);
	else if (lacks_end_mark(u))
		set_fault_text(u, "the tar archive has no end mark; it may have been cut off");
	else if (is_zip)
		check_zip_end(u, count - 1);
}

/* true when only zeros stand behind the stream; bzip2 and lz4 streams end quietly before others */
static bool only_padding_follows(struct unpacking *u)
{
	uint64_t left = u->packed.taken - (uint64_t)archive_filter_bytes(u->archive, -1);
	const void *block;
	size_t from = left < u->packed.len ? u->packed.len - (size_t)left : 0;

	do {
		for (; from < u->packed.len; from++)
			if (u->packed.bytes[from])
				return false;
		from = 0;
	} while (!u->packed.dry && next_block(u->archive, u, &block) > 0);
	return true;
}

/* a compressed stream that is no archive: one member */
static void unpack_stream(struct unpacking *u)
{
	inflate_out_event(u->out, INFLATE_MEMBER, SPAN(""));
	if (read_entry(u, true) && !u->fault.text[0] && !only_padding_follows(u))
		set_fault_text(u, "other bytes follow the compressed stream; they were not read");
	if (!u->fault.text[0] && broke_off(u))
		set_fault(u, ARCHIVE_EOF);
	send_event(u, INFLATE_MEMBER_END);
}

/* a compressed stream of nothing, for which libarchive has a format of its own */
static void unpack_nothing(struct unpacking *u)
{
	inflate_out_event(u->out, INFLATE_MEMBER, SPAN(""));
	send_event(u, INFLATE_MEMBER_END);
}

/* entry is the first */
static void unpack_found(struct unpacking *u, struct archive_entry *entry)
{
	if (format_of(u->archive) != ARCHIVE_FORMAT_RAW)
		unpack_entries(u, entry);
	else if (archive_filter_count(u->archive) > 1)
		unpack_stream(u);
	else
		set_fault_text(u, "begins like an archive, but its first header is damaged");
}

static void unpack(struct unpacking *u)
{
	struct archive_entry *entry = NULL;
	int result = archive_read_open2(u->archive, u, NULL, next_block, NULL, NULL);

	if (result == ARCHIVE_OK)
		result = archive_read_next_header(u->archive, &entry);
	if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
		unpack_found(u, entry);
	else if (result != ARCHIVE_EOF || broke_off(u))
		set_fault(u, result);
	else if (format_of(u->archive) == ARCHIVE_FORMAT_EMPTY)
		unpack_nothing(u);
	send_event(u, INFLATE_END);
}

/* false when this libarchive was built without one of them: it would run a program instead */
static bool enable(struct archive *archive)
{
	return archive_read_support_filter_zstd(archive) == ARCHIVE_OK &&
	       archive_read_support_filter_xz(archive) == ARCHIVE_OK &&
	       archive_read_support_filter_bzip2(archive) == ARCHIVE_OK &&
	       archive_read_support_filter_lz4(archive) == ARCHIVE_OK &&
	       archive_read_support_format_tar(archive) == ARCHIVE_OK &&
	       archive_read_support_format_zip_streamable(archive) == ARCHIVE_OK &&
	       archive_read_support_format_raw(archive) == ARCHIVE_OK &&
	       archive_read_support_format_empty(archive) == ARCHIVE_OK &&
	       /* a tar is read to the input's end, so that the checksum there is seen, and tars
	        * that were put one behind the other are read all */
	       archive_read_set_format_option(archive, "tar", "read_concatenated_archives", "1") ==
	           ARCHIVE_OK;
}

/*
 * libarchive turns names into the locale's characters and drops those that have none there. Of
 * UTF-8 every name can be told, and this thread's locale is nobody else's.
 */
static locale_t names_in_utf8(void)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

	if (utf8)
		uselocale(utf8);
	return utf8;
}

void inflate_archive(struct source *packed, uint64_t max_ratio, struct inflate_out *out)
{
	struct unpacking *u = mem_new(1, sizeof *u);
	locale_t utf8 = names_in_utf8();

	u->packed.source = packed;
	u->packed.out = out;
	u->max_ratio = max_ratio;
	u->out = out;
	u->kind = inflate_kind(source_peek(packed, INFLATE_HEAD));
	u->archive = archive_read_new();
	if (!u->archive)
		mem_out();
	if (enable(u->archive)) {
		unpack(u);
	} else {
		set_fault_text(u, "cannot be unpacked: libarchive was built without zstd, xz, "
		                  "bzip2 or lz4");
		send_event(u, INFLATE_END);
	}
	archive_read_free(u->archive);
	free(u);
	uselocale(LC_GLOBAL_LOCALE);
	if (utf8)
		freelocale(utf8);
}
