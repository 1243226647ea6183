import { isTemporary, type Session } from "../world/session.ts";
import { rootArn, type World } from "../world/world.ts";
import { credentialsElement, denied, type Input, type Operation, type Outcome } from "./operation.ts";
import * as rules from "./rules.ts";
import { checkPolicies } from "./session-policy.ts";
import { checkTags } from "./session-tags.ts";
import { tokenSeconds } from "./session-token.ts";

export const getFederationToken: Operation = {
  rules: [rules.federatedName, rules.tokenDuration, rules.policy, rules.policyArns, rules.tags],
  issues: true,
  perform({ parameters, caller }: Input, world: World): Outcome {
    if (isTemporary(caller)) {
      return { problem: denied("Cannot call GetFederationToken with session credentials") };
    }
    const policies = checkPolicies(parameters, caller);
    if ("problem" in policies) return policies;
    const tags = checkTags(parameters, caller);
    if ("problem" in tags) return tags;
    const { partition, account } = caller;
    const name = parameters.get("Name") ?? "";
    const arn = `arn:${partition}:sts::${account}:federated-user/${name}`;
    const session: Session = {
      ...world.keys.temporary(),
      kind: "federated",
      partition,
      account,
      arn,
      userId: `${account}:${name}`,
      active: true,
      expiration: world.now() + tokenSeconds(parameters.get("DurationSeconds"), caller) * 1000,
      principals: [arn, rootArn(partition, account)],
      mfaDevices: [],
      mfa: false,
      transitiveTags: tags.transitive,
      powerless: !policies.packed.hasPolicy,
    };
    world.remember(session);
    return {
      result: [
        credentialsElement(session),
        [
          "FederatedUser",
          [
            ["FederatedUserId", session.userId],
            ["Arn", session.arn],
          ],
        ],
        ...policies.packed.elements,
      ],
    };
  },
};
