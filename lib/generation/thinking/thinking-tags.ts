/** The tags that models put around reasoning, and what may become one. Pure. */

/** Position of an end tag. */
interface Found {
  at: number
  length: number
}

export interface Tag {
  /** As the models write it. */
  open: string
  /** Chat templates open it in the prompt, so only the end tag is generated. */
  lone: boolean
  /** Length of the begin tag at the start of the text: 0 if there is none, null while more input is needed to tell. */
  opens(text: string): number | null
  closes(text: string): number | null
  /** The first end tag from `from` on. */
  find(text: string, from: number): Found | null
  /** How many characters at the end of the text may be the start of its end tag. */
  begun(text: string): number
}

/** Characters of attributes, or of whitespace before the end of a tag, which models occasionally write. */
const LONGEST_REST = 100

/** A tag made of letters, case-insensitive. */
function named(name: string): Tag {
  const [open, close] = [`<${name}>`, `</${name}>`]
  const rest = `(?:\\s[^<>]{0,${LONGEST_REST}})?`
  const starts = (tag: string) => {
    const [whole, begun] = [new RegExp(`^${tag}${rest}>`, "i"), new RegExp(`^${tag}${rest}$`, "i")]
    return (text: string) => {
      const length = whole.exec(text)?.[0].length ?? 0
      return length === 0 && (begun.test(text) || `${tag}>`.startsWith(text.toLowerCase())) ? null : length
    }
  }
  const end = new RegExp(`</${name}${rest}>`, "gi")
  const half = new RegExp(`</${name}${rest}$`, "i")
  return {
    open,
    lone: true,
    opens: starts(`<${name}`),
    closes: starts(`</${name}`),
    find: (text, from) => {
      end.lastIndex = from
      const found = end.exec(text)
      return found && { at: found.index, length: found[0].length }
    },
    begun: (text) => {
      const tail = text.slice(-LONGEST_REST - close.length)
      return half.exec(tail)?.[0].length ?? begunAtEnd(tail.toLowerCase(), close)
    },
  }
}

/** A tag made of special characters. */
function special(open: string, close: string): Tag {
  const starts = (tag: string) => (text: string) =>
    text.startsWith(tag) ? tag.length : tag.startsWith(text) ? null : 0
  return {
    open,
    lone: false,
    opens: starts(open),
    closes: starts(close),
    find: (text, from) => {
      const at = text.indexOf(close, from)
      return at < 0 ? null : { at, length: close.length }
    },
    begun: (text) => begunAtEnd(text, close),
  }
}

const CHANNEL = "<|channel|>analysis<|message|>"
const FINAL = "<|end|><|start|>assistant<|channel|>final<|message|>"

/**
 * Reasoning tags, from the parsers of vLLM, SGLang, and llama.cpp: most models, the Gemini family, Seed, MiniMax,
 * LongCat, Mistral, Kimi, Sky-T1, and gpt-oss when its channels were not parsed.
 */
export const TAGS: Tag[] = [
  ...["think", "thinking", "thought", "reasoning", "seed:think", "mm:think", "longcat_think"].map(named),
  special("[THINK]", "[/THINK]"),
  special("◁think▷", "◁/think▷"),
  special("<|begin_of_thought|>", "<|end_of_thought|>"),
  special(CHANNEL, FINAL),
  special(`<|start|>assistant${CHANNEL}`, FINAL),
]
export const LONE = TAGS.filter(({ lone }) => lone)

/** Characters of whitespace that may be held until the first word. */
export const MAX_HELD_WHITESPACE = 1_000

/** Without leading whitespace, including invisible characters. */
export const trimmed = (text: string): string => text.replace(/^[\s\u200b\u2060]+/, "")

/** How many characters at the end of the reasoning are held: the start of its end tag, and whitespace before it. */
export function heldCharacterCount(text: string, tag: Tag): number {
  const rest = text.slice(0, text.length - tag.begun(text))
  return text.length - (rest.length - MAX_HELD_WHITESPACE < rest.trimEnd().length ? rest.trimEnd().length : rest.length)
}

/** How many characters at the end of the text may be the start of the tag. */
function begunAtEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--)
    if (text.endsWith(tag.slice(0, length))) return length
  return 0
}
