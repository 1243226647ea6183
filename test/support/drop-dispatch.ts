/** For `bun --preload`: `dispatch.ts` starts work that nothing settles, as a runtime that drops a promise does. */
import { plugin } from "bun";

plugin({
  name: "drop-dispatch",
  setup(build) {
    build.onLoad({ filter: /src\/dispatch\.ts$/ }, () => ({
      contents: "export const run = () => new Promise(() => {});",
      loader: "ts",
    }));
  },
});
