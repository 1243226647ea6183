/** The shared config files of the homes that are measured. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

export function section(name: string, settings: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
  return `[${name}]\n${lines.join("")}\n`;
}

/** Writes `.aws/config`, and `.aws/credentials` where it has sections. */
export async function writeConfig(
  home: string,
  sections: readonly string[],
  credentials: readonly string[] = [],
): Promise<void> {
  await mkdir(join(home, ".aws"), { recursive: true });
  await Bun.write(join(home, ".aws/config"), sections.join(""));
  if (credentials.length > 0) await Bun.write(join(home, ".aws/credentials"), credentials.join(""));
}
