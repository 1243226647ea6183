/** XML against another reader: what is taken for a document is one, and says the same. */
import { expect, test } from "bun:test";
import { isDeepStrictEqual } from "node:util";
import { parseXml, type XmlElement } from "../../src/aws/sts/xml.ts";
import { fuzz, fuzzTrial, textTarget, wrongInput } from "./fuzz/fuzz.ts";
import { answerOf } from "./fuzz/judge.ts";
import { mutated } from "./fuzz/mutate.ts";
import { STS_RESPONSES } from "./fuzz/response-samples.ts";
import { casesOf, chance, patienceOf, seedOf, tally } from "./trial.ts";

fuzz(
  textTarget({
    name: "XML",
    inputs: 1500,
    readable: 5,
    samples: STS_RESPONSES,
    read: (text) => {
      for (const { name } of everyElement(parseXml(text))) {
        if (!/^[A-Za-z_]/.test(name) || !text.includes(`<${name}`)) throw new Error(`no element ${name}`);
      }
    },
  }),
);

function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* everyElement(child);
}

/** Reads a JSON list of documents and answers with a list of trees: name, text without blanks at its ends, children. */
const EXPAT = `
import json, sys
from xml.parsers import expat

def tree(text):
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    stack = [["", "", []]]
    def start(name, attributes):
        element = [name, "", []]
        stack[-1][2].append(element)
        stack.append(element)
    def end(name):
        stack.pop()
    def data(text):
        stack[-1][1] += text
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    try:
        parser.Parse(text.encode("utf-8"), True)
    except (expat.ExpatError, UnicodeEncodeError, ValueError):
        return None
    def plain(element):
        name, text, children = element
        return [name, "" if children else text.strip(" \\t\\r\\n"), [plain(child) for child in children]]
    return plain(stack[0][2][0])

json.dump([tree(text) for text in json.load(sys.stdin)], sys.stdout)
`;

const python = Bun.which("python3");
const trial = fuzzTrial("XML against expat");

test.skipIf(python === null)(
  "XML, mutated, is never taken for a document that expat refuses or reads otherwise (python3)",
  async () => {
    const numbers = casesOf(trial, "inputs", 1000);
    // So many at once as fit into memory with ease.
    for (let first = 0; first < numbers.length; first += 1000)
      await compare(numbers.slice(first, first + 1000));
    tally(trial, "inputs tried", numbers.length);
  },
  patienceOf("inputs", 120_000),
);

async function compare(numbers: readonly number[]): Promise<void> {
  const taken: { readonly number: number; readonly text: string; readonly ours: XmlElement }[] = [];
  for (const number of numbers) {
    // An answer arrives as bytes, in which no half of a pair can stand.
    const text = mutated(STS_RESPONSES, chance(seedOf(trial, number))).toWellFormed();
    const ours = answerOf(() => parseXml(text));
    if (ours !== undefined) taken.push({ number, text, ours });
  }
  const child = Bun.spawn([python ?? "", "-c", EXPAT], {
    stdin: new Blob([JSON.stringify(taken.map(({ text }) => text))]),
    stdout: "pipe",
    env: { PATH: "/usr/bin:/bin", PYTHONUTF8: "1" },
  });
  const theirs: unknown[] = await child.stdout.json();
  expect(theirs).toHaveLength(taken.length);
  for (const [index, { number, text, ours }] of taken.entries()) {
    const other = theirs[index];
    if (isDeepStrictEqual(plain(ours), other)) continue;
    const wrong = `we read ${JSON.stringify(plain(ours))}, expat ${JSON.stringify(other)}`;
    throw new Error(wrongInput(trial, number, text, wrong));
  }
}

type Plain = readonly [name: string, text: string, children: readonly Plain[]];

function plain({ name, text, children }: XmlElement): Plain {
  const own = children.length > 0 ? "" : text.replace(/^[ \t\r\n]+|(?<![ \t\r\n])[ \t\r\n]+$/g, "");
  return [name, own, children.map(plain)];
}
