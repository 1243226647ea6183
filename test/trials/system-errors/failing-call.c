/*
 * failing-call ROOT LOG CALL ORDINAL ERRNO PROGRAM ARGS...
 *
 * Runs a program and lets one of its system calls fail: the one of this name that is the ORDINAL-th (from 1) to concern a
 * file below ROOT, a socket, or stdout, or that starts, ends or awaits a process, whatever the thread. ORDINAL 0 lets none
 * fail. LOG gets a line for each such call. Calls of programs that it starts or that take its place are left alone, but for
 * the one by which they begin; and so is stderr, on which errors are told. Ends as the program does, and takes what it
 * started with it. Linux on x86-64.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Where a call names what it concerns: a path in its first or second argument, a descriptor in the first, or nothing; or
 * the program that begins, a path in the first.
 */
enum place { PATH_FIRST, PATH_SECOND, DESCRIPTOR, ALWAYS, PROGRAM };

static const struct {
  const char *name;
  long number;
  enum place place;
} calls[] = {
    {"open", SYS_open, PATH_FIRST},          {"openat", SYS_openat, PATH_SECOND},
    {"stat", SYS_stat, PATH_FIRST},          {"lstat", SYS_lstat, PATH_FIRST},
    {"fstat", SYS_fstat, DESCRIPTOR},        {"newfstatat", SYS_newfstatat, PATH_SECOND},
    {"statx", SYS_statx, PATH_SECOND},       {"readlink", SYS_readlink, PATH_FIRST},
    {"access", SYS_access, PATH_FIRST},      {"read", SYS_read, DESCRIPTOR},
    {"pread64", SYS_pread64, DESCRIPTOR},    {"readv", SYS_readv, DESCRIPTOR},
    {"write", SYS_write, DESCRIPTOR},        {"writev", SYS_writev, DESCRIPTOR},
    {"pwrite64", SYS_pwrite64, DESCRIPTOR},  {"getdents64", SYS_getdents64, DESCRIPTOR},
    {"ftruncate", SYS_ftruncate, DESCRIPTOR},{"fsync", SYS_fsync, DESCRIPTOR},
    {"fdatasync", SYS_fdatasync, DESCRIPTOR},{"close", SYS_close, DESCRIPTOR},
    {"fcntl", SYS_fcntl, DESCRIPTOR},        {"flock", SYS_flock, DESCRIPTOR},
    {"fchmod", SYS_fchmod, DESCRIPTOR},      {"fchown", SYS_fchown, DESCRIPTOR},
    {"mkdir", SYS_mkdir, PATH_FIRST},        {"chmod", SYS_chmod, PATH_FIRST},
    {"unlink", SYS_unlink, PATH_FIRST},      {"unlinkat", SYS_unlinkat, PATH_SECOND},
    {"rename", SYS_rename, PATH_FIRST},      {"renameat2", SYS_renameat2, PATH_SECOND},
    {"link", SYS_link, PATH_FIRST},
    {"truncate", SYS_truncate, PATH_FIRST},  {"copy_file_range", SYS_copy_file_range, DESCRIPTOR},
    {"socket", SYS_socket, ALWAYS},          {"connect", SYS_connect, DESCRIPTOR},
    {"setsockopt", SYS_setsockopt, DESCRIPTOR}, {"sendto", SYS_sendto, DESCRIPTOR},
    {"recvfrom", SYS_recvfrom, DESCRIPTOR},  {"bind", SYS_bind, DESCRIPTOR},
    {"listen", SYS_listen, DESCRIPTOR},      {"accept4", SYS_accept4, DESCRIPTOR},
    {"mmap", SYS_mmap, DESCRIPTOR},          {"execve", SYS_execve, PROGRAM},
    {"vfork", SYS_vfork, ALWAYS},            {"socketpair", SYS_socketpair, ALWAYS},
    {"pipe2", SYS_pipe2, ALWAYS},            {"pidfd_open", SYS_pidfd_open, ALWAYS},
    {"kill", SYS_kill, ALWAYS},              {"pidfd_send_signal", SYS_pidfd_send_signal, ALWAYS},
};
enum { COUNT = sizeof calls / sizeof *calls };

static void give_up(const char *what) {
  perror(what);
  exit(125);
}

/* Lets the tracer look at the calls of the list, and all others pass. */
static void filter_calls(void) {
  struct sock_filter code[2 * COUNT + 2];
  unsigned short at = 0;
  code[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int i = 0; i < COUNT; i++) {
    code[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i].number, 0, 1);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | i);
  }
  code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_fprog program = {at, code};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) give_up("seccomp");
}

static int is_below(const char *path, const char *root) {
  size_t length = strlen(root);
  return strncmp(path, root, length) == 0 && path[length] == '/';
}

/* Writes what the descriptor leads to, and answers whether it is the program's own business. */
static int own_descriptor(pid_t tid, long number, const char *root, char *name, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/%d/fd/%ld", tid, number);
  ssize_t length = readlink(link, name, size - 1);
  name[length < 0 ? 0 : length] = 0;
  return number == 1 || (number != 2 && strncmp(name, "socket:", 7) == 0) || is_below(name, root);
}

/* Whether a thread is of this process. */
static int is_thread_of(pid_t process, pid_t tid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task/%d", process, tid);
  return access(path, F_OK) == 0;
}

/* Whether a process has begun no program of its own yet. */
static int is_copy_of(pid_t process, pid_t tid) {
  char path[2][64], program[2][512] = {"", ""};
  pid_t of[2] = {process, tid};
  for (int i = 0; i < 2; i++) {
    snprintf(path[i], sizeof path[i], "/proc/%d/exe", of[i]);
    if (readlink(path[i], program[i], sizeof program[i] - 1) < 0) return 0;
  }
  return strcmp(program[0], program[1]) == 0;
}

static int own_path(pid_t tid, unsigned long address, const char *root, char *name, size_t size) {
  struct iovec here = {name, size - 1}, there = {(void *)address, size - 1};
  /* A page that follows may not be there. */
  there.iov_len = here.iov_len = size - 1 < 4096 - (address & 4095) ? size - 1 : 4096 - (address & 4095);
  ssize_t length = process_vm_readv(tid, &here, 1, &there, 1, 0);
  name[length < 0 ? 0 : length] = 0;
  return is_below(name, root);
}

int main(int argc, char **argv) {
  if (argc < 7) return 125;
  const char *root = argv[1], *wanted = argv[3];
  long ordinal = atol(argv[4]), number = atol(argv[5]), seen = 0;
  pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    filter_calls();
    execv(argv[6], argv + 6);
    give_up("execv");
  }
  FILE *log = fopen(argv[2], "we");
  int status, programs = 0;
  if (child < 0 || log == NULL || waitpid(child, &status, 0) < 0) give_up("start");
  ptrace(PTRACE_SETOPTIONS, child, 0,
         PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
             PTRACE_O_TRACEEXEC);
  ptrace(PTRACE_CONT, child, 0, 0);
  for (pid_t tid; (tid = waitpid(-1, &status, __WALL)) > 0;) {
    if (!WIFSTOPPED(status)) {
      if (tid != child) continue;
      fclose(log);
      if (!WIFSIGNALED(status)) exit(WEXITSTATUS(status));
      signal(WTERMSIG(status), SIG_DFL);
      raise(WTERMSIG(status));
      exit(128 + WTERMSIG(status));
    }
    int event = status >> 16, signal = WSTOPSIG(status);
    if (event == PTRACE_EVENT_EXEC && tid == child) programs++;
    if (event == PTRACE_EVENT_SECCOMP && programs == 1) {
      unsigned long index;
      struct user_regs_struct regs;
      char name[512] = "";
      ptrace(PTRACE_GETEVENTMSG, tid, 0, &index);
      if (ptrace(PTRACE_GETREGS, tid, 0, &regs) == 0 && index < COUNT &&
          (is_thread_of(child, tid) || (calls[index].place == PROGRAM && is_copy_of(child, tid)))) {
        int is_own = 1;
        switch (calls[index].place) {
          case PATH_FIRST: is_own = own_path(tid, regs.rdi, root, name, sizeof name); break;
          case PATH_SECOND: is_own = own_path(tid, regs.rsi, root, name, sizeof name); break;
          case DESCRIPTOR:
            is_own = own_descriptor(tid, calls[index].number == SYS_mmap ? (int)regs.r8 : (int)regs.rdi, root, name,
                                    sizeof name);
            break;
          case ALWAYS: break;
          case PROGRAM: own_path(tid, regs.rdi, root, name, sizeof name); break;
        }
        if (is_own) {
          int fails = strcmp(calls[index].name, wanted) == 0 && ++seen == ordinal;
          fprintf(log, "%s %s%s\n", calls[index].name, name, fails ? " fails" : "");
          fflush(log);
          if (fails) {
            regs.orig_rax = -1;
            regs.rax = -number;
            ptrace(PTRACE_SETREGS, tid, 0, &regs);
          }
        }
      }
    }
    /* Stops that the tracing itself makes are not handed on. A new thread begins with SIGSTOP. */
    int own = event != 0 || signal == SIGTRAP || signal == SIGSTOP;
    ptrace(PTRACE_CONT, tid, 0, own ? 0 : signal);
  }
  return 125;
}
