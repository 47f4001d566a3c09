/*
 * report/sink, in a temporary directory of its own. Expectations: what sink.h promises, looked at
 * with stat(2) and read(2); /dev/full fails every write with ENOSPC (full(4)).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/sink.h"

static char directory[256]; /* made by set_up, and the working directory of a test */

static int set_up(void **state)
{
	const char *parent = getenv("TMPDIR");

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	snprintf(directory, sizeof directory, "%s/aisgap-sink-XXXXXX", parent ? parent : "/tmp");
	return !mkdtemp(directory) || chdir(directory);
}

static int tear_down(void **state)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;

	(void)state;
	while (dir && (entry = readdir(dir)))
		unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
	return chdir("/") || rmdir(directory);
}

static size_t files(void)
{
	DIR *dir = opendir(".");
	size_t n = 0;

	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static void put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void expect_file(const char *path, const char *want)
{
	char text[64] = "";
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(text, want);
}

static mode_t mode_of(const char *path)
{
	struct stat status;

	assert_int_equal(lstat(path, &status), 0);
	return status.st_mode & 07777;
}

static enum status write_report(const char *path, const char *text, struct diag *diag)
{
	struct sink *sink;
	bool gone;

	if (sink_open(path, &sink, diag))
		return ST_FAILED;
	sink_text(sink, text);
	return sink_close(sink, &gone, diag);
}

static void a_new_file_has_the_mode_that_umask_leaves(void **state)
{
	mode_t before = umask(027);

	(void)state;
	assert_int_equal(write_report("new.csv", "a\n", NULL), ST_OK);
	umask(before);
	expect_file("new.csv", "a\n");
	assert_int_equal(mode_of("new.csv"), 0640);
	assert_int_equal(files(), 1);
}

static void an_existing_file_is_replaced_and_keeps_its_mode(void **state)
{
	(void)state;
	put_file("old.csv", "old");
	chmod("old.csv", 0604);
	assert_int_equal(write_report("old.csv", "new", NULL), ST_OK);
	expect_file("old.csv", "new");
	assert_int_equal(mode_of("old.csv"), 0604);
	assert_int_equal(files(), 1);
}

static void nothing_appears_before_close(void **state)
{
	struct sink *sink;

	(void)state;
	put_file("old.csv", "old");
	assert_int_equal(sink_open("old.csv", &sink, NULL), ST_OK);
	sink_text(sink, "new");
	expect_file("old.csv", "old");
	assert_int_equal(sink_close(sink, NULL, NULL), ST_OK);
	expect_file("old.csv", "new");
}

static void an_aborted_file_leaves_the_old_one(void **state)
{
	struct sink *sink;

	(void)state;
	put_file("old.csv", "old");
	assert_int_equal(sink_open("old.csv", &sink, NULL), ST_OK);
	sink_text(sink, "half of it");
	sink_abort(sink);
	expect_file("old.csv", "old");
	assert_int_equal(files(), 1);
}

static void a_link_stays_and_its_target_is_replaced(void **state)
{
	struct stat status;

	(void)state;
	put_file("target.csv", "old");
	assert_int_equal(symlink("target.csv", "link.csv"), 0);
	assert_int_equal(symlink("later.csv", "dangling.csv"), 0);
	assert_int_equal(write_report("link.csv", "new", NULL), ST_OK);
	assert_int_equal(write_report("dangling.csv", "made", NULL), ST_OK);
	assert_int_equal(lstat("link.csv", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(lstat("dangling.csv", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	expect_file("target.csv", "new");
	expect_file("later.csv", "made");
}

static void a_full_device_is_a_failure_that_names_it(void **state)
{
	struct diag diag = {""};

	(void)state;
	if (access("/dev/full", W_OK))
		skip();
	assert_int_equal(write_report("/dev/full", "a", &diag), ST_FAILED);
	assert_string_equal(diag.text, "/dev/full: No space left on device");
	assert_int_equal(access("/dev/full", F_OK), 0);
}

static void a_loop_of_links_and_an_empty_path_are_failures(void **state)
{
	struct diag diag = {""};

	(void)state;
	assert_int_equal(symlink("b", "a"), 0);
	assert_int_equal(symlink("a", "b"), 0);
	assert_int_equal(write_report("a", "x", &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, "a: "));
	assert_int_equal(write_report("", "x", &diag), ST_FAILED);
	assert_int_equal(write_report("no/such/directory/x.csv", "x", &diag), ST_FAILED);
	assert_string_equal(diag.text, "no/such/directory/x.csv: No such file or directory");
	assert_int_equal(write_report(".", "x", &diag), ST_FAILED);
	assert_int_equal(files(), 2);
}

static void what_may_not_be_written_is_not_replaced(void **state)
{
	(void)state;
	if (!geteuid())
		skip(); /* root may write anywhere */
	put_file("kept.csv", "old");
	chmod("kept.csv", 0400);
	assert_int_equal(write_report("kept.csv", "new", NULL), ST_FAILED);
	expect_file("kept.csv", "old");
	chmod(".", 0500);
	assert_int_equal(write_report("new.csv", "new", NULL), ST_FAILED);
	chmod(".", 0700);
	assert_int_equal(files(), 1);
}

static void a_directory_that_vanishes_is_a_failure(void **state)
{
	struct diag diag = {""};
	struct sink *sink;
	DIR *dir;
	struct dirent *entry;

	(void)state;
	assert_int_equal(mkdir("gone", 0700), 0);
	assert_int_equal(sink_open("gone/x.csv", &sink, &diag), ST_OK);
	dir = opendir("gone");
	while ((entry = readdir(dir)))
		unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
	assert_int_equal(rmdir("gone"), 0);
	sink_text(sink, "a");
	assert_int_equal(sink_close(sink, NULL, &diag), ST_FAILED);
	assert_string_equal(diag.text, "gone/x.csv: No such file or directory");
}

static void a_pipe_is_written_directly(void **state)
{
	char text[8] = "";
	struct sink *sink;
	int reader;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	reader = open("fifo", O_RDONLY | O_NONBLOCK);
	assert_int_equal(sink_open("fifo", &sink, NULL), ST_OK);
	sink_text(sink, "piped");
	assert_int_equal(sink_close(sink, NULL, NULL), ST_OK);
	assert_int_equal(read(reader, text, sizeof text - 1), 5);
	assert_string_equal(text, "piped");
	close(reader);
	assert_int_equal(files(), 1);
}

static void a_reader_that_went_away_is_no_failure(void **state)
{
	struct diag diag = {""};
	struct sink *sink;
	bool gone = false;
	int reader;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	reader = open("fifo", O_RDONLY | O_NONBLOCK);
	assert_int_equal(sink_open("fifo", &sink, NULL), ST_OK);
	close(reader);
	for (int i = 0; i < 100000; i++)
		sink_text(sink, "much more than a buffer holds\n");
	assert_int_equal(sink_close(sink, &gone, &diag), ST_OK);
	assert_true(gone);
	assert_string_equal(diag.text, "");
}

/* pieces of every size from 0 to beyond the buffer, and one large piece, in order */
static void all_bytes_arrive_in_order(void **state)
{
	static char bytes[600 * 1000];
	static char back[600 * 1000];
	struct sink *sink;
	size_t at = 0;
	FILE *file;

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 2654435761u >> 13);
	assert_int_equal(sink_open("large", &sink, NULL), ST_OK);
	for (size_t n = 0; at + n < 300000; at += n++)
		sink_put(sink, (struct span){bytes + at, n});
	sink_put(sink, (struct span){bytes + at, sizeof bytes - at});
	assert_int_equal(sink_close(sink, NULL, NULL), ST_OK);
	file = fopen("large", "r");
	assert_int_equal(fread(back, 1, sizeof back, file), sizeof back);
	assert_int_equal(fgetc(file), EOF);
	fclose(file);
	assert_memory_equal(bytes, back, sizeof bytes);
}

static void memory_grows(void **state)
{
	struct sink *sink = sink_memory();

	(void)state;
	for (int i = 0; i < 100000; i++)
		sink_text(sink, "0123456789");
	assert_int_equal(sink_bytes(sink).len, 1000000);
	assert_memory_equal(sink_bytes(sink).ptr + 999990, "0123456789", 10);
	assert_int_equal(sink_close(sink, NULL, NULL), ST_OK);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_DIRECTORY(a_new_file_has_the_mode_that_umask_leaves),
	    IN_DIRECTORY(an_existing_file_is_replaced_and_keeps_its_mode),
	    IN_DIRECTORY(nothing_appears_before_close),
	    IN_DIRECTORY(an_aborted_file_leaves_the_old_one),
	    IN_DIRECTORY(a_link_stays_and_its_target_is_replaced),
	    IN_DIRECTORY(a_full_device_is_a_failure_that_names_it),
	    IN_DIRECTORY(a_loop_of_links_and_an_empty_path_are_failures),
	    IN_DIRECTORY(what_may_not_be_written_is_not_replaced),
	    IN_DIRECTORY(a_directory_that_vanishes_is_a_failure),
	    IN_DIRECTORY(a_pipe_is_written_directly),
	    IN_DIRECTORY(a_reader_that_went_away_is_no_failure),
	    IN_DIRECTORY(all_bytes_arrive_in_order),
	    IN_DIRECTORY(memory_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
