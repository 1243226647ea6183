/** The archive and the Linux packages: the release's, else ones that start the executable under test. */
import { basename } from "node:path";
import { apk } from "../../../scripts/release/apk.ts";
import { type Archive, archive } from "../../../scripts/release/archive.ts";
import { deb, type Processor } from "../../../scripts/release/deb.ts";
import { documents } from "../../../scripts/release/documents.ts";
import type { PackageKind } from "../../../scripts/release/package-files.ts";
import { rpm } from "../../../scripts/release/rpm.ts";
import { version } from "../../../src/lib/version.ts";
import { executable } from "../../end-to-end/support/executable.ts";
import { archiveOf, releasedFile, thisMachine } from "./build.ts";

const makers = { deb, rpm, apk } as const;

/** What a package would be made of here, and its content. */
export interface Made {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether the executable is the one that a release has. For musl there is no other than the release's. */
  readonly isReleased: boolean;
}

/** The archive for this machine. */
export async function archiveForThisMachine(): Promise<Archive> {
  const target = thisMachine ?? { name: "linux-x64", executable: "aws-login", archive: "tar.gz" };
  const path = archiveOf(target);
  if (path !== undefined) return { name: basename(path), bytes: await Bun.file(path).bytes() };
  return archive(target, source, await Bun.file(executable).bytes(), await documents(source));
}

const thisProcessor: Processor = thisMachine?.npm?.cpu === "arm64" ? "arm64" : "x64";
const source = { version, description: "What it does.", time: 1_767_323_045 };

/** The package for a processor, this machine's unless another is named. */
export async function packageFor(kind: PackageKind, processor = thisProcessor): Promise<Made> {
  const { name } = makers[kind](processor, source, new Uint8Array(), await documents(source));
  const path = releasedFile(name);
  if (path !== undefined) return { name, bytes: await Bun.file(path).bytes(), isReleased: true };
  return madePackage(kind, processor);
}

/** One that is made here, whatever a release has. */
export async function madePackage(kind: PackageKind, processor = thisProcessor): Promise<Made> {
  // A program that starts the one under test packs in an instant.
  const program = new TextEncoder().encode(`#!/bin/sh\nexec '${executable}' "$@"\n`);
  return { ...makers[kind](processor, source, program, await documents(source)), isReleased: false };
}
