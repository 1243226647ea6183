/** Where browsers of the Chrome family are, and where each has its profiles. */

export interface ChromiumBrowser {
  readonly name: string;
  /** Names on PATH, or whole paths on macOS and Windows, by platform. */
  readonly programs: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>>;
  /** The folder of its user data, below the platform's folder for such. */
  readonly folder: Readonly<Partial<Record<NodeJS.Platform, string>>>;
}

function macProgram(name: string): string {
  return `/Applications/${name}.app/Contents/MacOS/${name}`;
}

/** In the order in which they are looked through. */
export const CHROMIUM_BROWSERS: readonly ChromiumBrowser[] = [
  {
    name: "Chrome",
    programs: {
      linux: ["google-chrome", "google-chrome-stable"],
      darwin: [macProgram("Google Chrome")],
      win32: [
        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
        "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
      ],
    },
    folder: { linux: "google-chrome", darwin: "Google/Chrome", win32: "Google\\Chrome\\User Data" },
  },
  {
    name: "Chromium",
    programs: { linux: ["chromium", "chromium-browser"], darwin: [macProgram("Chromium")] },
    folder: { linux: "chromium", darwin: "Chromium" },
  },
  {
    name: "Brave",
    programs: {
      linux: ["brave-browser", "brave"],
      darwin: [macProgram("Brave Browser")],
      win32: ["C:\\Program Files\\BraveSoftware\\Brave-Browser\\Application\\brave.exe"],
    },
    folder: {
      linux: "BraveSoftware/Brave-Browser",
      darwin: "BraveSoftware/Brave-Browser",
      win32: "BraveSoftware\\Brave-Browser\\User Data",
    },
  },
  {
    name: "Edge",
    programs: {
      linux: ["microsoft-edge", "microsoft-edge-stable"],
      darwin: [macProgram("Microsoft Edge")],
      win32: ["C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"],
    },
    folder: { linux: "microsoft-edge", darwin: "Microsoft Edge", win32: "Microsoft\\Edge\\User Data" },
  },
];

/** The browser that runs under this program name; undefined for another one's. */
export function browserOfProgram(program: string, platform: NodeJS.Platform): ChromiumBrowser | undefined {
  const base = (path: string) =>
    path
      .split(platform === "win32" ? /[\\/]/ : "/")
      .at(-1)
      ?.toLowerCase();
  const name = base(program);
  return CHROMIUM_BROWSERS.find((browser) =>
    browser.programs[platform]?.some((known) => base(known) === name),
  );
}
