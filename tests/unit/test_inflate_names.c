/* input/inflate_names: expectations are the rules of inflate_names.h, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/inflate_names.h"

static void expect_documents(const char *const *names, bool expected)
{
	for (; *names; names++)
		if (inflate_is_document(*names) != expected)
			fail_msg("%s is taken for %s", *names, expected ? "data" : "a document");
}

static void documents_by_their_name(void **state)
{
	static const char *const NAMES[] = {
	    "README",      "readme",         "README.txt", "ReadMe.TXT", "readme.md",
	    "Readme.1st",  "data/README",    "a.b/readme", "LICENSE",    "LICENCE.txt",
	    "license.xml", "COPYING",        "NOTICE",     "notice.",    "readme.gz",
	    "about.pdf",   "a/b/guide.HTML", "guide.htm",  "notes.md",   "codes.docx",
	    "codes.doc",   "codes.rtf",      "map.png",    "map.JPG",    "map.jpeg",
	    "map.gif",     "site/style.css", "site/x.js",  ".md",        "ais.csv.pdf",
	    NULL,
	};

	(void)state;
	expect_documents(NAMES, true);
}

static void data_by_their_name(void **state)
{
	static const char *const NAMES[] = {
	    "README_export.csv",
	    "licensed-feed.csv",
	    "readme.csv",
	    "README.TSV",
	    "license.json",
	    "readme.jsonl",
	    "readme.ndjson",
	    "readme.geojson",
	    "notice.nmea",
	    "NOTICE.LOG",
	    "copying.ais",
	    "readme-2024.txt",
	    "ais.txt",
	    "feed.xml",
	    "readme.d/ais",
	    "readme/ais.csv",
	    "docs.pdf/ais.csv",
	    "README.txt.csv",
	    "README.tar.gz",
	    "readme2",
	    ".readme",
	    "pdf",
	    "md",
	    "ais.csv.gz",
	    "noticeboard",
	    "",
	    ".",
	    "dir/",
	    "readme/",
	    NULL,
	};

	(void)state;
	expect_documents(NAMES, false);
}

static void clutter_of_macos(void **state)
{
	(void)state;
	assert_true(inflate_is_clutter(SPAN("__MACOSX/ais.csv")));
	assert_true(inflate_is_clutter(SPAN("a/._ais.csv")));
	assert_true(inflate_is_clutter(SPAN("a/.DS_Store")));
	assert_false(inflate_is_clutter(SPAN("a/.DS_Store.csv")));
	assert_false(inflate_is_clutter(SPAN("a/b.csv")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(documents_by_their_name),
	    cmocka_unit_test(data_by_their_name),
	    cmocka_unit_test(clutter_of_macos),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
