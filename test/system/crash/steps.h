// The system calls that change or sync files, and the filter that stops a process at them and only there.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif
#define LENGTH(array) (sizeof(array) / sizeof *(array))

// What each argument is, in order: d the directory of the path after it, p path, f file descriptor,
// w one that counts only if it is a regular file's, o flags of an open, - anything else.
static const struct call {
  int number;
  const char *name, *arguments;
} calls[] = {
#define CALL(name, arguments) {SYS_##name, #name, arguments}
#ifdef __x86_64__ // Newer architectures have only the *at calls.
  CALL(open, "po"), CALL(creat, "p"), CALL(rename, "pp"), CALL(link, "pp"), CALL(symlink, "-p"), CALL(unlink, "p"),
  CALL(rmdir, "p"), CALL(mkdir, "p"), CALL(mknod, "p"), CALL(chmod, "p"), CALL(chown, "p"), CALL(lchown, "p"),
  CALL(utime, "p"), CALL(utimes, "p"), CALL(futimesat, "dp"),
#endif
  CALL(openat, "dpo"), CALL(openat2, "dp"), CALL(renameat, "dpdp"), CALL(renameat2, "dpdp"), CALL(linkat, "dpdp"),
  CALL(symlinkat, "-dp"), CALL(unlinkat, "dp"), CALL(mkdirat, "dp"), CALL(mknodat, "dp"), CALL(fchmodat, "dp"),
  {452, "fchmodat2", "dp"}, CALL(fchmod, "f"), CALL(fchownat, "dp"), CALL(fchown, "f"), CALL(utimensat, "dp"),
  CALL(truncate, "p"), CALL(ftruncate, "f"), CALL(fallocate, "f"), CALL(setxattr, "p"), CALL(lsetxattr, "p"),
  CALL(fsetxattr, "f"), CALL(removexattr, "p"), CALL(lremovexattr, "p"), CALL(fremovexattr, "f"), CALL(write, "w"),
  CALL(pwrite64, "w"), CALL(writev, "w"), CALL(pwritev, "w"), CALL(pwritev2, "w"), CALL(sendfile, "w"),
  CALL(copy_file_range, "--w"), CALL(splice, "--w"), CALL(fsync, "f"), CALL(fdatasync, "f"), CALL(syncfs, "f"),
  CALL(sync, ""),
};

// Stops for nothing but these calls, and not for opens that only read: node does hundreds of them.
static void install_filter(void) {
  static struct sock_filter code[8 + 5 * LENGTH(calls)];
  unsigned short n = 0;
#define EMIT(...) (code[n++] = (struct sock_filter)__VA_ARGS__)
#define LOAD(field) EMIT(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, field)))
#define SKIP_UNLESS(test, value, count) EMIT(BPF_JUMP(BPF_JMP | BPF_K | (test), (unsigned)(value), 0, count))
#define ANSWER(action) EMIT(BPF_STMT(BPF_RET | BPF_K, action))
  LOAD(arch);
  EMIT(BPF_JUMP(BPF_JMP | BPF_K | BPF_JEQ, ARCHITECTURE, 1, 0));
  ANSWER(SECCOMP_RET_KILL_PROCESS); // Another architecture's calls have other numbers.
  LOAD(nr);
  SKIP_UNLESS(BPF_JEQ, SYS_io_uring_setup, 1);
  ANSWER(SECCOMP_RET_ERRNO | ENOSYS); // It changes files without a system call that could be seen.
  for (const struct call *call = calls; call < calls + LENGTH(calls); call++) {
    const char *flags = strchr(call->arguments, 'o');
    SKIP_UNLESS(BPF_JEQ, call->number, flags ? 4 : 1);
    if (flags) {
      LOAD(args[flags - call->arguments]); // The lower half: both architectures are little-endian.
      SKIP_UNLESS(BPF_JSET, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 1);
    }
    ANSWER(SECCOMP_RET_TRACE);
    if (flags) ANSWER(SECCOMP_RET_ALLOW);
  }
  ANSWER(SECCOMP_RET_ALLOW);
  struct sock_fprog filter = {n, code};
  // Only root may filter without giving up set-user-ID programs.
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) &&
      (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter)))
    err(125, "seccomp");
}
