/** What the executable holds that others wrote. */
export function notice(): string {
  return `aws-login

The executable contains the Bun runtime ${Bun.version}, unchanged. Bun is under the MIT licence; it contains JavaScriptCore,
which is under the LGPL 2, and other libraries. Their licences, and where the source of that version is:

    https://github.com/oven-sh/bun/blob/bun-v${Bun.version}/LICENSE.md

The rest is under the licence in the file LICENSE.
`;
}
