/** Small working programs in a few languages, with their output computed here. */
const FENCE = "```"

/** JavaScript and TypeScript share one source, with types between « and ». */
const SCRIPTS: Record<string, string> = {
  fibonacci:
    'function fibonacci(n«: number»)«: bigint[]» {\n  const values = []\n  for (let [a, b] = [0n, 1n]; values.length < n; [a, b] = [b, a + b]) values.push(a)\n  return values\n}\n\nconsole.log(fibonacci(12).join(", "))',
  primes:
    'function primes(limit«: number»)«: number[]» {\n  const composite = new Set«<number>»()\n  const found«: number[]» = []\n  for (let n = 2; n <= limit; n++) {\n    if (composite.has(n)) continue\n    found.push(n)\n    for (let multiple = n * n; multiple <= limit; multiple += n) composite.add(multiple)\n  }\n  return found\n}\n\nconsole.log(primes(50).join(", "))',
  sorting:
    'function mergeSort(values«: number[]»)«: number[]» {\n  if (values.length < 2) return values\n  const middle = values.length >> 1\n  const left = mergeSort(values.slice(0, middle))\n  const right = mergeSort(values.slice(middle))\n  const merged«: number[]» = []\n  let [l, r] = [0, 0]\n  while (l < left.length && r < right.length) merged.push(left[l] <= right[r] ? left[l++] : right[r++])\n  return [...merged, ...left.slice(l), ...right.slice(r)]\n}\n\nconsole.log(mergeSort([5, 2, 9, 1]).join(", "))',
  factorial:
    'function factorial(n«: number»)«: bigint» {\n  let product = 1n\n  for (let k = 2n; k <= n; k++) product *= k\n  return product\n}\n\nconsole.log([1, 5, 10, 20].map(factorial).join(", "))',
  fizzbuzz:
    'for (let n = 1; n <= 15; n++) {\n  const word«: string» = (n % 3 ? "" : "Fizz") + (n % 5 ? "" : "Buzz")\n  console.log(word || n)\n}',
  "reversing a text":
    'function reverse(text«: string»)«: string» {\n  return [...text].reverse().join("")\n}\n\nconsole.log(reverse("spark"))',
}

const PYTHON: Record<string, string> = {
  fibonacci:
    'def fibonacci(n: int) -> list[int]:\n    """The first n Fibonacci numbers."""\n    values, a, b = [], 0, 1\n    while len(values) < n:\n        values.append(a)\n        a, b = b, a + b\n    return values\n\n\nprint(*fibonacci(12), sep=", ")',
  primes:
    'def primes(limit: int) -> list[int]:\n    """All primes up to limit, by the sieve of Eratosthenes."""\n    sieve = [True] * (limit + 1)\n    found = []\n    for n in range(2, limit + 1):\n        if sieve[n]:\n            found.append(n)\n            for multiple in range(n * n, limit + 1, n):\n                sieve[multiple] = False\n    return found\n\n\nprint(*primes(50), sep=", ")',
  sorting:
    'def merge_sort(values: list[int]) -> list[int]:\n    if len(values) < 2:\n        return values\n    middle = len(values) // 2\n    left, right = merge_sort(values[:middle]), merge_sort(values[middle:])\n    merged = []\n    while left and right:\n        merged.append(left.pop(0) if left[0] <= right[0] else right.pop(0))\n    return merged + left + right\n\n\nprint(*merge_sort([5, 2, 9, 1]), sep=", ")',
  factorial:
    'def factorial(n: int) -> int:\n    product = 1\n    for k in range(2, n + 1):\n        product *= k\n    return product\n\n\nprint(*map(factorial, [1, 5, 10, 20]), sep=", ")',
  fizzbuzz: 'for n in range(1, 16):\n    print(("Fizz" if n % 3 == 0 else "") + ("Buzz" if n % 5 == 0 else "") or n)',
  "reversing a text": 'def reverse(text: str) -> str:\n    return text[::-1]\n\n\nprint(reverse("spark"))',
}

const SQL: Record<string, string> = {
  fibonacci:
    "WITH RECURSIVE fibonacci(n, a, b) AS (\n  SELECT 1, 0, 1\n  UNION ALL\n  SELECT n + 1, b, a + b FROM fibonacci WHERE n < 12\n)\nSELECT a FROM fibonacci;",
  primes:
    "WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 50)\nSELECT n FROM numbers AS candidate\nWHERE NOT EXISTS (SELECT 1 FROM numbers AS d WHERE d.n < candidate.n AND candidate.n % d.n = 0);",
  sorting: "WITH items(price) AS (VALUES (5), (2), (9), (1))\nSELECT price FROM items ORDER BY price;",
}

const product = (n: number) => Array.from({ length: n }, (_, at) => BigInt(at + 1)).reduce((all, k) => all * k, 1n)

/** The output of each program, computed here. */
const PRINTS: Record<string, () => string[]> = {
  fibonacci: () => fibonacci(12).map(String),
  primes: () => primesUpTo(50).map(String),
  sorting: () => [5, 2, 9, 1].sort((a, b) => a - b).map(String),
  factorial: () => [1, 5, 10, 20].map((n) => String(product(n))),
  fizzbuzz: () =>
    Array.from({ length: 15 }, (_, at) => {
      const n = at + 1
      return (n % 3 ? "" : "Fizz") + (n % 5 ? "" : "Buzz") || String(n)
    }),
  "reversing a text": () => [[..."spark"].reverse().join("")],
}

const SUBJECTS: [subject: string, pattern: RegExp][] = [
  ["fibonacci", /fibonacci/i],
  ["primes", /\bprimes?\b|eratosthenes/i],
  ["sorting", /\bsort(?:s|ed|ing)?\b|\bmergesort\b|\bquicksort\b/i],
  ["factorial", /factorial/i],
  ["fizzbuzz", /fizz ?buzz/i],
  ["reversing a text", /\brevers(?:e|es|ing)\b/i],
]
const LANGUAGES: [language: string, pattern: RegExp][] = [
  ["typescript", /\btypescript\b|\bts\b/i],
  ["javascript", /\bjavascript\b|\bjs\b|\bnode\b/i],
  ["sql", /\bsql(?:ite)?\b|\bquery\b/i],
  ["python", /\bpython\b|\bpy\b/i],
]
const OTHERS =
  /\b(?:rust|golang|go code|in go|java|kotlin|swift|ruby|php|perl|haskell|c\+\+|cpp|c#|in c|scala|elixir|bash|lua|in r|html|css)(?![\w+#])/i

/** The first `count` Fibonacci numbers, exactly. */
export function fibonacci(count: number): bigint[] {
  const values: bigint[] = []
  for (let [a, b] = [0n, 1n]; values.length < count; [a, b] = [b, a + b]) values.push(a)
  return values
}

/** Primes up to a limit, by the sieve of Eratosthenes. */
export function primesUpTo(limit: number): number[] {
  const composite = new Uint8Array(limit + 1)
  const primes: number[] = []
  for (let n = 2; n <= limit; n++) {
    if (composite[n]) continue
    primes.push(n)
    for (let multiple = n * n; multiple <= limit; multiple += n) composite[multiple] = 1
  }
  return primes
}

/** The source of a program; null if there is none. */
export function sourceOf(language: string, subject: string): string | null {
  const script = SCRIPTS[subject]
  if (language === "typescript") return script?.replace(/[«»]/g, "") ?? null
  if (language === "javascript") return script?.replace(/«[^»]*»/g, "") ?? null
  return (language === "sql" ? SQL : PYTHON)[subject] ?? null
}

export const hasProgram = (text: string): boolean => SUBJECTS.some(([, pattern]) => pattern.test(text))

/** The requested program with its output, or a list of the available ones. */
export function makeCode(text: string): string {
  const subject = SUBJECTS.find(([, pattern]) => pattern.test(text))?.[0]
  const asked = LANGUAGES.find(([, pattern]) => pattern.test(text))?.[0]
  const language = asked ?? (OTHERS.test(text) ? null : "python")
  const source = subject && language ? sourceOf(language, subject) : null
  if (!subject || !source)
    return `I have no program for that. I can write ${SUBJECTS.map(([name]) => name).join(", ")} in Python, JavaScript and TypeScript, and ${Object.keys(SQL).join(", ")} in SQL; what they print is worked out.`
  const prints = PRINTS[subject]?.().join(", ") ?? ""
  return `${FENCE}${language}\n${source}\n${FENCE}\n\nIt gives \`${prints}\`.`
}
