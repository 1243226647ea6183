import { version } from "../../package.json";

/** The program's version, as package.json has it at build time. */
export { version };

/** The output of `version`. */
export const versionLine = `aws-login ${version}\n`;
