// crash-at [--below DIR]... [--report FILE] N -- COMMAND ARGS...
//
// Runs a command and kills it with all processes it has started just before their Nth step: a system
// call that changes or syncs a file. N = 0 never kills. Exits with 137 after the kill, with 125 after a
// failure of its own, else like a shell after the command. Whatever still runs then is killed, too.
//
//   --below DIR    count only steps at this directory or below it, as the process's mount namespace names it
//   --report FILE  a line for each step; the last line is "killed N" (that step is listed, but was
//                  not done) or "ended N" (that many were done)
//
// Not seen: what is written to a shared mapping, and what runs at a service's request, not as a child.
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "steps.h"

#define PLACE 4096 // Linux takes no longer path.

static const char *below[64];
static size_t below_count;
static FILE *report;
static bool traced[4 << 20]; // By thread id, of which Linux has 2^22 at most.

static bool read_link(const char *link, char place[PLACE]) {
  ssize_t length = readlink(link, place, PLACE - 1);
  place[length < 0 ? 0 : length] = '\0';
  return place[0] == '/'; // A pipe or socket has no path.
}

// The directory entry that a call is about; a link there is not followed. False where its directory
// does not exist: the call will change nothing.
static bool locate(pid_t tid, int directory, unsigned long long address, char place[PLACE]) {
  char base[64], path[PLACE + 2] = "./", *given = path + 2, *name;
  snprintf(base, sizeof base, "/proc/%d/mem", tid);
  int memory = open(base, O_RDONLY | O_CLOEXEC);
  // Ends early at a page that is not there. No path at all is an empty one, see AT_EMPTY_PATH and utimensat(2).
  if (pread(memory, given, PLACE - 1, (off_t)address) < 0) *given = '\0';
  close(memory);
  if (*given == '/') snprintf(base, sizeof base, "/proc/%d/root", tid);
  else if (directory == AT_FDCWD) snprintf(base, sizeof base, "/proc/%d/cwd", tid);
  else snprintf(base, sizeof base, "/proc/%d/fd/%d", tid, directory);
  if (!*given) return read_link(base, place);
  while ((name = strrchr(path, '/'))[1] == '\0' && name > path + 1) *name = '\0'; // mkdir d/
  *name++ = '\0';
  int from = open(base, O_PATH | O_CLOEXEC);
  // The process may live in another root directory: absolute links lead there, not into ours.
  struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = *given == '/' ? RESOLVE_IN_ROOT : 0};
  int parent = (int)syscall(SYS_openat2, from, path, &how, sizeof how);
  snprintf(base, sizeof base, "/proc/self/fd/%d", parent);
  bool found = read_link(base, place);
  close(from);
  close(parent);
  size_t length = place[1] ? strlen(place) : 0;
  snprintf(place + length, PLACE - length, "/%s", name);
  return found;
}

static bool is_below(const char *place) {
  for (size_t i = 0; i < below_count; i++) {
    size_t length = strlen(below[i]);
    if (!strncmp(place, below[i], length) && (place[length] == '/' || place[length] == '\0')) return true;
  }
  return below_count == 0;
}

// Whether the call before which the thread has stopped is a step; if so, reports it.
static bool is_step(pid_t tid) {
  struct __ptrace_syscall_info info;
  char link[64], place[PLACE], line[3 * PLACE];
  if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof info, &info) <= 0) return false; // Somebody has killed it.
  const struct call *call = calls;
  while (call->number != (int)info.seccomp.nr) call++;
  bool counts = !*call->arguments; // sync(2) has no place.
  int directory = AT_FDCWD, length = snprintf(line, sizeof line, "%s", call->name);
  for (int i = 0; call->arguments[i]; i++) {
    unsigned long long argument = info.seccomp.args[i];
    char kind = call->arguments[i];
    struct stat file;
    bool found = kind == 'p' && locate(tid, directory, argument, place);
    if (kind == 'd') directory = (int)argument;
    if (kind == 'f' || kind == 'w') {
      snprintf(link, sizeof link, "/proc/%d/fd/%d", tid, (int)argument);
      found = read_link(link, place) && (kind == 'f' || (!stat(link, &file) && S_ISREG(file.st_mode)));
    }
    if (!found) continue;
    counts |= is_below(place);
    length += snprintf(line + length, sizeof line - (size_t)length, " %s", place);
  }
  if (counts && report) fprintf(report, "%s\n", line);
  return counts;
}

static void kill_everything(void) {
  int status;
  for (pid_t tid = 0; tid < (pid_t)LENGTH(traced); tid++)
    if (traced[tid]) kill(tid, SIGKILL);
  // A process that has just been started is known only now, from its first stop.
  for (pid_t tid; (tid = waitpid(-1, &status, __WALL)) > 0;)
    if (WIFSTOPPED(status)) kill(tid, SIGKILL);
}

static pid_t start(char **command) {
  int ready[2];
  char byte = 0;
  if (pipe2(ready, O_CLOEXEC)) err(125, "pipe");
  pid_t child = fork();
  if (child < 0) err(125, "fork");
  if (child == 0) {
    close(ready[1]);
    if (read(ready[0], &byte, 1) != 1) _exit(125);
    install_filter(); // Not earlier: the calls fail where nobody traces them.
    execvp(*command, command);
    err(errno == ENOENT ? 127 : 126, "%s", *command);
  }
  long options = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
                 PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SEIZE, child, 0, options) || write(ready[1], &byte, 1) != 1) err(125, "ptrace");
  close(ready[0]);
  close(ready[1]);
  return child;
}

// Lets a stopped thread go on; nothing happens if it has been killed meanwhile.
static void resume(pid_t tid, int signal, int event) {
  unsigned long former;
  // A thread that executes a program takes its process's id; its own one may soon be another process's.
  if (event == PTRACE_EVENT_EXEC && !ptrace(PTRACE_GETEVENTMSG, tid, 0, &former) && former != (unsigned long)tid)
    traced[former] = false;
  if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) ptrace(PTRACE_LISTEN, tid, 0, 0); // It obeys SIGSTOP.
  else ptrace(PTRACE_CONT, tid, 0, event ? 0 : signal);
}

int main(int argc, char **argv) {
  static const struct option options[] = {{"below", 1, 0, 'b'}, {"report", 1, 0, 'r'}, {0}};
  for (int option; (option = getopt_long(argc, argv, "+", options, 0)) != -1;) {
    char *real = option == 'b' ? realpath(optarg, 0) : 0;
    if (option == 'b' && below_count < LENGTH(below)) below[below_count++] = real ? real : optarg;
    else if (option != 'r' || !(report = fopen(optarg, "we"))) err(125, "options");
  }
  char *end = "-";
  unsigned long steps = 0, last = optind + 2 < argc ? strtoul(argv[optind], &end, 10) : 0;
  if (*end || strcmp(argv[optind + 1], "--")) errx(125, "usage: [--below DIR]... [--report FILE] N -- COMMAND...");
  prctl(PR_SET_CHILD_SUBREAPER, 1); // Orphans become our children: none stays behind as a zombie.
  pid_t command = start(argv + optind + 2);
  traced[command] = true;
  for (;;) {
    int status;
    pid_t tid = waitpid(-1, &status, __WALL);
    if (tid < 0) err(125, "wait");
    bool stopped = traced[tid] = WIFSTOPPED(status);
    int event = status >> 16;
    bool killed = stopped && event == PTRACE_EVENT_SECCOMP && is_step(tid) && ++steps == last;
    if (killed || (!stopped && tid == command)) {
      kill_everything();
      if (report && (fprintf(report, "%s %lu\n", killed ? "killed" : "ended", steps) < 0 || fclose(report)))
        err(125, "report");
      return killed ? 137 : WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    if (stopped) resume(tid, WSTOPSIG(status), event);
  }
}
