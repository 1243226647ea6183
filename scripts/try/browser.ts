/**
 * Plays the browser for `bun run try`: follows the address that is its argument, and the redirects from there, through
 * the stand-in's proxy, which the environment names. The page itself is discarded.
 */
const [address = ""] = process.argv.slice(2);
await fetch(address, { tls: { ca: Bun.file(process.env.AWS_CA_BUNDLE ?? "") } });

export {};
