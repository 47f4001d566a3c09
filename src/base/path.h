/* Paths of files that are replaced: what a link stands for, names beside them, lasting renames. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

/* the path with an ending such as ".tmp" behind it; freed by the caller */
char *path_with(const char *path, const char *ending);
/* `name` in the directory of `path`; freed by the caller */
char *path_beside(const char *path, const char *name);
/*
 * The file that `path` stands for when symbolic links are followed, also where the last of them
 * leads to nothing yet; freed by the caller. A loop of links is returned as it is, and the open
 * that follows fails.
 */
char *path_real(const char *path);
/* fsync of a descriptor: 0 or errno; what has nothing to sync, as some file systems say, is synced
 */
int path_sync_fd(int fd);
/* makes a rename in the directory of `path` last: 0 or errno; a directory that cannot be opened for
 * reading is no failure */
int path_sync_directory(const char *path);

#endif
