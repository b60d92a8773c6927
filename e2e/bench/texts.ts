/**
 * Long Markdown answers, all different: headings, emphasis, lists, a table, code. No imports, so that any process can
 * use them.
 */

const WORDS =
  "the answer of a model is text that grows while people read it and a page has to show every word of it at once without losing its place".split(
    " ",
  )

const sentence = (seed: number, length: number) => {
  const words = Array.from({ length }, (_, index) => WORDS[(seed * 7 + index * 5) % WORDS.length])
  return `${words.join(" ")}.`
}

const code = (seed: number, lines: number) =>
  Array.from({ length: lines }, (_, line) =>
    line % 4 === 0
      ? `export function step${seed}_${line}(value: number): number {`
      : line % 4 === 3
        ? "}"
        : `  const part${line} = value * ${line} + ${seed} // ${WORDS[(seed + line) % WORDS.length]}`,
  ).join("\n")

/** A section of about 180 tokens. */
const section = (seed: number) =>
  `## Part ${seed + 1}: ${sentence(seed, 4).slice(0, -1)}

${sentence(seed, 24)} It is **${WORDS[seed % WORDS.length]}** and *${WORDS[(seed + 3) % WORDS.length]}*, with \`code_${seed}\` and [a link](https://example.org/${seed}). ${sentence(seed + 1, 16)}

- ${sentence(seed + 2, 8)}
- ${sentence(seed + 3, 9)}
- ${sentence(seed + 4, 7)}

| name | value | note |
| --- | ---: | --- |
| alpha | ${seed * 3} | ${WORDS[(seed + 1) % WORDS.length]} |
| beta | ${seed * 5} | ${WORDS[(seed + 2) % WORDS.length]} |

\`\`\`ts
${code(seed, 12)}
\`\`\`
`

/** A Markdown answer with this many sections. */
export const longAnswer = (seed: number, sections = 4): string =>
  Array.from({ length: sections }, (_, index) => section(seed * 10 + index)).join("\n")

/** The first `count` tokens of an endless answer; a token has up to five characters. */
export function markdownTokens(count: number): string[] {
  const tokens: string[] = []
  for (let seed = 0; tokens.length < count; seed++) tokens.push(...(`${section(seed)}\n`.match(/[\s\S]{1,5}/g) ?? []))
  return tokens.slice(0, count)
}

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n")

/** Texts of approximately this many characters that are expensive for a Markdown parser. */
export const HOSTILE_TEXTS: Record<string, (characters: number) => string> = {
  stars: (characters) => "*a".repeat(characters / 2),
  brackets: (characters) => "[".repeat(characters),
  links: (characters) => "[a](".repeat(characters / 4),
  quotes: (characters) => `${">".repeat(characters)} a`,
  lists: (characters) => `${"- ".repeat(characters / 2)}a`,
  table: (characters) => `|a|b|\n|-|-|\n${"|x|*y*|\n".repeat(characters / 8)}`,
  backticks: (characters) => lines(Math.sqrt(2 * characters), (n) => "`".repeat(n + 1)).replaceAll("\n", " "),
  tags: (characters) => "<a ".repeat(characters / 3),
  dollars: (characters) => "$$a ".repeat(characters / 4),
  entities: (characters) => "&amp;".repeat(characters / 5),
  definitions: (characters) => lines(characters / 12, (n) => `[a${n}]: /u`),
  notes: (characters) => lines(characters / 24, (n) => `a[^${n}]\n\n[^${n}]: b\n`),
  paragraphs: (characters) => "Some *words* here.\n\n".repeat(characters / 20),
  words: (characters) => lines(characters / 8, (n) => `lamp${n.toString(36)}`).replaceAll("\n", " "),
}
