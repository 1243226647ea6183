import { describe, expect, test } from "bun:test";
import { parse } from "../../src/cli/parse.ts";
import { dumpcredsWords } from "../../src/cli/signing-helper.ts";
import { failureOf, shownText } from "../support/failure.ts";
import { words } from "./words.ts";

const anchor = "arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/a";
const files = "--certificate c.pem --private-key k.pem --intermediates i.pem";
const arns = `--trust-anchor-arn ${anchor} --profile-arn P --role-arn R`;
const translated = (line: string) => dumpcredsWords(["credential-process", ...words(line)]);

describe("dumpcredsWords()", () => {
  test("dumpcredsWords() leaves the options that both programs have as they are", () => {
    const line = `${files} ${arns} --session-duration 900 --role-session-name me --endpoint https://a.example`;
    expect(parse(translated(line))).toEqual(parse(words(`dumpcreds --credential-helper ${line}`)));
    expect(parse(translated(line))).toMatchObject({ options: { useCache: false, signIn: "never" } });
  });

  test("dumpcredsWords() takes --use-cache, and every other option of dumpcreds", () => {
    expect(translated("--use-cache --profile p")).toEqual([
      ...["dumpcreds", "--credential-helper", "--use-cache", "--profile", "p"],
    ]);
  });

  test("dumpcredsWords() is help wherever --help or -h is", () => {
    for (const line of ["--help", "-h", "--certificate c.pem --help", "--pkcs8-password made-up -h"])
      expect(parse(translated(line))).toEqual({ command: "help", topic: "credential-process" });
  });

  const replaced: Readonly<Record<string, readonly string[]>> = {
    "--debug": ["--verbose"],
    "--debug=true": ["--verbose"],
    "--debug=false": [],
    "--with-proxy": [],
    "--with-proxy=true": [],
    "--region eu-west-1": ["--region", "eu-west-1"],
  };
  test.each(Object.entries(replaced))("dumpcredsWords() reads %s as the helper does", (line, expected) => {
    expect(translated(`${arns} ${line}`).slice(2 + 6)).toEqual([...expected]);
  });

  const refused: Readonly<Record<string, readonly [message: string, hint: string]>> = {
    "--pkcs8-password made-up": [
      "cannot use --pkcs8-password: an argument shows",
      "--private-key-password-file",
    ],
    "--pkcs8-password=made-up": [
      "cannot use --pkcs8-password: an argument shows",
      "--private-key-password-file",
    ],
    "--no-verify-ssl": ["cannot use --no-verify-ssl: TLS is always verified", "AWS_CA_BUNDLE"],
    "--cert-selector Key=x509Subject,Value=CN=made-up": ["cannot use --cert-selector", "--certificate FILE"],
    "--system-store-name MY": ["cannot use --system-store-name", "--certificate FILE"],
    "--use-latest-expiring-certificate": ["cannot use --use-latest", "--certificate FILE"],
    "--pkcs11-lib /usr/lib/made-up.so": ["cannot use --pkcs11-lib", "aws_signing_helper"],
    "--reuse-pin": ["cannot use --reuse-pin", "aws_signing_helper"],
    "--tpm-key-password made-up": ["cannot use --tpm-key-password", "aws_signing_helper"],
    "--no-tpm-key-password": ["cannot use --no-tpm-key-password", "aws_signing_helper"],
    "--debug=made-up": ["--debug takes no value", "write --debug alone"],
    "--region us-east-1": ["cannot use --region: the trust anchor is in eu-west-1", "leave --region out"],
    "--region=us-east-1": ["cannot use --region: the trust anchor is in eu-west-1", "leave --region out"],
  };
  test.each(Object.entries(refused))(
    "dumpcredsWords() refuses %s with the way out, and repeats no value",
    async (line, [message, hint]) => {
      const failure = await failureOf(() => translated(`${arns} ${line}`));
      expect(failure).toMatchObject({ kind: "usage", message: expect.stringContaining(message) });
      expect(failure.hints[0]).toContain(hint);
      expect(shownText(failure)).not.toContain("made-up");
    },
  );
});
