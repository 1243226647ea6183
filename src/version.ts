/** The program's version, as package.json has it at build time. */
export { version } from "../package.json";
