/** A formula of Homebrew, after its "Formula Cookbook": the released archive, not a build of the source. */
import type { Archive } from "./archive.ts";
import { type About, type Downloads, type Repository, SUMMARY } from "./downloads.ts";
import type { Target } from "./targets.ts";

/** Goes into the folder `Formula` of a tap. */
export function homebrewFormula(
  { url: homepage }: Repository,
  { version }: About,
  downloads: Downloads,
): Archive {
  const choice = (block: string, target: Target["name"]) => {
    const { url, sha256 } = downloads(target);
    return [`    ${block} do`, `      url "${url}"`, `      sha256 "${sha256}"`, "    end"];
  };
  const lines = [
    "class AwsLogin < Formula",
    `  desc "${SUMMARY}"`,
    `  homepage "${homepage}"`,
    `  version "${version}"`,
    '  license "Apache-2.0"',
    "",
    "  on_macos do",
    ...choice("on_arm", "darwin-arm64"),
    ...choice("on_intel", "darwin-x64"),
    "  end",
    "",
    "  on_linux do",
    ...choice("on_arm", "linux-arm64"),
    ...choice("on_intel", "linux-x64"),
    "  end",
    "",
    "  def install",
    '    bin.install "aws-login"',
    '    man1.install "aws-login.1"',
    '    bash_completion.install "completions/aws-login.bash" => "aws-login"',
    '    zsh_completion.install "completions/_aws-login"',
    '    fish_completion.install "completions/aws-login.fish"',
    "  end",
    "",
    "  test do",
    '    assert_match version.to_s, shell_output("#{bin}/aws-login version")',
    "  end",
    "end",
  ];
  return { name: "aws-login.rb", bytes: new TextEncoder().encode(`${lines.join("\n")}\n`) };
}
