/** The variables by which programs find what `serve` serves. */
import type { Options } from "../../cli/option-record.ts";
import type { Identity } from "../../credentials/resolve.ts";
import { wantedRegion } from "../../credentials/wanted-region.ts";
import { type EndpointAddress, endpointVariables } from "../../endpoint/endpoint-variables.ts";
import { formatVariables } from "../../format/variables.ts";
import { defaultOutform } from "../../lib/default-outform.ts";
import type { System } from "../../system/types.ts";

/** Writes the variables of the address to stdout, in the form of `--outform`, with a comment at their end. */
export async function printVariables(
  address: EndpointAddress,
  {
    options: { outform },
    identity: { region },
    comment,
  }: {
    readonly options: Pick<Options, "outform">;
    readonly identity: Pick<Identity, "region">;
    readonly comment?: string;
  },
  { env, platform, stdout }: Pick<System, "env" | "platform" | "stdout">,
): Promise<void> {
  const variables = endpointVariables(address, wantedRegion(env, region));
  await stdout(formatVariables(variables, outform ?? defaultOutform(platform), comment));
}
