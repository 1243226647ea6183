/** The calls of the system that a run of the program makes, and the errors that each may answer with. */

/** The n-th call of this name (from 1) that concerns a file of the run, a socket, stdout or another process. */
export interface Point {
  readonly call: string;
  readonly ordinal: number;
}

const opening = "EACCES EIO EMFILE ENFILE ENOMEM EROFS ENOSPC EINTR ELOOP EDQUOT EPERM";
const looking = "EACCES EIO ENOMEM ELOOP";
const reading = "EIO EINTR ENOMEM";
const writing = "EIO ENOSPC EDQUOT EFBIG EINTR EPERM";
const syncing = "EIO ENOSPC EDQUOT EINVAL EROFS";
const moving = "EACCES EIO ENOSPC EBUSY EXDEV EROFS EPERM EDQUOT";
const restricting = "EPERM EROFS EIO EACCES";
const removing = "EPERM EBUSY EIO EROFS EACCES";
const talking = "ECONNRESET EPIPE ENOMEM ETIMEDOUT ENOBUFS";

/** As the call's page of the manual has them. */
const ERRORS: Readonly<Record<string, string>> = {
  open: opening,
  openat: opening,
  stat: looking,
  lstat: looking,
  fstat: looking,
  newfstatat: looking,
  statx: looking,
  readlink: looking,
  access: looking,
  read: reading,
  pread64: reading,
  readv: reading,
  getdents64: "EIO ENOENT ENOMEM",
  mmap: "ENOMEM EACCES ENODEV EAGAIN",
  write: writing,
  writev: writing,
  pwrite64: writing,
  copy_file_range: "EIO ENOSPC EXDEV EOPNOTSUPP",
  ftruncate: "EIO EPERM EROFS",
  truncate: "EIO EPERM EROFS",
  fsync: syncing,
  fdatasync: syncing,
  close: "EIO EINTR ENOSPC EDQUOT",
  mkdir: "EACCES EIO ENOSPC EROFS ENOENT EMLINK EDQUOT EPERM",
  chmod: restricting,
  fchmod: restricting,
  fchown: restricting,
  unlink: removing,
  unlinkat: removing,
  link: "EACCES EIO ENOSPC EXDEV EROFS EPERM EDQUOT EMLINK",
  rename: moving,
  renameat2: moving,
  fcntl: "ENOLCK EIO EAGAIN EACCES EINTR",
  flock: "ENOLCK EIO EINTR EOPNOTSUPP",
  execve: "EACCES ENOENT ENOEXEC ENOMEM E2BIG EIO ELOOP EMFILE EPERM ETXTBSY EAGAIN",
  vfork: "EAGAIN ENOMEM",
  socketpair: "EMFILE ENFILE ENOMEM",
  pipe2: "EMFILE ENFILE",
  pidfd_open: "EMFILE ENFILE ENODEV ENOMEM ENOSYS",
  kill: "EPERM ESRCH",
  pidfd_send_signal: "EPERM ESRCH ENOSYS",
  socket: "EMFILE ENFILE ENOMEM EACCES EAFNOSUPPORT",
  connect: "ECONNREFUSED ENETUNREACH EHOSTUNREACH ETIMEDOUT EACCES EADDRNOTAVAIL",
  setsockopt: "ENOMEM EINVAL",
  sendto: talking,
  recvfrom: talking,
  bind: "EADDRINUSE EACCES ENOMEM",
  listen: "EADDRINUSE EOPNOTSUPP",
  accept4: "EMFILE ENOMEM ECONNABORTED",
};

export function errorsOf(call: string): readonly string[] {
  const errors = ERRORS[call];
  if (errors === undefined) throw new Error(`the errors of ${call} are not listed`);
  return errors.split(" ");
}

/** The points in a log of `failing-call.c`. */
export function pointsIn(log: string): readonly Point[] {
  const counts = new Map<string, number>();
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [call = ""] = line.split(" ", 1);
      const ordinal = (counts.get(call) ?? 0) + 1;
      counts.set(call, ordinal);
      return { call, ordinal };
    });
}
