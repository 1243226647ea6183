/** The two compressed streams of an Alpine package: the control file's, and that of the files. */
export interface ApkStreams {
  readonly control: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

export function apkStreams(bytes: Uint8Array): ApkStreams {
  // The second stream begins with the next magic number of gzip.
  const second = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(
    "\x1f\x8b\x08\x00",
    1,
    "latin1",
  );
  if (second < 0) throw new Error("the package has a single stream");
  return {
    control: Uint8Array.from(bytes.subarray(0, second)),
    data: Uint8Array.from(bytes.subarray(second)),
  };
}
