/* Lets the Nth call that changes a file below a folder fail, or kills the process before it.
   Preloaded; armed by arm(). Calls on files elsewhere, such as stdout, pass. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static long at = -1, seen = 0;
static int code, kills;
static char root[PATH_MAX], said[PATH_MAX + 40];

void arm(long n, int error, int kill, const char *folder) {
    at = n; seen = 0; code = error; kills = kill; said[0] = 0;
    snprintf(root, sizeof root, "%s", folder);
}
const char *fault(void) { return said; }

static int hits(const char *call, const char *path) {
    if (at < 0 || strncmp(path, root, strlen(root))) return 0;
    if (++seen != at) return 0;
    snprintf(said, sizeof said, "%s %s", call, path);
    if (kills) syscall(SYS_kill, getpid(), SIGKILL);
    errno = code;
    return 1;
}
static int hits_open(const char *call, int fd) {
    char link[40], path[PATH_MAX];
    if (at < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = syscall(SYS_readlink, link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return hits(call, path);
}
#define REAL(name) static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name)
#define OF_PATH(type, name, params, path, args) \
    type name params { REAL(name); return hits(#name, path) ? -1 : real args; }
#define OF_FILE(type, name, params, fd, args) \
    type name params { REAL(name); return hits_open(#name, fd) ? -1 : real args; }

OF_FILE(ssize_t, write, (int fd, const void *b, size_t n), fd, (fd, b, n))
OF_FILE(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t o), fd, (fd, b, n, o))
OF_FILE(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t o), fd, (fd, b, n, o))
OF_FILE(int, fsync, (int fd), fd, (fd))
OF_FILE(int, fdatasync, (int fd), fd, (fd))
OF_FILE(int, syncfs, (int fd), fd, (fd))
OF_FILE(int, fchmod, (int fd, mode_t m), fd, (fd, m))
OF_FILE(int, ftruncate, (int fd, off_t n), fd, (fd, n))
OF_FILE(int, ftruncate64, (int fd, off64_t n), fd, (fd, n))
OF_PATH(int, chmod, (const char *p, mode_t m), p, (p, m))
OF_PATH(int, fchmodat, (int d, const char *p, mode_t m, int f), p, (d, p, m, f))
OF_PATH(int, mkdir, (const char *p, mode_t m), p, (p, m))
OF_PATH(int, unlink, (const char *p), p, (p))
OF_PATH(int, rename, (const char *a, const char *b), b, (a, b))
OF_PATH(int, link, (const char *a, const char *b), b, (a, b))
OF_PATH(int, linkat, (int c, const char *a, int d, const char *b, int f), b, (c, a, d, b, f))

#define OPENS(name) int name(const char *p, int flags, ...) { \
    REAL(name); va_list more; va_start(more, flags); mode_t m = va_arg(more, int); va_end(more); \
    return (flags & O_CREAT) && hits(#name, p) ? -1 : real(p, flags, m); }
OPENS(open)
OPENS(open64)
int openat64(int d, const char *p, int flags, ...) {
    REAL(openat64); va_list more; va_start(more, flags); mode_t m = va_arg(more, int); va_end(more);
    return (flags & O_CREAT) && hits("openat", p) ? -1 : real(d, p, flags, m);
}
