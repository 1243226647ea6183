/** Reads the body of a response up to a limit, because its sender may never end it. */

/** No response of AWS to this program comes near this size. */
const responseBytes = 4 * 1024 * 1024;

/** The body as UTF-8 text, or undefined when it is larger than any response can be; the rest is not read then. */
export async function boundedText(response: Response): Promise<string | undefined> {
  if (isAnnouncedSmall(response.headers)) return await response.text();
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > responseBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** A coding makes the announced length that of something else: what is unpacked from it can be far larger. */
function isAnnouncedSmall(headers: Headers): boolean {
  const announced = headers.get("content-length");
  if (announced === null || headers.has("content-encoding") || headers.has("transfer-encoding")) return false;
  return Number(announced) <= responseBytes;
}
