/* Makes the k-th call of a kind fail, come up short or be the last, for files in one directory.
 *
 * Loaded before the C library. fault_arm() says which; fault_count() how many calls there were.
 * A short write that is armed for good makes every write after it fail.
 */
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
#include <unistd.h>

enum kind { OPEN, WRITE, SYNC, SYNC_DIRECTORY, RENAME, TRUNCATE, LINK, UNLINK, ANY, KINDS };
enum action { FAIL, SHORT, KILL_BEFORE, KILL_SHORT, KILL_AFTER };

static char directory[PATH_MAX];
static int armed_kind = -1, armed_at, armed_action, armed_error, armed_for_good;
static int counts[KINDS];

void fault_arm(const char *where, int kind, int at, int action, int error, int for_good)
{
    snprintf(directory, sizeof directory, "%s", where);
    armed_kind = kind, armed_at = at, armed_action = action;
    armed_error = error, armed_for_good = for_good;
    memset(counts, 0, sizeof counts);
}

void fault_disarm(void) { armed_kind = -1; }

int fault_count(int kind) { return counts[kind]; }

static int is_ours(const char *path)
{
    return directory[0] && strncmp(path, directory, strlen(directory)) == 0;
}

static int is_our_descriptor(int descriptor)
{
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_ours(path);
}

/* Whether this call is the one; one that is killed before does not return. */
static int struck(int kind)
{
    counts[kind]++;
    counts[ANY]++;
    int count = counts[armed_kind == ANY ? ANY : kind];
    if ((kind != armed_kind && armed_kind != ANY)
        || (armed_for_good ? count < armed_at : count != armed_at))
        return 0;
    if (armed_action == KILL_BEFORE)
        kill(getpid(), SIGKILL);
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define AROUND(kind, mine, type, call)                                                            \
    if (!(mine) || !struck(kind))                                                                 \
        return call;                                                                              \
    if (armed_action == FAIL) {                                                                   \
        errno = armed_error;                                                                      \
        return -1;                                                                                \
    }                                                                                             \
    type result = call;                                                                           \
    if (armed_action == KILL_AFTER)                                                               \
        kill(getpid(), SIGKILL);                                                                  \
    return result;

#define OPENER(name)                                                                              \
    int name(const char *path, int flags, ...)                                                    \
    {                                                                                             \
        va_list rest;                                                                             \
        va_start(rest, flags);                                                                    \
        mode_t mode = va_arg(rest, mode_t);                                                       \
        va_end(rest);                                                                             \
        AROUND(OPEN, is_ours(path), int, REAL(name)(path, flags, mode))                           \
    }

OPENER(open)
OPENER(open64)

ssize_t write(int descriptor, const void *bytes, size_t length)
{
    if (!is_our_descriptor(descriptor) || !struck(WRITE))
        return REAL(write)(descriptor, bytes, length);
    if (armed_action == FAIL || (armed_action == SHORT && counts[WRITE] > armed_at)) {
        errno = armed_error;
        return -1;
    }
    size_t part = armed_action == KILL_AFTER ? length : (length + 1) / 2;
    ssize_t written = REAL(write)(descriptor, bytes, part);
    if (armed_action == KILL_SHORT || armed_action == KILL_AFTER)
        kill(getpid(), SIGKILL);
    return written;
}

static int sync_kind(int descriptor)
{
    struct stat status;
    return fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode) ? SYNC_DIRECTORY : SYNC;
}

int fsync(int descriptor)
{
    AROUND(sync_kind(descriptor), is_our_descriptor(descriptor), int, REAL(fsync)(descriptor))
}

int fdatasync(int descriptor)
{
    AROUND(SYNC, is_our_descriptor(descriptor), int, REAL(fdatasync)(descriptor))
}

int rename(const char *from, const char *to)
{
    AROUND(RENAME, is_ours(to), int, REAL(rename)(from, to))
}

int ftruncate(int descriptor, off_t size)
{
    AROUND(TRUNCATE, is_our_descriptor(descriptor), int, REAL(ftruncate)(descriptor, size))
}

int ftruncate64(int descriptor, off64_t size)
{
    AROUND(TRUNCATE, is_our_descriptor(descriptor), int, REAL(ftruncate64)(descriptor, size))
}

int link(const char *from, const char *to)
{
    AROUND(LINK, is_ours(to), int, REAL(link)(from, to))
}

int linkat(int a, const char *from, int b, const char *to, int flags)
{
    AROUND(LINK, is_ours(to), int, REAL(linkat)(a, from, b, to, flags))
}

int unlink(const char *path)
{
    AROUND(UNLINK, is_ours(path), int, REAL(unlink)(path))
}
