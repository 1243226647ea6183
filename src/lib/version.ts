import { version } from "../../package.json";

/** The program's version, as package.json has it at build time. */
export { version };

/** The answer to `version`. */
export const versionLine = `aws-login ${version}\n`;
