/** The AWS CLI's own cache of acquired credentials, `~/.aws/cli/cache`. This program only clears it. */
import { readFields, textField } from "../lib/json-object.ts";
import { listPrivate, readPrivate, removePrivate } from "../lib/private-file.ts";
import type { System } from "../system/types.ts";

/**
 * Deletes the credentials that the AWS CLI got from Identity Center, as its `aws sso logout` does. Nothing in them tells
 * from which sign-in they are, so those of all go; the AWS CLI asks for them anew. Throws a Failure that names the file.
 */
export async function forgetCliCredentials(
  system: Pick<System, "listFolder" | "readText" | "removeFile">,
  home: string,
): Promise<void> {
  const folder = `${home}/.aws/cli/cache`;
  for (const name of await listPrivate(system, folder)) {
    if (!name.endsWith(".json")) continue;
    const text = await readPrivate(system, `${folder}/${name}`);
    const fields = text === undefined ? undefined : readFields(text);
    if (fields && textField(fields, "ProviderType") === "sso") {
      await removePrivate(system, `${folder}/${name}`);
    }
  }
}
