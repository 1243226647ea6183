/** A container image with the executable and the C library that it needs, and no shell. */
import type { Archive } from "./archive.ts";
import { textEntry } from "./entry.ts";

/**
 * To be built in the folder of the release. Docker's names of processors are Debian's, so the package's name follows from
 * `TARGETARCH`. The executable brings its own certificate authorities.
 */
export function dockerfile(version: string): Archive {
  const lines = [
    "FROM debian:12-slim AS unpacked",
    "ARG TARGETARCH",
    `COPY aws-login_${version.replace("-", "~")}_$TARGETARCH.deb /package.deb`,
    "RUN dpkg-deb --extract /package.deb /unpacked",
    "",
    "FROM gcr.io/distroless/base-nossl-debian12:nonroot",
    "COPY --from=unpacked /unpacked/usr/bin/aws-login /usr/bin/aws-login",
    'ENTRYPOINT ["/usr/bin/aws-login"]',
  ];
  const { path: name, bytes } = textEntry("Dockerfile", `${lines.join("\n")}\n`);
  return { name, bytes };
}
