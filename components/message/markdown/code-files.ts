/** Display names of languages, and file names for code blocks. */

const LANGUAGES: [names: string, shown: string, extension: string][] = [
  ["bash sh shell zsh console shellscript", "Shell", "sh"],
  ["c", "C", "c"],
  ["clojure clj", "Clojure", "clj"],
  ["cpp c++", "C++", "cpp"],
  ["csharp cs c#", "C#", "cs"],
  ["css", "CSS", "css"],
  ["csv", "CSV", "csv"],
  ["dart", "Dart", "dart"],
  ["diff patch", "Diff", "diff"],
  ["docker dockerfile", "Dockerfile", "dockerfile"],
  ["elixir ex exs", "Elixir", "ex"],
  ["erlang erl", "Erlang", "erl"],
  ["fsharp f# fs", "F#", "fs"],
  ["go golang", "Go", "go"],
  ["graphql gql", "GraphQL", "graphql"],
  ["haskell hs", "Haskell", "hs"],
  ["hcl terraform tf", "HCL", "tf"],
  ["html", "HTML", "html"],
  ["ini properties", "INI", "ini"],
  ["java", "Java", "java"],
  ["javascript js mjs cjs", "JavaScript", "js"],
  ["json", "JSON", "json"],
  ["json5 jsonc", "JSON", "json5"],
  ["jsonl ndjson", "JSON Lines", "jsonl"],
  ["jsx", "JSX", "jsx"],
  ["julia jl", "Julia", "jl"],
  ["kotlin kt kts", "Kotlin", "kt"],
  ["latex tex", "LaTeX", "tex"],
  ["lua", "Lua", "lua"],
  ["makefile make", "Makefile", "mk"],
  ["markdown md mdx", "Markdown", "md"],
  ["matlab", "MATLAB", "m"],
  ["mermaid mmd", "Mermaid", "mmd"],
  ["nix", "Nix", "nix"],
  ["objective-c objc", "Objective-C", "m"],
  ["ocaml ml", "OCaml", "ml"],
  ["perl pl", "Perl", "pl"],
  ["php", "PHP", "php"],
  ["powershell ps ps1 pwsh", "PowerShell", "ps1"],
  ["prisma", "Prisma", "prisma"],
  ["proto protobuf", "Protocol Buffers", "proto"],
  ["python py python3", "Python", "py"],
  ["r", "R", "r"],
  ["ruby rb", "Ruby", "rb"],
  ["rust rs", "Rust", "rs"],
  ["scala", "Scala", "scala"],
  ["scss", "SCSS", "scss"],
  ["sql sqlite postgresql mysql", "SQL", "sql"],
  ["svelte", "Svelte", "svelte"],
  ["svg", "SVG", "svg"],
  ["swift", "Swift", "swift"],
  ["toml", "TOML", "toml"],
  ["tsx", "TSX", "tsx"],
  ["typescript ts mts cts", "TypeScript", "ts"],
  ["vue", "Vue", "vue"],
  ["xml", "XML", "xml"],
  ["yaml yml", "YAML", "yaml"],
  ["zig", "Zig", "zig"],
]

const known = new Map(
  LANGUAGES.flatMap(([names, shown, extension]) => names.split(" ").map((name) => [name, { shown, extension }])),
)

/** The language's display name: the fence's own name when unknown, null when it names none. */
export function languageName(language: string): string | null {
  const name = language.toLowerCase()
  if (/^(?:text|txt|plaintext|plain)?$/.test(name)) return null
  return known.get(name)?.shown ?? language
}

const NAMED = /(?:title|file(?:name)?|path)=["']?([^"'\s]+)/i
const LONGEST_NAME = 80

/**
 * A file name for a code block: the one from its fence (```` ```ts title="src/a.ts" ````) without folders, else “code”
 * with a matching extension. Never a path, never a hidden file.
 */
export function codeFileName(language: string, meta = ""): string {
  const named = NAMED.exec(meta)?.[1]?.split(/[/\\]/).at(-1)
  const name = named
    ?.replace(/[^\p{L}\p{N}._-]/gu, "")
    .replace(/^[.-]+/, "")
    .slice(-LONGEST_NAME)
  return name || `code.${known.get(language.toLowerCase())?.extension ?? "txt"}`
}
