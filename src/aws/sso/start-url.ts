/** The start URL of an Identity Center portal. Pure. */

/** The newer forms of start URL name the portal's region in their host. */
const hostsWithRegion = [
  /^[a-z0-9-]+\.portal\.([a-z0-9-]+)\.app\.aws$/,
  /^[a-z0-9-]+\.portal\.([a-z0-9-]+)\.app\.amazonwebservices\.com\.cn$/,
  /^[a-z0-9-]+\.portal\.([a-z0-9-]+)\.api\.amazonwebservices\.eu$/,
  /^[a-z0-9-]+\.([a-z0-9-]+)\.portal\.amazonaws\.(?:com|com\.cn|eu)$/,
];

/** The hosts of AWS access portals, as the AWS CLI lists them: these domains and what is below them. */
const awsDomains =
  /(?:^|\.)(?:app\.aws|portal\.amazonaws\.(?:com|com\.cn|eu)|app\.amazonwebservices\.com\.cn|api\.amazonwebservices\.eu|awsapps\.(?:com|cn))$/;
const awsHosts = /^identitycenter\.(?:amazonaws\.(?:com|com\.cn|eu)|us-gov\.amazonaws\.com)$/;

/** The region in the host name, or undefined where the host names none. */
export function regionOfStartUrl(startUrl: string): string | undefined {
  const host = URL.parse(startUrl)?.hostname ?? "";
  for (const form of hostsWithRegion) {
    const region = form.exec(host)?.[1];
    if (region !== undefined) return region;
  }
  return undefined;
}

/** Whether the host is one of an AWS access portal, or this machine. Any other host redirects to such a portal. */
export function isAwsStartUrl(startUrl: string): boolean {
  const host = (URL.parse(startUrl)?.hostname ?? "").replace(/\.$/, "");
  return isThisMachine(host) || awsDomains.test(host) || awsHosts.test(host);
}

/**
 * Why a text cannot be used as a start URL, or undefined when it can: only https, but for this machine, and only the
 * characters of a URL, because messages show it and AWS gets it as written.
 */
export function whyNoStartUrl(text: string): string | undefined {
  // URL parsers read a backslash as a slash; AWS does not.
  if (text.includes("\\")) return "it has a backslash: the slashes of a URL are /";
  const url = /^[!-~]+$/.test(text) ? URL.parse(text) : null;
  if (url === null) return "it is not a URL";
  if (url.protocol !== "https:" && !(isThisMachine(url.hostname) && url.protocol === "http:")) {
    return "it does not begin with https://";
  }
  return url.username === "" && url.password === "" ? undefined : "it holds a user name or password";
}

function isThisMachine(host: string): boolean {
  return host === "127.0.0.1" || host === "localhost";
}
