/** Finds settings of a profile that cannot be meant as they are: each has no effect, and no client reports it. Pure. */
import { KNOWN_SETTINGS } from "../config/known-settings.ts";
import { type Profile, type Property, propertySource } from "../config/section.ts";
import { isOneSlipAway } from "../lib/suggest.ts";
import { sourceKinds } from "./profile-settings.ts";

export interface ProfileFinding {
  readonly code: "unknown-setting" | "ignored-value" | "needs-role" | "hidden-source";
  readonly key: string;
  /** What is wrong and what to do, without the profile's name. */
  readonly message: string;
}

/** `profile` is the one that the credentials come from. Never throws. */
export function profileFindings(profile: Profile): readonly ProfileFinding[] {
  const set = new Map([...profile.properties()].filter(([, { value }]) => value !== ""));
  return [
    ...unknownSettings(profile),
    ...ignoredValues(set),
    ...settingsOfNoRole(set),
    ...hiddenSources(profile, set),
  ];
}

type Properties = ReadonlyMap<string, Property>;

/** The settings whose names are not known and one slip away from one that is. Never throws. */
export function unknownSettings(profile: Profile): readonly ProfileFinding[] {
  return [...profile.properties()].flatMap(([key, property]) => {
    const meant = KNOWN_SETTINGS.has(key) ? undefined : settingMeantBy(key);
    if (meant === undefined) return [];
    const message = `${propertySource(key, property)} has no effect: did you mean ${meant}?`;
    return [{ code: "unknown-setting", key, message }];
  });
}

/** A short name is one letter from too many words. */
const shortest = 5;

/** A known setting that is one slip away, or differs in how words are joined: `source-profile`, `sourceprofile`. */
function settingMeantBy(key: string): string | undefined {
  const joined = key.replace(/[-_.]/g, "");
  return [...KNOWN_SETTINGS].find(
    (known) =>
      known.length >= shortest && (joined === known.replaceAll("_", "") || isOneSlipAway(key, known)),
  );
}

/** The settings whose other values this program and the AWS CLI ignore. */
const READ_VALUES: Readonly<Record<string, { readonly pattern: RegExp; readonly expected: string }>> = {
  imds_use_ipv6: { pattern: /^(?:true|false)$/i, expected: "true or false" },
};

function ignoredValues(properties: Properties): ProfileFinding[] {
  return Object.entries(READ_VALUES).flatMap(([key, { pattern, expected }]) => {
    const property = properties.get(key);
    if (property === undefined || pattern.test(property.value)) return [];
    return [
      {
        code: "ignored-value",
        key,
        message: `${propertySource(key, property)} has no effect: its value is not ${expected}`,
      },
    ];
  });
}

const OF_A_ROLE = [
  ...["source_profile", "credential_source", "external_id", "role_session_name"],
  ...["session_tags", "transitive_session_tags"],
];

function settingsOfNoRole(properties: Properties): ProfileFinding[] {
  if (properties.has("role_arn")) return [];
  return OF_A_ROLE.flatMap((key) => {
    const property = properties.get(key);
    if (property === undefined) return [];
    const message = `${propertySource(key, property)} has no effect without role_arn`;
    return [{ code: "needs-role", key, message }];
  });
}

/**
 * The sources that come after the one that is used. None beside Identity Center: tools write keys or a
 * `credential_process` for the same role there, for programs that do not know Identity Center. Nor the keys of a role
 * whose source is its own profile.
 */
function hiddenSources(profile: Profile, properties: Properties): ProfileFinding[] {
  // Sources that are not used must not fail the run: their values are not checked here.
  const unchecked: Profile = { ...profile, get: (key) => properties.get(key) };
  const keyOf = new Map([...properties].map(([key, property]) => [property, key]));
  const [used, ...others] = sourceKinds.flatMap(({ name, trigger }) => {
    const property = trigger(unchecked);
    const key = property && keyOf.get(property);
    return property === undefined || key === undefined ? [] : [{ name, key, property }];
  });
  if (used === undefined || used.name === "sso") return [];
  const usesOwnKeys = used.name === "role" && properties.get("source_profile")?.value === profile.name;
  return others
    .filter(({ name }) => name !== used.name && !(name === "keys" && usesOwnKeys))
    .filter(({ key }, index, all) => all.findIndex((other) => other.key === key) === index)
    .map(({ key, property }) => ({
      code: "hidden-source",
      key,
      message: `${propertySource(key, property)} is not used: ${propertySource(used.key, used.property)} comes first`,
    }));
}
