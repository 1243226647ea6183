import { expect } from "bun:test";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { nothingFound, stderrText } from "./support/stderr-text.ts";

const { machine, jump } = SAMPLE_ROLES;
const instanceId = "i-0123456789abcdef0";
const folder = "/latest/meta-data/iam/security-credentials";

/** Method and path of everything that was asked of instance metadata. */
function asked({ standIn }: Scene): string[] {
  return standIn.requests
    .filter(({ service }) => service === "imds")
    .map(({ method, path }) => `${method} ${path}`);
}

/** The end of a search in which instance metadata came last; `why` is what is said of it. */
function nothing(scene: Scene, why: string) {
  return { status: 3, stdout: "", stderr: nothingFound(scene.home, why) };
}

scenario("getcallerid finds the machine's role, and uses the STS of the machine's region", async (scene) => {
  const stdout = callerOf(scene.standIn, machine, instanceId);
  expect(await scene.run(["getcallerid"], scene.metadata)).toEqual({ status: 0, stdout, stderr: "" });
  expect(scene.standIn.tunnels.map(({ host }) => host)).toEqual(["sts.eu-west-1.amazonaws.com"]);
  expect(asked(scene)).toEqual([
    "PUT /latest/api/token",
    `GET ${folder}-extended/`,
    `GET ${folder}/`,
    `GET ${folder}/Machine`,
    "GET /latest/meta-data/placement/region",
  ]);
});

scenario("dumpcreds of the machine's role sends no request that it does not need", async (scene) => {
  const { status, stdout, stderr } = await scene.run(["dumpcreds", "--credential-helper"], scene.metadata);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ Version: 1, Expiration: expect.any(String) });
  expect(asked(scene)).not.toContain("GET /latest/meta-data/placement/region");
  expect(scene.standIn.tunnels).toEqual([]);
});

scenario("the machine's role goes on to other roles, in the region that --region names", async (scene) => {
  const args = ["getcallerid", "--assume-roles", jump, "--region", "us-east-2"];
  const stdout = callerOf(scene.standIn, jump);
  expect(await scene.run(args, scene.metadata)).toEqual({ status: 0, stdout, stderr: "" });
  expect(scene.standIn.tunnels.map(({ host }) => host)).toEqual(["sts.us-east-2.amazonaws.com"]);
});

scenario(
  "credential_source = Ec2InstanceMetadata starts a profile's role from the machine's",
  async (scene) => {
    const config = `[profile j]\nrole_arn = ${jump}\ncredential_source = Ec2InstanceMetadata\n`;
    await scene.write("home/.aws/config", config);
    const ended = await scene.run(["getcallerid", "--profile", "j"], { ...ANA, ...scene.metadata });
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" });
  },
);

scenario("instance metadata is never asked through a proxy", async (scene) => {
  const { proxyUrl } = scene.standIn;
  const proxies = {
    HTTP_PROXY: proxyUrl,
    http_proxy: proxyUrl,
    HTTPS_PROXY: proxyUrl,
    https_proxy: proxyUrl,
  };
  const ended = await scene.run(["dumpcreds"], { ...scene.metadata, ...proxies });
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
  expect(new Set(scene.standIn.connections.map(({ entrance }) => entrance))).toEqual(new Set(["imds"]));
});

scenario("instance metadata of version 2 with the account id is used where there is one", async (scene) => {
  scene.standIn.world.instance = { role: machine, region: "eu-west-1", extended: true };
  const { status, stdout } = await scene.run(["dumpcreds", "--outform", "json"], scene.metadata);
  expect(status).toBe(0);
  expect(JSON.parse(stdout).AccountId).toBe("111111111111");
});

scenario("a machine without a role has no credentials: status 3 and the list of sources", async (scene) => {
  scene.standIn.world.instance = { region: "eu-west-1" };
  const ended = await scene.run(["getcallerid"], scene.metadata);
  expect(ended).toEqual(nothing(scene, "the instance has no instance profile"));
});

scenario(
  "a dead address of instance metadata ends soon with status 3 and the list of sources",
  async (scene) => {
    const env = { ...scene.metadata, AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:1" };
    const started = performance.now();
    expect(await scene.run(["getcallerid"], env)).toEqual(
      nothing(scene, "no service responds at http://127.0.0.1:1"),
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  },
);

scenario(
  "an instance metadata service that does not respond counts as absent after a second",
  async (scene) => {
    scene.standIn.fault({ match: { service: "imds" }, delay: 60_000 });
    const ended = await scene.run(["getcallerid"], scene.metadata);
    const where = `http://127.0.0.1:${scene.standIn.ports.imds}`;
    const found = nothing(scene, `no service responds at ${where}`);
    expect(ended).toEqual({ ...found, stderr: expect.stringContaining(found.stderr) });
    expect(asked(scene)).toEqual(["PUT /latest/api/token"]);
  },
  { waits: true },
);

scenario(
  "a token request that times out in a pod names the hop limit",
  async (scene) => {
    scene.standIn.fault({ match: { service: "imds" }, delay: 60_000 });
    const env = { ...scene.metadata, KUBERNETES_SERVICE_HOST: "10.0.0.1" };
    const { status, stderr } = await scene.run(["getcallerid"], env);
    expect(status).toBe(3);
    expect(stderr).toEndWith(
      "aws-login: hint: inside a container the instance's metadata hop limit must be 2 or more: aws ec2 modify-instance-metadata-options --instance-id ID --http-put-response-hop-limit 2\n",
    );
  },
  { waits: true },
);

scenario("credential_source = Ec2InstanceMetadata without a service names the profile", async (scene) => {
  const config = `[profile j]\nrole_arn = ${jump}\ncredential_source = Ec2InstanceMetadata\n`;
  await scene.write("home/.aws/config", config);
  const env = { ...scene.metadata, AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:1" };
  const { status, stderr } = await scene.run(["getcallerid", "--profile", "j"], env);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^aws-login: error: cannot use credential_source of profile j.*: no service responds at http:\/\/127\.0\.0\.1:1\n$/,
  );
});

/** Faults of the service that meet one request, and leave the credentials to be had. */
const passingFaults: Record<
  string,
  { path: string; status?: number; cut?: "half-body" | "before-response" }
> = {
  "a document that is cut": { path: `${folder}/Machine`, cut: "half-body" },
  "a document whose connection is cut": { path: `${folder}/Machine`, cut: "before-response" },
  "a document that is 404": { path: `${folder}/Machine`, status: 404 },
  "a newer folder that is refused with 400": { path: `${folder}-extended/`, status: 400 },
  "a newer folder that is refused with 403": { path: `${folder}-extended/`, status: 403 },
};

for (const [name, { path, status, cut }] of Object.entries(passingFaults)) {
  scenario(
    `the machine's role outlives ${name} once`,
    async (scene) => {
      const effect =
        cut === undefined
          ? ({ kind: "response", status: status ?? 500, contentType: "text/plain", body: "no" } as const)
          : ({ kind: "cut", where: cut } as const);
      scene.standIn.fault({ match: { service: "imds", path }, effect, times: 1 });
      const ended = await scene.run(["dumpcreds", "--credential-helper"], scene.metadata);
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      expect(JSON.parse(ended.stdout)).toMatchObject({ Version: 1 });
    },
    { waits: true },
  );
}

scenario("AWS_EC2_METADATA_DISABLED=1 is refused, because SDKs read it differently", async (scene) => {
  const ended = await scene.run(["getcallerid"], { ...scene.metadata, AWS_EC2_METADATA_DISABLED: "1" });
  expect(ended).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: "cannot use AWS_EC2_METADATA_DISABLED: it is neither true nor false",
      hints: ["write true or false"],
    }),
  });
  expect(scene.standIn.connections).toEqual([]);
});

scenario("AWS_EC2_METADATA_DISABLED=true sends no request to instance metadata", async (scene) => {
  const env = { ...scene.metadata, AWS_EC2_METADATA_DISABLED: "TRUE" };
  const ended = await scene.run(["getcallerid"], env);
  expect(ended).toEqual(nothing(scene, "AWS_EC2_METADATA_DISABLED is true"));
  expect(scene.standIn.connections).toEqual([]);
});

scenario("instance metadata that is switched off is an error with the reason", async (scene) => {
  scene.standIn.world.instance = { region: "eu-west-1", disabled: true };
  expect(await scene.run(["getcallerid"], scene.metadata)).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: "cannot read instance metadata: the token request returned status 403",
      hints: ["instance metadata is switched off for this instance, or a proxy stands in the way"],
    }),
  });
});

scenario(
  "a role that the machine may not have is an error in AWS's words, not an absent source",
  async (scene) => {
    scene.standIn.world.instance = { role: machine, region: "eu-west-1", trouble: "unauthorized" };
    expect(await scene.run(["getcallerid"], scene.metadata)).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error:
          "cannot get the credentials of Machine from instance metadata: AssumeRoleUnauthorizedAccess: EC2 cannot assume the role. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.",
        hints: ["look at the trust policy of the instance's role: it must admit ec2.amazonaws.com"],
      }),
    });
  },
);

scenario("credentials served past their expiry are used, with a warning", async (scene) => {
  scene.standIn.world.instance = { role: machine, region: "eu-west-1", trouble: "expired" };
  expect(await scene.run(["getcallerid"], scene.metadata)).toEqual({
    status: 0,
    stdout: callerOf(scene.standIn, machine, instanceId),
    stderr:
      "aws-login: warning: instance metadata serves credentials past their expiry; using them as AWS advises\n",
  });
});

const passing: Record<string, { readonly status: number; readonly match: { readonly method?: string } }> = {
  "the token request is answered with 503": { status: 503, match: { method: "PUT" } },
  "a request is answered with 500": { status: 500, match: { method: "GET" } },
  "the token is not accepted": { status: 401, match: { method: "GET" } },
};

for (const [name, { status, match }] of Object.entries(passing)) {
  scenario(
    `instance metadata is asked again when ${name}`,
    async (scene) => {
      const effect = { kind: "status", status, body: "empty" } as const;
      scene.standIn.fault({ match: { service: "imds", ...match }, effect, times: 2 });
      const stdout = callerOf(scene.standIn, machine, instanceId);
      expect(await scene.run(["getcallerid"], scene.metadata)).toEqual({ status: 0, stdout, stderr: "" });
    },
    { waits: true },
  );
}

scenario("a redirect of instance metadata is not followed", async (scene) => {
  const location = `http://127.0.0.1:${scene.standIn.ports.imds}/elsewhere`;
  scene.standIn.fault({ match: { service: "imds" }, effect: { kind: "redirect", location }, times: 9 });
  const { status, stdout } = await scene.run(["getcallerid"], scene.metadata);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(asked(scene)).toEqual(["PUT /latest/api/token"]);
});

scenario("other sources come before instance metadata, which then gets no request", async (scene) => {
  const ended = await scene.run(["getcallerid"], { ...ANA, ...scene.metadata });
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
  expect(asked(scene)).toEqual([]);
});
