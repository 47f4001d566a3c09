/*
 * Sources that are read while they grow: every kind of descriptor, waiting, stopping, signals, the
 * head that is waited for. Expectations are by hand; what the kernel does with a FIFO that has no
 * writer, and with a pipe whose writer left, is that of pipe(7) and poll(2).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "fuzz/split_text.h"
#include "input/live.h"

/* what the callbacks saw */
struct seen {
	int stops;
	int idles;
	int stop_at_idle;    /* says stop once idle was called so often; 0: never */
	int stop_after_asks; /* likewise once it was asked so often */
};

static bool stop(void *context)
{
	struct seen *seen = context;

	seen->stops++;
	return (seen->stop_at_idle && seen->idles >= seen->stop_at_idle) ||
	       (seen->stop_after_asks && seen->stops > seen->stop_after_asks);
}

static void idle(void *context)
{
	((struct seen *)context)->idles++;
}

static struct source *open_live(const char *path, struct seen *seen)
{
	struct live_options options = {stop, idle, seen};
	struct source *source = NULL;
	struct diag diag = {""};

	if (live_open(path, &options, &source, &diag) != ST_OK)
		fail_msg("%s: %s", path, diag.text);
	return source;
}

static struct source *open_fd(int fd, struct seen *seen)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return open_live(path, seen);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void pause_ms(int ms)
{
	struct timespec t = {ms / 1000, ms % 1000 * 1000000L};

	nanosleep(&t, NULL);
}

static void expect_read(struct source *source, const char *text)
{
	char buf[100];
	struct diag diag = {""};
	size_t got = 1;

	assert_int_equal(source_read(source, buf, sizeof buf, &got, &diag), ST_OK);
	assert_int_equal(got, strlen(text));
	assert_memory_equal(buf, text, got);
}

static void put(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

/* a read gives what is there, and the end ends it for good */
static void a_pipe(void **state)
{
	struct seen seen = {0};
	struct source *source;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	source = open_fd(ends[0], &seen);
	assert_int_equal(source_size(source), 0);
	put(ends[1], "a\n");
	expect_read(source, "a\n");
	put(ends[1], "b");
	put(ends[1], "c\n");
	expect_read(source, "bc\n");
	assert_false(live_ended(source));
	close(ends[1]);
	expect_read(source, "");
	assert_true(live_ended(source));
	assert_false(source_is_cut(source));
	expect_read(source, "");
	assert_int_equal(source_taken(source), 5);
	source_close(source);
	close(ends[0]);
}

struct writer {
	const char *path;
	int fd;
	int pause_ms; /* before each write */
	const char *texts[8];
};

static void *write_slowly(void *context)
{
	struct writer *w = context;

	if (w->path)
		w->fd = open(w->path, O_WRONLY);
	for (int i = 0; w->texts[i]; i++) {
		pause_ms(w->pause_ms);
		if (write(w->fd, w->texts[i], strlen(w->texts[i])) < 0)
			abort();
	}
	close(w->fd);
	return NULL;
}

/* opened before its writer comes, who comes late; meanwhile stop is asked and idle called */
static void a_fifo(void **state)
{
	char path[] = "/tmp/aisgap-live-XXXXXX";
	struct writer w = {path, -1, 500, {"x\n", NULL}};
	struct seen seen = {0};
	struct source *source;
	pthread_t thread;

	(void)state;
	assert_non_null(mkdtemp(path));
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	source = open_live(path, &seen);
	pthread_create(&thread, NULL, write_slowly, &w);
	expect_read(source, "x\n");
	expect_read(source, "");
	assert_in_range(seen.idles, 1, 10);
	assert_true(seen.stops >= 2);
	pthread_join(thread, NULL);
	source_close(source);
	unlink(path);
}

/* a FIFO to which nobody ever writes: stop ends it, and says that it did */
static void stopped_while_waiting(void **state)
{
	char path[] = "/tmp/aisgap-live-XXXXXX";
	struct seen seen = {.stop_at_idle = 2};
	struct source *source;
	int64_t begun = now_ms();

	(void)state;
	assert_non_null(mkdtemp(path));
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	source = open_live(path, &seen);
	assert_int_equal(live_peek(source, 100).len, 0);
	expect_read(source, "");
	assert_true(live_ended(source));
	assert_true(source_is_cut(source));
	assert_int_equal(seen.idles, 2);
	assert_in_range(now_ms() - begun, 300, 20000);
	source_close(source);
	unlink(path);
}

/* what was there before stop was said is given, all of it, and then the end */
static void stopped_while_reading(void **state)
{
	struct seen seen = {.stop_after_asks = 3}; /* two of them for the head */
	struct source *source;
	struct diag diag;
	size_t got;
	char buf[2];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	source = open_fd(ends[0], &seen);
	put(ends[1], "abcdefgh");
	assert_int_equal(live_peek(source, 2).len, 2);
	assert_int_equal(source_read(source, buf, 2, &got, &diag), ST_OK);
	assert_int_equal(got, 2);
	for (const char *rest = "cdefgh"; *rest; rest += 2) {
		assert_int_equal(source_read(source, buf, 2, &got, &diag), ST_OK);
		assert_memory_equal(buf, rest, 2);
	}
	assert_int_equal(source_read(source, buf, 2, &got, &diag), ST_OK);
	assert_int_equal(got, 0);
	assert_true(source_is_cut(source));
	source_close(source);
	close(ends[0]);
	close(ends[1]);
}

/* standard input, as a socket; it is not closed, and not made non-blocking for others */
static void a_socket_as_stdin(void **state)
{
	struct seen seen = {0};
	int before = dup(STDIN_FILENO);
	struct source *source;
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	source = open_live("-", &seen);
	assert_string_equal(source_name(source), "(standard input)");
	put(ends[1], "one\n");
	expect_read(source, "one\n");
	assert_false(fcntl(STDIN_FILENO, F_GETFL) & O_NONBLOCK);
	shutdown(ends[1], SHUT_WR);
	expect_read(source, "");
	source_close(source);
	assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
	dup2(before, STDIN_FILENO);
	close(before);
	close(ends[0]);
	close(ends[1]);
}

/* somebody else made it non-blocking (ssh, systemd, node do) */
static void a_non_blocking_socket(void **state)
{
	struct seen seen = {0};
	int before = dup(STDIN_FILENO);
	struct writer w = {.pause_ms = 300, .texts = {"late\n", NULL}};
	struct source *source;
	pthread_t thread;
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	source = open_live("-", &seen);
	w.fd = ends[1];
	pthread_create(&thread, NULL, write_slowly, &w);
	expect_read(source, "late\n");
	expect_read(source, "");
	pthread_join(thread, NULL);
	source_close(source);
	dup2(before, STDIN_FILENO);
	close(before);
	close(ends[0]);
}

/* lines as they are typed; control-D at a line's beginning ends it */
static void a_terminal(void **state)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	struct seen seen = {0};
	struct source *source;

	(void)state;
	assert_true(master >= 0);
	assert_int_equal(grantpt(master), 0);
	assert_int_equal(unlockpt(master), 0);
	source = open_live(ptsname(master), &seen);
	put(master, "typed\n");
	expect_read(source, "typed\n");
	put(master, "\4");
	expect_read(source, "");
	put(master, "more\n");
	expect_read(source, "");
	source_close(source);
	close(master);
}

/* to its end, like any source */
static void a_file(void **state)
{
	struct memory_file file = memory_file_new();
	struct seen seen = {0};
	struct source *source;

	(void)state;
	memory_file_set(&file, "a\nb\n", 4);
	source = open_live(file.path, &seen);
	assert_int_equal(source_size(source), 4);
	assert_true(span_eq(live_peek(source, 100), SPAN("a\nb\n")));
	assert_true(live_ended(source));
	expect_read(source, "a\nb\n");
	expect_read(source, "");
	source_close(source);
	source = open_live("/dev/null", &seen);
	assert_int_equal(live_peek(source, 100).len, 0);
	source_close(source);
	close(file.fd);
}

static void on_signal(int number)
{
	(void)number;
}

/* signals without SA_RESTART, 50 a second, while nothing comes for 600 ms */
static void signals(void **state)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct itimerval often = {{0, 20000}, {0, 20000}};
	struct itimerval never = {{0, 0}, {0, 0}};
	struct writer w = {.pause_ms = 600, .texts = {"x\n", NULL}};
	struct seen seen = {0};
	struct source *source;
	pthread_t thread;
	sigset_t alarms;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	source = open_fd(ends[0], &seen);
	w.fd = ends[1];
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarms, NULL); /* not for the writer */
	pthread_create(&thread, NULL, write_slowly, &w);
	sigaction(SIGALRM, &action, NULL);
	pthread_sigmask(SIG_UNBLOCK, &alarms, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	expect_read(source, "x\n");
	setitimer(ITIMER_REAL, &never, NULL);
	assert_true(seen.stops > 10); /* at each of them, at once */
	assert_in_range(seen.idles, 1, 10);
	pthread_join(thread, NULL);
	source_close(source);
	close(ends[0]);
}

/* idle is called under steady traffic, too: nothing is waited for here */
static void idle_under_load(void **state)
{
	struct seen seen = {.stop_at_idle = 2};
	struct source *source = open_live("/dev/zero", &seen);
	char buf[4096];
	size_t got = 1;

	(void)state;
	while (got)
		assert_int_equal(source_read(source, buf, sizeof buf, &got, NULL), ST_OK);
	assert_int_equal(seen.idles, 2);
	assert_true(seen.stops > 100);
	source_close(source);
}

/* neither callback is needed */
static void no_callbacks(void **state)
{
	struct live_options options = {NULL, NULL, NULL};
	struct writer w = {.pause_ms = 250, .texts = {"x\n", NULL}};
	struct source *source;
	pthread_t thread;
	char path[40];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
	assert_int_equal(live_open(path, &options, &source, NULL), ST_OK);
	w.fd = ends[1];
	pthread_create(&thread, NULL, write_slowly, &w);
	expect_read(source, "x\n");
	pthread_join(thread, NULL);
	source_close(source);
	close(ends[0]);
}

/* a line in four pieces, 400 ms apart; then nothing for more than a second */
static void head_is_a_line(void **state)
{
	struct writer w = {.pause_ms = 400, .texts = {"mmsi", ",time", ",lat,", "lon\n12", NULL}};
	struct seen seen = {0};
	struct source *source;
	pthread_t thread;
	int64_t begun = now_ms();
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	source = open_fd(ends[0], &seen);
	w.fd = dup(ends[1]);
	pthread_create(&thread, NULL, write_slowly, &w);
	assert_true(span_eq(live_peek(source, 100), SPAN("mmsi,time,lat,lon\n12")));
	assert_in_range(now_ms() - begun, 2000, 30000);
	assert_false(live_ended(source));
	assert_true(seen.idles > 3);
	close(ends[1]);
	pthread_join(thread, NULL);
	/* nothing was taken out */
	expect_read(source, "mmsi,time,lat,lon\n12");
	expect_read(source, "");
	source_close(source);
	close(ends[0]);
}

/* as much as is wanted needs no line, and nothing is waited for */
static void head_is_full(void **state)
{
	struct seen seen = {0};
	struct source *source;
	int64_t begun = now_ms();
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	source = open_fd(ends[0], &seen);
	put(ends[1], "0123456789");
	assert_true(span_eq(live_peek(source, 5), SPAN("01234")));
	assert_true(span_eq(live_peek(source, 8), SPAN("01234567")));
	assert_true(now_ms() - begun < 900);
	close(ends[1]);
	assert_true(span_eq(live_peek(source, 100), SPAN("0123456789")));
	assert_true(live_ended(source));
	source_close(source);
	close(ends[0]);
}

/* lines that never pause for a second: five seconds are enough */
static void *write_for_ever(void *context)
{
	int fd = *(int *)context;

	while (write(fd, "x\n", 2) == 2)
		pause_ms(100);
	return NULL;
}

static void head_of_steady_traffic(void **state)
{
	struct seen seen = {0};
	struct source *source;
	pthread_t thread;
	int64_t begun = now_ms();
	int ends[2];

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	source = open_fd(ends[0], &seen);
	pthread_create(&thread, NULL, write_for_ever, &ends[1]);
	assert_in_range(live_peek(source, 100000).len, 20, 200);
	assert_in_range(now_ms() - begun, 4500, 30000);
	source_close(source);
	close(ends[0]);
	pthread_join(thread, NULL);
	close(ends[1]);
}

static void expect_refused(const char *path, enum status status, const char *message)
{
	struct live_options options = {NULL, NULL, NULL};
	struct source *source = NULL;
	struct diag diag = {""};

	if (live_open(path, &options, &source, &diag) != status || source)
		fail_msg("%s is not refused", path);
	assert_string_equal(diag.text, message);
}

#define STREAM "is a URL; --follow reads a stream: curl -N URL | aisgap --follow"

static void refused(void **state)
{
	(void)state;
	expect_refused("http://user:secret@host/feed", ST_USAGE, "http...: " STREAM);
	expect_refused("https://host/feed", ST_USAGE, "https...: " STREAM);
	expect_refused("file:///tmp/feed", ST_USAGE, "file...: " STREAM);
	expect_refused("htps://user:secret@host/feed", ST_USAGE, "htps...: " STREAM);
	expect_refused("tcp://host:4001", ST_USAGE, "tcp...: " STREAM);
	expect_refused("/no/such/file", ST_FAILED, "/no/such/file: No such file or directory");
	expect_refused("/tmp", ST_FAILED, "/tmp: is a directory; expected a stream");
}

/* the descriptor is open, but cannot be read */
static void broken(void **state)
{
	struct seen seen = {0};
	int before = dup(STDIN_FILENO);
	int fd = open("/dev/null", O_WRONLY);
	struct source *source;
	struct diag diag = {""};
	size_t got;
	char buf[1];

	(void)state;
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	source = open_live("-", &seen);
	assert_int_equal(live_peek(source, 10).len, 0);
	assert_true(live_ended(source));
	assert_int_equal(source_read(source, buf, 1, &got, &diag), ST_FAILED);
	assert_string_equal(diag.text, "(standard input): read error: Bad file descriptor");
	source_close(source);
	dup2(before, STDIN_FILENO);
	close(before);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_pipe),
	    cmocka_unit_test(a_fifo),
	    cmocka_unit_test(stopped_while_waiting),
	    cmocka_unit_test(stopped_while_reading),
	    cmocka_unit_test(a_socket_as_stdin),
	    cmocka_unit_test(a_non_blocking_socket),
	    cmocka_unit_test(a_terminal),
	    cmocka_unit_test(a_file),
	    cmocka_unit_test(signals),
	    cmocka_unit_test(idle_under_load),
	    cmocka_unit_test(no_callbacks),
	    cmocka_unit_test(head_is_a_line),
	    cmocka_unit_test(head_is_full),
	    cmocka_unit_test(head_of_steady_traffic),
	    cmocka_unit_test(refused),
	    cmocka_unit_test(broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
