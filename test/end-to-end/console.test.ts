import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, keyVariables } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

/** Opens the URL as a browser would and answers the page. */
async function visit({ standIn }: Scene, url: string): Promise<string> {
  const response = await fetch(url, { proxy: standIn.proxyUrl, tls: { ca: standIn.caPem } });
  return `${response.status} ${await response.text()}`;
}

/** The partitions that have a console, each with an identity that may open it, and where it opens. */
const consoles = {
  aws: {
    env: ANA,
    args: ["--assume-roles", SAMPLE_ROLES.jump],
    arn: "arn:aws:sts::111111111111:assumed-role/Jump/aws-login",
    signIn: "https://signin.aws.amazon.com/federation?Action=login&",
    home: "https://console.aws.amazon.com/console/home",
  },
  "aws-cn": {
    env: keyVariables(SAMPLE_KEYS.mei),
    args: ["--assume-roles", SAMPLE_ROLES.china],
    arn: "arn:aws-cn:sts::444444444444:assumed-role/Jump/aws-login",
    signIn: "https://signin.amazonaws.cn/federation?Action=login&",
    home: "https://console.amazonaws.cn/console/home",
  },
  "aws-us-gov": {
    env: keyVariables(SAMPLE_KEYS.gus),
    args: ["--assume-roles", SAMPLE_ROLES.gov],
    arn: "arn:aws-us-gov:sts::555555555555:assumed-role/Jump/aws-login",
    signIn: "https://signin.amazonaws-us-gov.com/federation?Action=login&",
    home: "https://console.amazonaws-us-gov.com/console/home",
  },
  "aws, for an IAM user,": {
    env: ANA,
    args: ["--get-federation-token"],
    arn: "arn:aws:sts::111111111111:federated-user/aws-login",
    signIn: "https://signin.aws.amazon.com/federation?Action=login&",
    home: "https://console.aws.amazon.com/console/home",
  },
};

for (const [partition, { env, args, arn, signIn, home }] of Object.entries(consoles)) {
  scenario(`console --no-browser prints a URL that opens the console of ${partition}`, async (scene) => {
    const { status, stdout, stderr } = await scene.run(["console", "--no-browser", ...args], env);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^https:\/\/\S+\n$/);
    expect(stdout).toStartWith(signIn);
    expect(await visit(scene, stdout.trim())).toContain(`Signed in as ${arn}, bound for ${home}<`);
  });
}

const destinations: Record<string, readonly [readonly string[], string]> = {
  "a service": [["--destination", "S3"], "https://console.aws.amazon.com/s3/home"],
  "a service in a region": [
    ["--destination", "ec2", "--region", "eu-west-1"],
    "https://console.aws.amazon.com/ec2/v2/home?region=eu-west-1",
  ],
  "the console's home in a region": [
    ["--region", "eu-west-1"],
    "https://console.aws.amazon.com/console/home?region=eu-west-1",
  ],
  "a page in the console of the region": [
    ["--destination", "ec2/v2/home#Instances:", "--region", "eu-west-1"],
    "https://console.aws.amazon.com/ec2/v2/home?region=eu-west-1#Instances:",
  ],
  "a page by its URL": [
    ["--destination", "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions"],
    "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions",
  ],
};

for (const [name, [args, url]] of Object.entries(destinations)) {
  scenario(`console --no-browser leads to ${name}`, async (scene) => {
    const args2 = ["console", "--no-browser", "--assume-roles", SAMPLE_ROLES.jump, ...args];
    const { status, stdout, stderr } = await scene.run(args2, ANA);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(new URL(stdout).searchParams.get("Destination")).toBe(url);
    expect(await visit(scene, stdout.trim())).toStartWith("200 ");
  });
}

scenario(
  "console asks for the duration where AWS takes it, and leaves it out where AWS does not",
  async (scene) => {
    const direct = ["--assume-roles", SAMPLE_ROLES.jump];
    const chained = ["--assume-roles", `${SAMPLE_ROLES.jump},${SAMPLE_ROLES.relay}`];
    for (const args of [direct, chained]) {
      const { status, stderr } = await scene.run(
        ["console", "--no-browser", "--duration", "1800", ...args],
        ANA,
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    }
    const grants = [...scene.standIn.world.signinGrants.values()];
    expect(grants.map(({ session, sessionDuration }) => [session.kind, sessionDuration])).toEqual([
      ["role", 1800],
      ["chained-role", undefined],
    ]);
  },
);

scenario("console --no-browser --copy puts the URL on the clipboard through a pipe", async (scene) => {
  const seen = `${scene.root}/clipboard`;
  await scene.write("bin/xclip", `#!/bin/sh\necho "$@" > ${seen}\ncat >> ${seen}\n`, 0o755);
  const { status, stdout, stderr } = await scene.run(
    ["console", "--no-browser", "--copy", "--get-federation-token"],
    { ...ANA, DISPLAY: ":0" },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(await Bun.file(seen).text()).toBe(`-selection clipboard\n${stdout.trim()}`);
});

scenario("console --copy without a program for it is refused before anything is asked", async (scene) => {
  const args = ["console", "--no-browser", "--copy", "--get-federation-token"];
  expect(await scene.run(args, { ...ANA, DISPLAY: ":0", PATH: scene.bin })).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: 'cannot copy to the clipboard: "xclip" was not found; "xsel" was not found',
      hints: ["install wl-clipboard, xclip or xsel, or leave out --copy"],
    }),
  });
  expect(scene.standIn.requests).toEqual([]);
});

scenario("console --copy prints the URL although the program fails, with a warning", async (scene) => {
  await scene.write("bin/xclip", "#!/bin/sh\nexit 7\n", 0o755);
  const args = ["console", "--no-browser", "--copy", "--get-federation-token"];
  const ended = await scene.run(args, { ...ANA, DISPLAY: ":0", PATH: scene.bin });
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({
    status: 0,
    stderr:
      'aws-login: warning: cannot copy to the clipboard: "xclip" ended with status 7; "xsel" was not found\n',
  });
  expect(ended.stdout).toStartWith("https://signin.aws.amazon.com/federation?Action=login&");
});

const refusals: Record<
  string,
  { readonly args: string[]; readonly status: number; readonly stderr: string }
> = {
  "long-term keys": {
    args: [],
    status: 1,
    stderr: stderrText({
      error: "cannot sign in to the console: long-term keys cannot be used there",
      hints: ["exchange them first: with --get-federation-token, or with --assume-roles"],
    }),
  },
  "a region of another partition": {
    args: ["--assume-roles", SAMPLE_ROLES.jump, "--region", "cn-north-1"],
    status: 2,
    stderr: stderrText({
      error:
        "cannot open the console in cn-north-1 (--region): that region belongs to the partition aws-cn, and the credentials to aws",
      hints: ["choose a region of theirs, for example --region us-east-1"],
    }),
  },
  "the credentials of --get-session-token": {
    args: ["--get-session-token"],
    status: 1,
    stderr: stderrText({
      error: "cannot sign in to the console with the credentials of --get-session-token",
      hints: ["use --get-federation-token instead, or add --assume-roles"],
    }),
  },
  "a destination outside the console": {
    args: ["--get-federation-token", "--destination", "https://console.aws.amazon.com.example.com/"],
    status: 2,
    stderr: stderrText({
      error:
        "cannot open the console at --destination: console.aws.amazon.com.example.com does not belong to console.aws.amazon.com",
      hints: [
        "name a service (--destination ec2), a page (--destination ec2/v2/home#Instances:) or a URL (--destination https://console.aws.amazon.com/…)",
      ],
    }),
  },
};

for (const [name, { args, status, stderr }] of Object.entries(refusals)) {
  scenario(`console refuses ${name}`, async (scene) => {
    const ended = await scene.run(["console", "--no-browser", ...args], ANA);
    expect(ended).toEqual({ status, stdout: "", stderr });
    expect(scene.standIn.requests.filter(({ service }) => service === "signin")).toEqual([]);
  });
}

scenario("console repeats nothing of a sign-in service that refuses", async (scene) => {
  const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;
  const strange = keyVariables({ accessKeyId, secretAccessKey, sessionToken: "made-up" });
  expect(await scene.run(["console", "--no-browser"], strange)).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error:
        "cannot get a sign-in token for the console: the sign-in service refused the credentials (status 400)",
      hints: [
        "they may have expired, or be of a kind that the console does not take, such as those of --get-session-token",
      ],
    }),
  });
});
