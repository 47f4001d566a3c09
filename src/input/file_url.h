/* file: URLs (RFC 8089): the path of a file on this machine, written as a URL. */
#ifndef INPUT_FILE_URL_H
#define INPUT_FILE_URL_H

#include <stdbool.h>

#include "base/status.h"

/* text that begins with file:, in any case */
bool file_url_is(const char *text);
/*
 * The path of a URL that file_url_is: absolute, percent-decoded, freed by the caller. The forms are
 * file:///PATH, file:/PATH and file://localhost/PATH. ST_USAGE, and *path is NULL, for another
 * host, a path that is none or not absolute, %00, a % without two hex digits, and for ? and #,
 * which would begin what no path has. Messages name the URL up to the fault, so that no password
 * or query is shown.
 */
enum status file_url_path(const char *url, char **path, struct diag *diag);

#endif
