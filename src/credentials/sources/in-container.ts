/** Whether this process runs in a container. */
import type { System } from "../../system/types.ts";

/** Variables that Kubernetes, Podman and ECS set in every container. */
const variables = ["KUBERNETES_SERVICE_HOST", "container", "ECS_CONTAINER_METADATA_URI_V4"];
/** Files that Docker and Podman put into every container. */
const files = ["/.dockerenv", "/run/.containerenv"];

/** True where an orchestrator or a runtime says so; a container whose runtime leaves no sign is not recognized. */
export async function isInContainer({ env, readText }: Pick<System, "env" | "readText">): Promise<boolean> {
  if (variables.some((name) => env[name])) return true;
  for (const path of files) {
    // A file that cannot be read exists all the same.
    const exists = await readText(path).then(
      (text) => text !== undefined,
      () => true,
    );
    if (exists) return true;
  }
  return false;
}
