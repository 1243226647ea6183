/** What Python's reader finds in a zip archive. */

export interface ZipFile {
  readonly path: string;
  /** With the bits that say what it is. */
  readonly mode: number;
  /** Year, month, day, hour, minute, second. */
  readonly time: readonly number[];
  readonly sha256: string;
}

const program = `
import hashlib, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(json.dumps([{
    "path": file.filename,
    "mode": file.external_attr >> 16,
    "time": file.date_time,
    "sha256": hashlib.sha256(archive.read(file)).hexdigest(),
} for file in archive.infolist()]))
`;

/** Throws when a checksum in the archive is wrong: to read a file checks it. */
export function zipListing(path: string): ZipFile[] {
  const { success, stdout, stderr } = Bun.spawnSync(["python3", "-c", program, path]);
  if (!success) throw new Error(`${stderr}`);
  return JSON.parse(`${stdout}`);
}
