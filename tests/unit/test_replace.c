/*
 * Files that are replaced whole or not at all, under every failure of the system calls that can be
 * made to happen here: this program's own write, fsync, close and rename stand before the
 * library's. And the lock beside them.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/path.h"
#include "state/lock.h"
#include "state/replace.h"
#include "unit/temp_dir.h"

/* what fails: the call with this number, counted down from `after`; error 0 is none */
static struct {
	int write_error;
	int write_after; /* bytes that are still written */
	int write_most;  /* bytes a write takes at most; 0: all */
	int interrupts;  /* writes and syncs that are interrupted first */
	int fsync_error; /* of a file */
	int directory_error;
	int close_error;
	int rename_error;
	int fsyncs;
} fault;

static struct temp_dir dir;

/* only files in the test's directory are touched by the faults */
static bool is_ours(int fd)
{
	char link[64];
	char path[256];
	ssize_t len;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof path - 1);
	return len > 0 && dir.path[0] && !strncmp(path, dir.path, strlen(dir.path));
}

static int refuse(int error)
{
	errno = error;
	return -1;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	if (is_ours(fd)) {
		if (fault.interrupts && fault.interrupts--)
			return refuse(EINTR);
		if (fault.write_error && fault.write_after <= 0)
			return refuse(fault.write_error);
		if (fault.write_error && len > (size_t)fault.write_after)
			len = (size_t)fault.write_after;
		if (fault.write_most && len > (size_t)fault.write_most)
			len = (size_t)fault.write_most;
		fault.write_after -= (int)len;
	}
	return syscall(SYS_write, fd, bytes, len);
}

int fsync(int fd)
{
	struct stat st;
	int error = 0;

	if (is_ours(fd) && !fstat(fd, &st)) {
		if (fault.interrupts && fault.interrupts--)
			return refuse(EINTR);
		fault.fsyncs++;
		error = S_ISDIR(st.st_mode) ? fault.directory_error : fault.fsync_error;
	}
	return error ? refuse(error) : (int)syscall(SYS_fsync, fd);
}

int close(int fd)
{
	bool ours = fault.close_error && is_ours(fd);
	struct stat st;

	ours = ours && !fstat(fd, &st) && S_ISREG(st.st_mode);
	syscall(SYS_close, fd);
	return ours ? refuse(fault.close_error) : 0;
}

int rename(const char *from, const char *to)
{
	if (fault.rename_error)
		return refuse(fault.rename_error);
	return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static int begin(void **state)
{
	(void)state;
	memset(&fault, 0, sizeof fault);
	temp_open(&dir);
	return 0;
}

static int end(void **state)
{
	(void)state;
	memset(&fault, 0, sizeof fault);
	temp_close(&dir);
	dir.path[0] = '\0';
	return 0;
}

static void assert_file(const char *path, const char *text)
{
	struct span bytes = temp_read(path);

	assert_non_null(bytes.ptr);
	assert_true(span_eq(bytes, span_of(text)));
	free((char *)bytes.ptr);
}

static enum status put(const char *path, const char *text, struct diag *diag)
{
	struct replace *replace;
	enum status status = replace_open(path, &replace, diag);

	if (status)
		return status;
	replace_put(replace, (struct span){text, strlen(text) / 2});
	replace_put(replace, span_of(text + strlen(text) / 2));
	return replace_commit(replace, diag);
}

static void new_and_replaced(void **state)
{
	const char *path = temp_path(&dir, "state");
	struct stat st;

	(void)state;
	umask(0);
	assert_int_equal(put(path, "one", NULL), ST_OK);
	assert_file(path, "one");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(fault.fsyncs, 2); /* the file and the directory */
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(put(path, "two", NULL), ST_OK);
	assert_file(path, "two");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(temp_count(&dir), 1);
}

static void empty_file(void **state)
{
	const char *path = temp_path(&dir, "state");

	(void)state;
	assert_int_equal(put(path, "", NULL), ST_OK);
	assert_file(path, "");
}

static void aborted(void **state)
{
	const char *path = temp_path(&dir, "state");
	struct replace *replace;

	(void)state;
	assert_int_equal(put(path, "one", NULL), ST_OK);
	assert_int_equal(replace_open(path, &replace, NULL), ST_OK);
	replace_put(replace, SPAN("two"));
	assert_int_equal(temp_count(&dir), 2);
	replace_abort(replace);
	replace_abort(NULL);
	assert_file(path, "one");
	assert_int_equal(temp_count(&dir), 1);
}

/* what a killed run left behind, a link put there by someone else too, goes */
static void old_temporary(void **state)
{
	char path[128];
	char temporary[140];
	char other[140];

	(void)state;
	snprintf(path, sizeof path, "%s", temp_path(&dir, "state"));
	snprintf(temporary, sizeof temporary, "%s", temp_path(&dir, "state.tmp"));
	snprintf(other, sizeof other, "%s", temp_path(&dir, "other"));
	temp_write(temporary, SPAN("a rather long text of a run that was killed"));
	assert_int_equal(put(path, "one", NULL), ST_OK);
	assert_file(path, "one");
	temp_write(other, SPAN("other"));
	assert_int_equal(symlink(other, temporary), 0);
	assert_int_equal(put(path, "two", NULL), ST_OK);
	assert_file(path, "two");
	assert_file(other, "other");
	assert_int_equal(temp_count(&dir), 2);
}

/* writes of seven bytes, and interrupted ones: all arrives, more than the buffer holds too */
static void short_writes(void **state)
{
	const char *path = temp_path(&dir, "state");
	char *text = mem_new(700001, 1);

	(void)state;
	memset(text, 'x', 700000);
	fault.write_most = 7001;
	fault.interrupts = 3;
	assert_int_equal(put(path, text, NULL), ST_OK);
	assert_file(path, text);
	free(text);
}

static void assert_kept(const char *path, const char *text, const char *reason)
{
	struct diag diag = {""};
	char expected[200];

	snprintf(expected, sizeof expected, "%s: %s", path, reason);
	assert_int_equal(put(path, text, &diag), ST_FAILED);
	assert_string_equal(diag.text, expected);
	memset(&fault, 0, sizeof fault);
	assert_file(path, "old");
	assert_int_equal(temp_count(&dir), 1);
}

static void failures(void **state)
{
	const char *path = temp_path(&dir, "state");

	(void)state;
	assert_int_equal(put(path, "old", NULL), ST_OK);
	for (int after = 0; after < 7; after++) { /* the disk is full after so many bytes */
		fault.write_error = ENOSPC;
		fault.write_after = after;
		assert_kept(path, "new one", strerror(ENOSPC));
	}
	fault.write_error = EIO;
	assert_kept(path, "new", strerror(EIO));
	fault.fsync_error = EIO;
	assert_kept(path, "new", strerror(EIO));
	fault.close_error = EDQUOT;
	assert_kept(path, "new", strerror(EDQUOT));
	fault.rename_error = EACCES;
	assert_kept(path, "new", strerror(EACCES));
	fault.fsync_error = EINVAL; /* a file system that has nothing to sync */
	fault.directory_error = EINVAL;
	fault.close_error = EINTR;
	assert_int_equal(put(path, "new", NULL), ST_OK);
	assert_file(path, "new");
}

/* the disk is full at every byte of a large file */
static void full_in_the_middle(void **state)
{
	const char *path = temp_path(&dir, "state");
	char *text = mem_new(600001, 1);

	(void)state;
	memset(text, 'y', 600000);
	assert_int_equal(put(path, "old", NULL), ST_OK);
	for (int after = 0; after < 600000; after += 49999) {
		fault.write_error = ENOSPC;
		fault.write_after = after;
		assert_kept(path, text, strerror(ENOSPC));
	}
	free(text);
}

/* then the file is in place, but may not last */
static void directory_not_synced(void **state)
{
	const char *path = temp_path(&dir, "state");
	struct diag diag = {""};

	(void)state;
	assert_int_equal(put(path, "old", NULL), ST_OK);
	fault.directory_error = EIO;
	assert_int_equal(put(path, "new", &diag), ST_FAILED);
	assert_non_null(strstr(diag.text, strerror(EIO)));
	assert_file(path, "new");
	assert_int_equal(temp_count(&dir), 1);
}

static void assert_refused(const char *path, int error)
{
	struct diag diag = {""};
	struct replace *replace = (struct replace *)&diag;

	assert_int_equal(replace_open(path, &replace, &diag), ST_FAILED);
	assert_null(replace);
	assert_non_null(strstr(diag.text, path));
	assert_non_null(strstr(diag.text, strerror(error)));
}

static void no_place_for_it(void **state)
{
	char name[128];

	(void)state;
	assert_refused("/nonexistent/state", ENOENT);
	assert_refused(dir.path, EISDIR);
	snprintf(name, sizeof name, "%s", temp_path(&dir, "pipe"));
	assert_int_equal(mkfifo(name, 0600), 0);
	assert_refused(name, EINVAL);
	assert_int_equal(mkdir(temp_path(&dir, "state.tmp"), 0700), 0);
	assert_refused(temp_path(&dir, "state"), EISDIR);
	assert_int_equal(temp_count(&dir), 2);
}

/* run by another user than root, who may do all */
static void not_allowed(void **state)
{
	const char *path = temp_path(&dir, "state");
	struct diag diag = {""};

	(void)state;
	if (geteuid() == 0)
		skip();
	assert_int_equal(put(path, "old", NULL), ST_OK);
	assert_int_equal(chmod(path, 0400), 0);
	assert_int_equal(put(path, "new", &diag), ST_FAILED);
	assert_file(path, "old");
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(chmod(dir.path, 0500), 0);
	assert_refused(path, EACCES);
	assert_int_equal(chmod(dir.path, 0700), 0);
	assert_file(path, "old");
}

/* a state in the working directory */
static void bare_name(void **state)
{
	char before[PATH_MAX];

	(void)state;
	assert_non_null(getcwd(before, sizeof before));
	assert_int_equal(chdir(dir.path), 0);
	assert_int_equal(put("state", "one", NULL), ST_OK);
	assert_int_equal(fault.fsyncs, 2);
	assert_file("state", "one");
	assert_int_equal(chdir(before), 0);
}

static void lock_by_one(void **state)
{
	const char *path = temp_path(&dir, "state");
	struct lock *first;
	struct lock *second = (struct lock *)&first;
	struct diag diag = {""};
	struct stat st;

	(void)state;
	umask(0);
	assert_int_equal(lock_take(path, false, &first, &diag), ST_OK);
	assert_int_equal(lock_take(path, false, &second, &diag), ST_FAILED);
	assert_null(second);
	assert_non_null(strstr(diag.text, path));
	assert_non_null(strstr(diag.text, "--wait"));
	lock_give(first);
	lock_give(NULL);
	assert_int_equal(lock_take(path, true, &first, &diag), ST_OK);
	lock_give(first);
	assert_int_equal(stat(temp_path(&dir, "state.lock"), &st), 0); /* it stays */
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(st.st_size, 0);
	assert_int_equal(lock_take("/nonexistent/state", true, &first, &diag), ST_FAILED);
	assert_string_equal(diag.text, "/nonexistent/state.lock: No such file or directory");
}

static void on_alarm(int signal)
{
	(void)signal;
}

/* another process has it for half a second; the wait is interrupted by a signal meanwhile */
static void lock_waits(void **state)
{
	const char *path = temp_path(&dir, "state");
	struct sigaction action = {.sa_handler = on_alarm};
	struct lock *lock;
	int ready[2];
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (!child) {
		lock_take(path, true, &lock, NULL);
		syscall(SYS_write, ready[1], "x", 1);
		usleep(500000);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(lock_take(path, false, &lock, NULL), ST_FAILED);
	sigaction(SIGALRM, &action, NULL);
	ualarm(100000, 0);
	assert_int_equal(lock_take(path, true, &lock, NULL), ST_OK);
	lock_give(lock);
	assert_int_equal(waitpid(child, NULL, 0), child);
	close(ready[0]);
	close(ready[1]);
}

static void assert_real(const char *path, const char *expected)
{
	char *real = path_real(path);

	assert_string_equal(real, expected);
	free(real);
}

static void real_paths(void **state)
{
	char a[128];
	char b[128];
	char c[128];

	(void)state;
	snprintf(a, sizeof a, "%s", temp_path(&dir, "a"));
	snprintf(b, sizeof b, "%s", temp_path(&dir, "b"));
	snprintf(c, sizeof c, "%s", temp_path(&dir, "c"));
	assert_real(a, a); /* not there yet */
	assert_real("nowhere/state", "nowhere/state");
	assert_int_equal(symlink("b", a), 0);
	assert_int_equal(symlink(c, b), 0);
	assert_real(a, c); /* a -> b -> c, which is not there */
	temp_write(c, SPAN("x"));
	assert_real(a, c);
	assert_int_equal(unlink(c), 0);
	assert_int_equal(symlink("a", c), 0);
	assert_int_equal(unlink(b), 0);
	assert_int_equal(symlink("c", b), 0);
	free(path_real(a)); /* a loop ends */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(new_and_replaced, begin, end),
	    cmocka_unit_test_setup_teardown(empty_file, begin, end),
	    cmocka_unit_test_setup_teardown(aborted, begin, end),
	    cmocka_unit_test_setup_teardown(old_temporary, begin, end),
	    cmocka_unit_test_setup_teardown(short_writes, begin, end),
	    cmocka_unit_test_setup_teardown(failures, begin, end),
	    cmocka_unit_test_setup_teardown(full_in_the_middle, begin, end),
	    cmocka_unit_test_setup_teardown(directory_not_synced, begin, end),
	    cmocka_unit_test_setup_teardown(no_place_for_it, begin, end),
	    cmocka_unit_test_setup_teardown(not_allowed, begin, end),
	    cmocka_unit_test_setup_teardown(bare_name, begin, end),
	    cmocka_unit_test_setup_teardown(lock_by_one, begin, end),
	    cmocka_unit_test_setup_teardown(lock_waits, begin, end),
	    cmocka_unit_test_setup_teardown(real_paths, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
