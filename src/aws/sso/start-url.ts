/** The address of an Identity Center portal, where a person begins. */

/** The newer forms of start URL have the region of the portal in their host name. */
const hostsWithRegion = [
  /^[a-z0-9-]+\.portal\.([a-z0-9-]+)\.app\.aws$/,
  /^[a-z0-9-]+\.portal\.([a-z0-9-]+)\.app\.amazonwebservices\.com\.cn$/,
  /^[a-z0-9-]+\.portal\.([a-z0-9-]+)\.api\.amazonwebservices\.eu$/,
  /^[a-z0-9-]+\.([a-z0-9-]+)\.portal\.amazonaws\.(?:com|com\.cn|eu)$/,
];

/** The region that the host name tells, or undefined where it tells none. */
export function regionOfStartUrl(startUrl: string): string | undefined {
  const host = URL.parse(startUrl)?.hostname ?? "";
  for (const form of hostsWithRegion) {
    const region = form.exec(host)?.[1];
    if (region !== undefined) return region;
  }
  return undefined;
}

/**
 * Why a text is no start URL, or undefined when it is one. Only the characters of a URL and only https, but for this
 * machine: the text is shown to people and sent to AWS as it is.
 */
export function whyNoStartUrl(text: string): string | undefined {
  const url = /^[!-~]+$/.test(text) ? URL.parse(text) : null;
  if (url === null) return "it is no URL";
  const isLocal = url.hostname === "127.0.0.1" || url.hostname === "localhost";
  if (url.protocol !== "https:" && !(isLocal && url.protocol === "http:")) {
    return "it does not begin with https://";
  }
  return url.username === "" && url.password === "" ? undefined : "it holds a user name or password";
}
