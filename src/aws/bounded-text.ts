/** Reading an answer without trusting its sender to end it. */

/** No answer the program asks for comes near this size. */
const answerBytes = 4 * 1024 * 1024;

/** The body as UTF-8 text, or undefined when it is larger than any answer can be; the rest is not read then. */
export async function boundedText(response: Response): Promise<string | undefined> {
  const announced = response.headers.get("content-length");
  if (announced !== null && Number(announced) <= answerBytes) return await response.text();
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > answerBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
