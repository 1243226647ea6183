import { fieldValue, parseForm, repeatedName } from "../form.ts";
import { identifyHost } from "../hosts.ts";
import { pageReply } from "../http/reply.ts";
import type { Call, Service, ServiceResponse } from "../service.ts";

/** The one host whose logout leads to another page. */
const LEADING_HOST = "us-east-1.signin.aws.amazon.com";

/** Ends the console session of a browser, and leads it to a page of AWS's sign-in where `redirect_uri` names one. */
export const logout: Service = (call) => {
  if (call.method !== "GET") return refusal(405, "Method not supported");
  const fields = parseForm(call.query);
  const unknown = fields.find(([name]) => !["Action", "redirect_uri"].includes(name));
  if (unknown !== undefined || repeatedName(fields) !== undefined) return refusal(400, "Invalid parameter");
  if (fieldValue(fields, "Action") !== "logout") return refusal(400, "Invalid Action parameter");
  const target = fieldValue(fields, "redirect_uri");
  if (target === undefined || !leadsOn(call)) return { reply: pageReply(200, "Signed out") };
  const url = URL.parse(target);
  const isSignIn = url?.protocol === "https:" && identifyHost(url.hostname)?.service === "signin";
  if (!isSignIn) return refusal(400, "Invalid redirect_uri parameter");
  const page = pageReply(302, "Signed out");
  return { reply: { ...page, headers: [...page.headers, ["Location", target]] } };
};

/** A custom endpoint stands for that host. */
function leadsOn({ host }: Call): boolean {
  return host === undefined || host.host === LEADING_HOST;
}

function refusal(status: number, text: string): ServiceResponse {
  return { reply: pageReply(status, text) };
}
