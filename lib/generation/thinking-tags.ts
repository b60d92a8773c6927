/** The tags between which models think, and what may become one. Pure. */

/**
 * Tags of thinking, of the parsers in vLLM, SGLang and llama.cpp: of most models, Mistral, Seed, Kimi, and gpt-oss where
 * nobody has read its channels. `lone`: templates open it in the prompt.
 */
export const TAGS = [
  { open: "<think>", close: "</think>", lone: true },
  { open: "<seed:think>", close: "</seed:think>", lone: true },
  { open: "[THINK]", close: "[/THINK]", lone: false },
  { open: "◁think▷", close: "◁/think▷", lone: false },
  {
    open: "<|channel|>analysis<|message|>",
    close: "<|end|><|start|>assistant<|channel|>final<|message|>",
    lone: false,
  },
]
export type Tag = (typeof TAGS)[number]
export const LONE = TAGS.filter(({ lone }) => lone)

/** Characters of white space that may wait for a first word. */
export const MOST_BLANK = 1_000

/** How many signs at the end of thinking wait: the beginning of its end tag, and white space before it. */
export function waitingAtEnd(text: string, tag: string): number {
  const rest = text.slice(0, text.length - begunAtEnd(text, tag))
  return text.length - (rest.length - MOST_BLANK < rest.trimEnd().length ? rest.trimEnd().length : rest.length)
}

/** How many signs at the end of the text may be the beginning of the tag. */
export function begunAtEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--)
    if (text.endsWith(tag.slice(0, length))) return length
  return 0
}
