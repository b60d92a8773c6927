/** The tags between which models think, and what may become one. Pure. */

/** Where an end tag stands. */
interface Found {
  at: number
  length: number
}

export interface Tag {
  /** As its models write it. */
  open: string
  /** Templates open it in the prompt. */
  lone: boolean
  /** Length of the begin tag with which the text begins: 0 when with none, null while more must come to tell. */
  opens(text: string): number | null
  closes(text: string): number | null
  /** The first end tag from there on. */
  find(text: string, from: number): Found | null
  /** How many signs at the end of the text may be the beginning of its end tag. */
  begun(text: string): number
}

/** Signs of attributes, and blanks before the end of a tag, that models write now and then. */
const LONGEST_REST = 100

/** A tag of letters, in capitals or not. */
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

/** A tag of special signs. */
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
 * Tags of thinking, of the parsers in vLLM, SGLang and llama.cpp: of most models, Gemini and its kin, Seed, MiniMax,
 * LongCat, Mistral, Kimi, Sky-T1, and gpt-oss where nobody has read its channels.
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

/** Characters of white space that may wait for a first word. */
export const MOST_BLANK = 1_000

/** Without white space at the beginning, that which nobody sees included. */
export const trimmed = (text: string): string => text.replace(/^[\s\u200b\u2060]+/, "")

/** How many signs at the end of thinking wait: the beginning of its end tag, and white space before it. */
export function waitingAtEnd(text: string, tag: Tag): number {
  const rest = text.slice(0, text.length - tag.begun(text))
  return text.length - (rest.length - MOST_BLANK < rest.trimEnd().length ? rest.trimEnd().length : rest.length)
}

/** How many signs at the end of the text may be the beginning of the tag. */
function begunAtEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--)
    if (text.endsWith(tag.slice(0, length))) return length
  return 0
}
