import { join } from "node:path";

/** Lines as `sha256sum --check` reads them, for files given relative to the folder. */
export async function checksums(folder: string, files: readonly string[]): Promise<string> {
  let lines = "";
  for (const file of files) {
    const hash = new Bun.CryptoHasher("sha256");
    for await (const chunk of Bun.file(join(folder, file)).stream()) hash.update(chunk);
    lines += `${hash.digest("hex")}  ${file}\n`;
  }
  return lines;
}
