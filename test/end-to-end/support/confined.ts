/** Places where files cannot be written, for command lines of bash on Linux. None takes root, none outlives its line. */

export interface Confinement {
  /** The system's error for a write there, as a pattern. */
  readonly refusal: string;
  /** The line in that place, with its own status. What HOME looked like from inside is `../after` then. */
  readonly around: (line: string) => string;
  /** Namespaces of one's own are not allowed everywhere. */
  readonly isPossible: boolean;
}

/** Root in a namespace of one's own, where one may mount. */
const mounter = "unshare --user --map-root-user --mount";
/** A user whom the system has no entry for, and who has no rights but those that the modes of files give. */
export const unexpected = "unshare --user --map-user=12345";

const canMount = succeeds(`${mounter} mount -t tmpfs tmpfs /mnt`);
export const canBeStranger = succeeds(`${unexpected} true`);

const copied = (line: string) => `${line}; status=$?; cp -a $HOME ../after; exit $status`;
const quoted = (line: string) => `'${line.replaceAll("'", `'\\''`)}'`;
const mounted = (mounting: string, line: string) =>
  `${mounter} bash -c ${quoted(`{ ${mounting}; } || exit 99; ${line}`)}`;

const fullDisk =
  "cp -a $HOME ../was && mount -t tmpfs -o size=256k tmpfs $HOME && cp -a ../was/. $HOME && ! cat /dev/zero > $HOME/ballast 2> /dev/null";
const readOnly = "mount --bind $HOME $HOME && mount -o remount,ro,bind $HOME";

export const confinements: Readonly<Record<string, Confinement>> = {
  "on a full disk": {
    refusal: "ENOSPC: no space left on device",
    around: (line) => mounted(fullDisk, copied(line)),
    isPossible: canMount,
  },
  "under a limit of no bytes for a file": {
    refusal: "EFBIG: file too large",
    around: (line) => copied(`(ulimit -f 0; ${line})`),
    isPossible: true,
  },
  "in a read-only home": {
    refusal: "EROFS: read-only file system",
    around: (line) => mounted(readOnly, copied(line)),
    isPossible: canMount,
  },
  "in a home without the right to write": {
    refusal: "EACCES: permission denied",
    around: (line) =>
      copied(
        `chmod -R a-w $HOME; (${unexpected} bash -c ${quoted(line)}); status=$?; chmod -R u+w $HOME; (exit $status)`,
      ),
    isPossible: canBeStranger,
  },
};

/** There is no /tmp, or nothing may be put into it. The scene's root is at /mnt. */
export const withoutTmp: Confinement = {
  refusal: "EROFS: read-only file system",
  around: (line) =>
    mounted(
      "mount --rbind .. /mnt && mount -t tmpfs -o ro tmpfs /tmp && cd /mnt/work && HOME=/mnt/home",
      copied(line),
    ),
  isPossible: canMount,
};

function succeeds(line: string): boolean {
  if (process.platform !== "linux") return false;
  return Bun.spawnSync(["sh", "-c", line], { stdout: "ignore", stderr: "ignore" }).exitCode === 0;
}
