/** Basic facts about a text file. Pure. */
import { extensionOf } from "@/lib/messages/text-bytes"

interface TextFacts {
  lines: number
  /** As UTF-8. */
  bytes: number
}

/** The number of lines; a newline at the very end starts none. */
export function linesOf(text: string): number {
  if (text === "") return 0
  let lines = 1
  for (let at = text.indexOf("\n"); at !== -1 && at < text.length - 1; at = text.indexOf("\n", at + 1)) lines++
  return lines
}

export const factsOf = (text: string): TextFacts => ({
  lines: linesOf(text),
  bytes: new TextEncoder().encode(text).byteLength,
})

/** `12 B`, `3.4 KB`, `1.2 MB`; in German `1,2 MB`. */
export function formatBytes(bytes: number, locale: string): string {
  if (bytes < 1_000) return `${bytes} B`
  const [value, unit] = bytes < 999_950 ? [bytes / 1_000, "KB"] : [bytes / 1_000_000, "MB"]
  const figure = value.toLocaleString(locale, { maximumFractionDigits: value < 100 ? 1 : 0, useGrouping: false })
  return `${figure} ${unit}`
}

/** Languages whose name differs from the file extension. */
const LANGUAGES: Record<string, string> = {
  py: "python",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  ts: "typescript",
  mts: "typescript",
  rb: "ruby",
  rs: "rust",
  kt: "kotlin",
  cs: "csharp",
  h: "c",
  hpp: "cpp",
  cc: "cpp",
  sh: "bash",
  zsh: "bash",
  ps1: "powershell",
  yml: "yaml",
  md: "markdown",
  markdown: "markdown",
  htm: "html",
  svg: "xml",
  tex: "latex",
  ex: "elixir",
  hs: "haskell",
  jl: "julia",
  pl: "perl",
}
const PLAIN = new Set(["", "txt", "log", "text", "csv", "tsv"])

/** The language for highlighting a file, by its name; null when it is not code. */
export function languageOf(name: string): string | null {
  if (/^dockerfile$/i.test(name)) return "dockerfile"
  if (/^makefile$/i.test(name)) return "makefile"
  const extension = extensionOf(name)
  return PLAIN.has(extension) ? null : (LANGUAGES[extension] ?? extension)
}
