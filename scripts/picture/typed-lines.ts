/** The commands of the first transcript of a Markdown text: the lines that begin with `$ `, without that. */
export function typedLines(markdown: string): string[] {
  const [, transcript = ""] = markdown.match(/^```console\n(.*?)^```$/ms) ?? [];
  return [...transcript.matchAll(/^\$ (.*)$/gm)].map(([, command = ""]) => command);
}
