/*
 * How a call that can fail says so: a status, and a diagnostic for people.
 * Only cli/ prints diagnostics and turns a status into an exit status.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
	ST_OK = 0,
	ST_FAILED,  /* input/output, network, a saved file */
	ST_USAGE,   /* an option, or a file that an option names, is wrong */
	ST_NO_FEED, /* the input is no AIS feed */
};

/* one message for people, without a final newline; "" when all is well */
struct diag {
	char text[512];
};

/* formats the message into diag (which may be NULL) and returns `status` */
__attribute__((format(printf, 3, 4))) enum status diag_set(struct diag *diag, enum status status,
                                                           const char *format, ...);

#endif
