/** PEM (RFC 7468, and the encrypted form of RFC 1421 that OpenSSL writes): labelled blocks in text. Pure. */

export interface PemBlock {
  /** "CERTIFICATE", "RSA PRIVATE KEY". */
  readonly label: string;
  /** The block as it stands in the file, its boundary lines included. */
  readonly text: string;
  /** What the base64 lines encode; of an RFC 1421 block, encrypted. */
  readonly bytes: Uint8Array;
  /** Whether the block's own header says that its bytes are encrypted (`Proc-Type: 4,ENCRYPTED`). */
  readonly encrypted: boolean;
}

/** The blocks in order. Text between them, which OpenSSL writes for people, is skipped. */
export function pemBlocks(text: string): PemBlock[] {
  const pattern = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n(.*?)-----END \1-----/gs;
  return [...text.matchAll(pattern)].map(([block, label = "", body = ""]) => {
    const [, header = "", base64 = body] =
      body.match(/^((?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)+)\r?\n(.*)$/s) ?? [];
    return {
      label,
      text: `${block}\n`,
      bytes: new Uint8Array(Buffer.from(base64, "base64")),
      encrypted: /^Proc-Type:\s*4\s*,\s*ENCRYPTED/m.test(header),
    };
  });
}
