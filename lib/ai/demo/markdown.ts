/** Markdown of every kind, made out of the request's own words and of sums really done. */
import { keyTerms, numbersOf, wordsOf } from "@/lib/ai/demo/words"

const primesUpTo = (limit: number) => {
  const composite = new Uint8Array(limit + 1)
  const primes: number[] = []
  for (let n = 2; n <= limit; n++) {
    if (composite[n]) continue
    primes.push(n)
    for (let multiple = n * n; multiple <= limit; multiple += n) composite[multiple] = 1
  }
  return primes
}

const fibonacci = (count: number) => {
  const values = [0n, 1n]
  while (values.length < count) values.push((values.at(-1) ?? 0n) + (values.at(-2) ?? 0n))
  return values.slice(0, count)
}

const row = (cells: unknown[]) => `| ${cells.join(" | ")} |`
const table = (head: string[], rows: unknown[][]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n")

const vowels = (word: string) => word.match(/[aeiouyäöüéèà]/gi)?.length ?? 0
const backwards = (word: string) => [...word].reverse().join("")
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

const size = (text: string, fallback: number, most: number) =>
  Math.min(Math.max(numbersOf(text)[0] ?? fallback, 1), most)

function makeTable(text: string): string {
  if (/prime/i.test(text)) {
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
    terms(text).map((word) => [word, word.length, vowels(word), backwards(word)]),
  )
}

const terms = (text: string) => {
  const found = keyTerms(text, 8).filter(
    (word) => !/^(table|list|code|markdown|diagram|math|paragraphs?|words?)$/.test(word),
  )
  return found.length > 0 ? found : wordsOf(text).slice(0, 5)
}

const CODE: Record<string, Record<string, string>> = {
  python: {
    fibonacci:
      'def fibonacci(n: int) -> list[int]:\n    """The first n Fibonacci numbers."""\n    values = [0, 1]\n    while len(values) < n:\n        values.append(values[-1] + values[-2])\n    return values[:n]\n\n\nprint(fibonacci(12))',
    prime:
      'def primes(limit: int) -> list[int]:\n    """All primes up to limit, by the sieve of Eratosthenes."""\n    sieve = [True] * (limit + 1)\n    found = []\n    for n in range(2, limit + 1):\n        if sieve[n]:\n            found.append(n)\n            for multiple in range(n * n, limit + 1, n):\n                sieve[multiple] = False\n    return found\n\n\nprint(primes(50))',
    sort: "def merge_sort(values):\n    if len(values) < 2:\n        return values\n    middle = len(values) // 2\n    left, right = merge_sort(values[:middle]), merge_sort(values[middle:])\n    merged = []\n    while left and right:\n        merged.append(left.pop(0) if left[0] <= right[0] else right.pop(0))\n    return merged + left + right\n\n\nprint(merge_sort([5, 2, 9, 1]))",
  },
  typescript: {
    fibonacci:
      "function fibonacci(n: number): bigint[] {\n  const values = [0n, 1n]\n  while (values.length < n) values.push(values.at(-1)! + values.at(-2)!)\n  return values.slice(0, n)\n}\n\nconsole.log(fibonacci(12))",
    prime:
      "function primes(limit: number): number[] {\n  const composite = new Set<number>()\n  const found: number[] = []\n  for (let n = 2; n <= limit; n++) {\n    if (composite.has(n)) continue\n    found.push(n)\n    for (let multiple = n * n; multiple <= limit; multiple += n) composite.add(multiple)\n  }\n  return found\n}\n\nconsole.log(primes(50))",
    sort: "const sorted = [5, 2, 9, 1].toSorted((a, b) => a - b)\nconsole.log(sorted)",
  },
  sql: {
    fibonacci:
      "WITH RECURSIVE fibonacci(n, a, b) AS (\n  SELECT 1, 0, 1\n  UNION ALL\n  SELECT n + 1, b, a + b FROM fibonacci WHERE n < 12\n)\nSELECT n, a FROM fibonacci;",
    prime:
      "WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 50)\nSELECT n FROM numbers AS candidate\nWHERE NOT EXISTS (SELECT 1 FROM numbers AS d WHERE d.n < candidate.n AND candidate.n % d.n = 0);",
    sort: "SELECT * FROM items ORDER BY price DESC, name;",
  },
}

/** Results of running the program above, computed here. */
const OUTPUT: Record<string, () => string> = {
  fibonacci: () => fibonacci(12).join(", "),
  prime: () => primesUpTo(50).join(", "),
  sort: () => [5, 2, 9, 1].sort((a, b) => a - b).join(", "),
}

function makeCode(text: string): string {
  const language = /typescript|javascript|\bts\b|\bjs\b/i.test(text)
    ? "typescript"
    : /\bsql\b/i.test(text)
      ? "sql"
      : "python"
  const subject = ["fibonacci", "prime", "sort"].find((name) => text.toLowerCase().includes(name)) ?? "fibonacci"
  return `\`\`\`${language}\n${CODE[language]?.[subject] ?? ""}\n\`\`\`\n\n${language === "sql" ? "" : `It prints \`${OUTPUT[subject]?.() ?? ""}\`.`}`
}

function makeMath(text: string): string {
  const n = size(text, 100, 1_000_000)
  return `The sum of the first $$n$$ numbers is\n\n$$\n\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}\n$$\n\nso for $$n = ${n}$$ it is $$${(n * (n + 1)) / 2}$$.`
}

function makeDiagram(text: string): string {
  const steps = terms(text).slice(0, 5).map(capital)
  const arrows = steps.slice(1).map((step, at) => `  S${at}["${steps[at]}"] --> S${at + 1}["${step}"]`)
  return `\`\`\`mermaid\nflowchart LR\n${arrows.join("\n") || `  S0["${steps[0] ?? "Start"}"]`}\n\`\`\``
}

const makeList = (text: string) =>
  terms(text)
    .map((word, at) => `${at + 1}. **${capital(word)}** has ${word.length} letters`)
    .join("\n")
const makeTasks = (text: string) =>
  terms(text)
    .map((word, at) => `- [${at === 0 ? "x" : " "}] ${capital(word)}`)
    .join("\n")
const makeQuote = (text: string) => `> ${text.replace(/\s+/g, " ").slice(0, 300)}\n>\n> — you, just now`
const makeFootnote = (text: string) =>
  `Your message has ${text.length} characters[^1].\n\n[^1]: Counted with spaces, as JavaScript counts them.`

const KINDS: [pattern: RegExp, title: string, make: (text: string) => string][] = [
  [/\btable\b/i, "Table", makeTable],
  [/\b(code|function|program|script|python|typescript|javascript|sql)\b/i, "Code", makeCode],
  [/\b(math|formula|latex|equation)\b/i, "Mathematics", makeMath],
  [/\b(diagram|mermaid|flow ?chart)\b/i, "Diagram", makeDiagram],
  [/\b(task list|todo|to-do|checklist)\b/i, "Tasks", makeTasks],
  [/\b(list|bullet|ideas|steps)\b/i, "List", makeList],
  [/\b(quote|quotation)\b/i, "Quote", makeQuote],
  [/\bfootnotes?\b/i, "Footnote", makeFootnote],
]

/** The kinds of Markdown that were asked for; null when none was. */
export function makeMarkdown(text: string): string | null {
  const all = /\b(all kinds|every kind|everything|showcase)\b/i.test(text) && /markdown|format/i.test(text)
  const asked = KINDS.filter(([pattern]) => all || pattern.test(text))
  if (asked.length === 0) return null
  if (asked.length === 1) return asked[0]?.[2](text) ?? null
  return asked.map(([, title, make]) => `## ${title}\n\n${make(text)}`).join("\n\n")
}

const isPrime = (n: number) => primesUpTo(Math.max(2, n)).at(-1) === n

/** About `count` words on the given text: facts of its own words, then of the numbers from 1 on. */
export function makeLong(text: string, count: number): string {
  const paragraphs = terms(text).map(
    (word) =>
      `The word “${word}” has ${word.length} letters, of which ${vowels(word)} are vowels. Backwards it reads “${backwards(word)}”, and its first letter is “${word[0]}”.`,
  )
  for (let n = 1; wordsOf(paragraphs.join(" ")).length < count; n++)
    paragraphs.push(
      `The number ${n} is ${isPrime(n) ? "prime" : n % 2 === 0 ? "even" : "odd and not prime"}; its square is ${n ** 2}, its cube is ${n ** 3}, and in binary it is written ${n.toString(2)}.`,
    )
  return paragraphs.join("\n\n")
}
