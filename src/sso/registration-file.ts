/** The client registration file, in the format of the AWS CLI. */
import { readFields, textField, textListField } from "../lib/json-object.ts";
import { optional } from "../lib/optional.ts";
import { pythonJson } from "../lib/python-json.ts";

export interface StoredRegistration {
  readonly clientId: string;
  /** A secret. */
  readonly clientSecret: string;
  /** As written. */
  readonly expiresAt: string;
  /** Absent for a client that was registered without any. */
  readonly scopes?: readonly string[];
  /** Absent for a client of the device flow; the other flow's has `authorization_code` among them. */
  readonly grantTypes?: readonly string[];
}

/** Undefined for a text without an id, a secret or an end. */
export function parseRegistration(text: string): StoredRegistration | undefined {
  const fields = readFields(text);
  if (fields === undefined) return undefined;
  const clientId = textField(fields, "clientId");
  const clientSecret = textField(fields, "clientSecret");
  const expiresAt = textField(fields, "expiresAt");
  if (clientId === undefined || clientSecret === undefined || expiresAt === undefined) return undefined;
  const scopes = textListField(fields, "scopes");
  const grantTypes = textListField(fields, "grantTypes");
  return {
    clientId,
    clientSecret,
    expiresAt,
    ...optional("scopes", scopes),
    ...optional("grantTypes", grantTypes),
  };
}

export function formatRegistration(registration: StoredRegistration): string {
  const { clientId, clientSecret, expiresAt, scopes, grantTypes } = registration;
  return pythonJson({
    clientId,
    clientSecret,
    expiresAt,
    ...optional("scopes", scopes),
    ...optional("grantTypes", grantTypes),
  });
}
