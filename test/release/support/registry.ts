/** An npm registry on loopback with the packages of a release, of which it serves what there is. */
import { createHash } from "node:crypto";

export interface Registry {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** For the archives at these paths; what they are, their own manifests say. */
export async function startRegistry(archives: readonly string[]): Promise<Registry> {
  const asked: string[] = [];
  const documents = new Map<string, object>();
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const path = decodeURIComponent(new URL(request.url).pathname);
      asked.push(path);
      const document = documents.get(path);
      if (document !== undefined) return Response.json(document);
      const file = files.get(path);
      return file === undefined ? Response.json({ error: "not found" }, { status: 404 }) : new Response(file);
    },
  });
  const url = `http://127.0.0.1:${server.port}`;
  for (const archive of archives) {
    const bytes = await Bun.file(archive).bytes();
    const packed = await new Bun.Archive(bytes).files("package/package.json");
    const manifest = JSON.parse((await packed.get("package/package.json")?.text()) ?? "");
    const path = `/${manifest.name}/-/${manifest.version}.tgz`;
    files.set(path, bytes);
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    documents.set(`/${manifest.name}`, {
      name: manifest.name,
      "dist-tags": { latest: manifest.version },
      versions: { [manifest.version]: { ...manifest, dist: { tarball: `${url}${path}`, integrity } } },
    });
  }
  return { url, asked, stop: () => server.stop(true) };
}
