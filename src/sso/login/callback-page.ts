/** The pages that the browser shows when it comes back from the portal. Pure. */

export type CallbackPage = "signed-in" | "refused" | "failed" | "foreign" | "stray";

const texts: Readonly<
  Record<CallbackPage, { readonly title: string; readonly line: string; readonly sign: string }>
> = {
  "signed-in": {
    title: "You are signed in",
    line: "aws-login has what it needs. This page may be closed; the terminal goes on by itself.",
    sign: '<path d="M15 25.5l6.5 6.5L34 18.5"/>',
  },
  refused: {
    title: "The sign-in was refused",
    line: "aws-login was given no access. This page may be closed; to try again, run the command again.",
    sign: '<path d="M17 17l14 14M31 17L17 31"/>',
  },
  failed: {
    title: "The sign-in did not work",
    line: "The approval arrived, but aws-login got no token. The terminal says why; this page may be closed.",
    sign: '<path d="M24 14v13M24 33.5v.5"/>',
  },
  foreign: {
    title: "This browser belongs to another user",
    line: "Only programs of the user who runs aws-login get this page. To sign in with any browser, run the command again with --remote; this page may be closed.",
    sign: '<path d="M17 17l14 14M31 17L17 31"/>',
  },
  stray: {
    title: "There is no page here",
    line: "aws-login waits at this address for a sign-in that began elsewhere. This page may be closed.",
    sign: '<path d="M16 24h16"/>',
  },
};

const style = `
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--text:#1b2330;--soft:#5a6575;--line:#e2e6eb}
@media (prefers-color-scheme:dark){:root{--page:#12161c;--card:#1b212a;--text:#eef1f5;--soft:#a3aebd;--line:#2c3541}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--page);color:var(--text);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:28rem;padding:2.75rem 2.25rem 2.25rem;text-align:center;background:var(--card);border:1px solid var(--line);border-radius:1rem;box-shadow:0 1px 2px rgb(0 0 0/.04),0 12px 32px rgb(0 0 0/.07)}
svg{width:4rem;height:4rem;fill:none;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
circle{stroke:none;opacity:.14}
.signed-in{--sign:#1a8a4f}.refused,.foreign{--sign:#b3570a}.failed{--sign:#c5303a}.stray{--sign:#5a6575}
@media (prefers-color-scheme:dark){.signed-in{--sign:#4ccb88}.refused,.foreign{--sign:#f0a35a}.failed{--sign:#ff7d84}.stray{--sign:#a3aebd}}
path{stroke:var(--sign)}circle{fill:var(--sign)}
h1{margin:1.1rem 0 .5rem;font-size:1.5rem;line-height:1.25;letter-spacing:-.01em}
p{margin:0;color:var(--soft)}
footer{margin-top:1.75rem;padding-top:1.1rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
`;

/** Nothing may run, load, frame or be sent from the page; its one style is let through by its hash. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${new Bun.CryptoHasher("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** No page holds anything that came with the request. */
export function callbackPage(page: CallbackPage): {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const { title, line, sign } = texts[page];
  return {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy,
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · aws-login</title>
<style>${style}</style>
</head>
<body>
<main class="${page}">
<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="23"/>${sign}</svg>
<h1>${title}</h1>
<p>${line}</p>
<footer>aws-login on this computer</footer>
</main>
</body>
</html>
`,
  };
}
