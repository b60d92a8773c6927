/** Extracts the text to read aloud: prose, without markup, code and addresses. Pure. */

/** Characters per utterance: some browsers fall silent in longer ones. */
const MAX_AT_ONCE = 220

/** The sentences of a Markdown text, in chunks for speech synthesis. */
export function speechChunks(markdown: string): string[] {
  const text = markdown
    .replace(/^[ \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t]*\1[`~]*[ \t]*$|$(?![\s\S]))/gm, "\n")
    .replace(/\$\$[\s\S]*?\$\$/g, " ")
    .replace(/<!--[\s\S]*?-->|<\/?[a-z][^>\n]*>/gi, " ")
    .replace(/^\[\^[^\]]+\]:.*$/gm, "")
    .replace(/\[\^[^\]]+\]/g, "")
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\bhttps?:\/\/\S+/g, "")
    // Table delimiter rows and thematic breaks.
    .replace(/^[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*$/gm, "")
    .replace(
      /^[ \t]*\|(.*)\|[ \t]*$/gm,
      (_, cells: string) =>
        `${cells
          .split("|")
          .map((cell) => cell.trim())
          .join(", ")}.`,
    )
    .replace(/^[ \t]*(?:#{1,6}|>+|[-*+](?: \[[ xX]\])?|\d+[.)])[ \t]+/gm, "")
    .replace(/(\*\*\*|\*\*|__|~~|`+)(?=\S)([\s\S]*?\S)\1/g, "$2")
    .replace(/(^|[^\p{L}\p{N}\\])([*_])(?=\S)([^\n]*?[^\s\\])\2(?![\p{L}\p{N}])/gu, "$1$3")
    .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, "$1")
  return text
    .split(/\n+/)
    .flatMap((line) =>
      line
        .replace(/\s+/g, " ")
        .trim()
        .split(/(?<=[.!?…:;。！？])\s+|(?<=[。！？])/),
    )
    .flatMap(shorten)
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece))
}

/** Splits a sentence that is too long at its last space or comma. */
function shorten(sentence: string): string[] {
  if (sentence.length <= MAX_AT_ONCE) return [sentence]
  const head = sentence.slice(0, MAX_AT_ONCE)
  const cut = Math.max(head.lastIndexOf(", ") + 1, head.lastIndexOf("，") + 1) || head.lastIndexOf(" ")
  const at = cut > 0 ? cut : MAX_AT_ONCE
  return [sentence.slice(0, at).trim(), ...shorten(sentence.slice(at).trim())]
}

/** Scripts that identify a language well enough to choose a voice. */
const SCRIPTS: [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Han}/u, "zh"],
  [/\p{Script=Cyrillic}/u, "ru"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Devanagari}/u, "hi"],
  [/\p{Script=Thai}/u, "th"],
]

interface VoiceLike {
  lang: string
  localService: boolean
  default: boolean
}

/**
 * The voice for a text among those on this machine: by language if the script identifies it, else by the user's
 * languages in order. Null: there is none.
 */
export function voiceFor<Voice extends VoiceLike>(
  text: string,
  voices: Voice[],
  languages: readonly string[],
): Voice | null {
  const local = voices.filter(({ localService }) => localService)
  const told = SCRIPTS.find(([script]) => script.test(text))?.[1]
  const byLanguage = [...local].sort((a, b) => Number(b.default) - Number(a.default))
  for (const wanted of told ? [told] : languages) {
    const tag = wanted.toLowerCase()
    const exact = byLanguage.find(({ lang }) => normal(lang) === tag)
    const found = exact ?? byLanguage.find(({ lang }) => normal(lang).split("-")[0] === tag.split("-")[0])
    if (found) return found
  }
  return byLanguage[0] ?? null
}

const normal = (lang: string) => lang.toLowerCase().replace("_", "-")
