/** Markdown of every kind, made from the request's own words and real calculations. */
import { fibonacci, hasProgram, makeCode, primesUpTo } from "@/lib/demo/code"
import { keyTerms, numbersOf, wordsOf } from "@/lib/demo/words/words"

/** A table cell: pipes escaped, on one line. */
export const cell = (value: unknown): string =>
  String(value)
    .replace(/\\/g, "\\\\")
    .replace(/\|/g, "\\|")
    .replace(/\s+/g, (blank) => (blank.includes("\n") ? " " : blank))

const row = (cells: unknown[]) => `| ${cells.map(cell).join(" | ")} |`
const table = (head: string[], rows: unknown[][]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n")

/** “1 letter”, “2 letters”. */
export const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`
export const vowels = (word: string) => word.match(/[aeiouyäöüéèà]/gi)?.length ?? 0
export const backwards = (word: string) => [...word].reverse().join("")
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

const size = (text: string, fallback: number, most: number) =>
  Math.min(Math.max(numbersOf(text)[0] ?? fallback, 1), most)

function makeTable(text: string): string {
  if (/prim(?:e|zahl)/i.test(text)) {
    const primes = primesUpTo(1_000).slice(0, size(text, 10, 100))
    return table(
      ["#", "Prime", "Gap to the one before", "Square"],
      primes.map((prime, at) => [at + 1, prime, at === 0 ? "–" : prime - (primes[at - 1] ?? 0), prime ** 2]),
    )
  }
  if (/fibonacci/i.test(text))
    return table(
      ["n", "F(n)"],
      fibonacci(size(text, 12, 90)).map((value, n) => [n, value]),
    )
  if (/square|power|multiplication|times/i.test(text))
    return table(
      ["n", "n²", "n³", "2ⁿ"],
      Array.from({ length: size(text, 10, 50) }, (_, at) => [at + 1, (at + 1) ** 2, (at + 1) ** 3, 2 ** (at + 1)]),
    )
  return table(
    ["Word", "Letters", "Vowels", "Backwards"],
    termsOf(text).map((word) => [word, word.length, vowels(word), backwards(word)]),
  )
}

/** The words to use. */
export const termsOf = (text: string): string[] => {
  const found = keyTerms(text, 8).filter(
    (word) =>
      !/^(tables?|lists?|code|markdown|diagrams?|flowchart|math|formula|paragraphs?|words?|steps?|bullets?|quotes?|checklist|todo|essay|story|article|task|footnotes?|headings?|kind|kinds)$/.test(
        word,
      ),
  )
  return found.length > 0 ? found : wordsOf(text).slice(0, 5)
}

function makeMath(text: string): string {
  const n = size(text, 100, 1_000_000)
  return `The sum of the first $$n$$ numbers is\n\n$$\n\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}\n$$\n\nso for $$n = ${n}$$ it is $$${(n * (n + 1)) / 2}$$.`
}

const mermaid = (lines: string[]) => `\`\`\`mermaid\n${lines.join("\n")}\n\`\`\``
/** A word that is valid in a diagram. */
const node = (word: string) => capital(word).replace(/["#;]/g, "")

function makeDiagram(text: string): string {
  const terms = termsOf(text)
    .filter((word) => !/^(draw|flussdiagramm|diagramm|pie|charts?|sequence|mind|maps?)$/i.test(word))
    .slice(0, 5)
    .map(node)
  if (/\bpie\b/i.test(text))
    return mermaid(["pie showData", ...terms.map((word) => `  "${word}" : ${Math.max(1, word.length)}`)])
  if (/\bsequence\b/i.test(text)) {
    const answers = terms.flatMap((word) => [
      `  You->>Sparkler: ${word}`,
      `  Sparkler-->>You: ${counted(word.length, "letter")}`,
    ])
    return mermaid(["sequenceDiagram", ...answers])
  }
  if (/\bmind ?map\b/i.test(text))
    return mermaid([
      "mindmap",
      "  root((Words))",
      ...terms.flatMap((word) => [`    ${word}`, `      ${counted(word.length, "letter")}`]),
    ])
  const arrows = terms.slice(1).map((step, at) => `  S${at}["${terms[at]}"] --> S${at + 1}["${step}"]`)
  return mermaid(["flowchart LR", ...(arrows.length > 0 ? arrows : [`  S0["${terms[0] ?? "Start"}"]`])])
}

const makeList = (text: string) =>
  termsOf(text)
    .map((word, at) => `${at + 1}. **${capital(word)}** has ${counted(word.length, "letter")}`)
    .join("\n")
const makeTasks = (text: string) =>
  termsOf(text)
    .map((word, at) => `- [${at === 0 ? "x" : " "}] ${capital(word)}`)
    .join("\n")
const makeQuote = (text: string) => `> ${text.replace(/\s+/g, " ").slice(0, 300)}\n>\n> — you, just now`
const makeHeadings = (text: string) =>
  termsOf(text)
    .slice(0, 4)
    .map(
      (word, at) =>
        `${"#".repeat(Math.min(at + 2, 4))} ${capital(word)}\n\n${counted(word.length, "letter")}, ${counted(vowels(word), "vowel")}.`,
    )
    .join("\n\n")
function makeFootnote(text: string): string {
  const terms = termsOf(text).slice(0, 3)
  const notes = terms.map(
    (word, at) =>
      `[^${at + 2}]: ${capital(word)}: ${counted(word.length, "letter")}, ${counted(vowels(word), "vowel")}.`,
  )
  const named = terms.map((word, at) => `${word}[^${at + 2}]`).join(", ")
  return [
    `Your message has ${text.length} characters[^1]. Of its words I noted ${named}.`,
    ["[^1]: Counted with spaces, as JavaScript counts them.", ...notes].join("\n"),
  ].join("\n\n")
}

/** A program is requested with a verb, or by naming its language; not with “zip code” or “a heart's function”. */
const CODE =
  /\b(?:write|show|give|make|create|generate|implement|need|want|code)\b[^.?!\n]{0,60}\b(?:code(?! of)|function|program|script|query|snippet|implementation)\b|\b(?:python|typescript|javascript|sql)\b|\b(?:write|implement|code)\b[^.?!\n]{0,40}\b(?:fibonacci|fizz ?buzz|factorial|sort\w*)\b/i

const KINDS: [pattern: RegExp, title: string, make: (text: string) => string][] = [
  [/\b(?:table|tabelle)\b/i, "Table", makeTable],
  [CODE, "Code", makeCode],
  [/\b(math|formula|latex|equation)\b/i, "Mathematics", makeMath],
  [/\b(diagramm?|mermaid|flow ?chart|flussdiagramm|pie chart|mind ?map)\b/i, "Diagram", makeDiagram],
  [/\b(task list|todo|to-do|checklist)\b/i, "Tasks", makeTasks],
  [/\b(list|bullet|ideas|steps)\b/i, "List", makeList],
  [/\b(quote|quotation)\b/i, "Quote", makeQuote],
  [/\bfootnotes?\b/i, "Footnote", makeFootnote],
  [/\bheadings?\b/i, "Headings", makeHeadings],
]

/** The requested kinds of Markdown; null if none was requested. */
export function makeMarkdown(text: string): string | null {
  const all = /\b(all kinds|every kind|everything|showcase)\b/i.test(text) && /markdown|format/i.test(text)
  const asked = KINDS.filter(([pattern]) => all || pattern.test(text))
  if (asked.length === 0) return null
  if (asked.length === 1) return asked[0]?.[2](text) ?? null
  // A showcase always includes a program.
  const about = (make: unknown) => (all && make === makeCode && !hasProgram(text) ? "fibonacci" : text)
  return asked.map(([, title, make]) => `## ${title}\n\n${make(about(make))}`).join("\n\n")
}
