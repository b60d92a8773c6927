/**
 * Highlights code off the main thread, so that neither loading a language nor a long file blocks a frame. Incremental:
 * a completed line of a growing block keeps its colors.
 */
import { createHighlighterCore, type GrammarState } from "shiki/core"
import { createJavaScriptRegexEngine } from "shiki/engine/javascript"
import { bundledLanguages } from "shiki/langs"
import githubDark from "shiki/themes/github-dark.mjs"
import githubLight from "shiki/themes/github-light.mjs"
import type { ColorReply, ColorRequest, Line } from "@/components/message/markdown/highlight"

const THEMES = { light: "github-light", dark: "github-dark" }
/** Colors with too little contrast in GitHub's themes (WCAG 2.2 AA: 4.5 : 1), and similar ones with enough. */
const LEGIBLE: Record<string, string> = { "#E36209": "#B04A00", "#D73A49": "#C62F3F", "#22863A": "#1C7431" }
const LEGIBLE_DARK: Record<string, string> = { "#6A737D": "#929BA6" }
/** Characters of a line beyond which it is left uncolored. */
const LONGEST_LINE = 5_000

const highlighter = createHighlighterCore({
  themes: [githubLight, githubDark],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
})

interface Progress {
  language: string
  /** The completed lines, as text and as a count. */
  ended: string
  lines: number
  state: GrammarState | undefined
}

const blocks = new Map<number, Progress>()

self.onmessage = async ({ data }: MessageEvent<ColorRequest>) => {
  if ("end" in data) return void blocks.delete(data.block)
  const reply = await color(data).catch(() => null)
  self.postMessage(reply ?? ({ block: data.block, from: 0, lines: [], length: 0 } satisfies ColorReply))
}

async function color({ block, code, language }: Exclude<ColorRequest, { end: true }>): Promise<ColorReply | null> {
  const name = language.toLowerCase()
  const load = Object.entries(bundledLanguages).find(([known]) => known === name)?.[1]
  if (!load) return null
  const shiki = await highlighter
  await shiki.loadLanguage(load)
  const known = blocks.get(block)
  const progress: Progress =
    known?.language === language && code.startsWith(known.ended)
      ? known
      : { language, ended: "", lines: 0, state: undefined }
  const from = progress.lines
  const end = code.lastIndexOf("\n") + 1
  const tokensOf = (text: string) =>
    shiki.codeToTokens(text, {
      lang: name,
      themes: THEMES,
      grammarState: progress.state,
      tokenizeMaxLineLength: LONGEST_LINE,
      tokenizeTimeLimit: 0,
    })
  const lines: Line[] = []
  if (end > progress.ended.length) {
    const { tokens, grammarState } = tokensOf(code.slice(progress.ended.length, end - 1))
    lines.push(...tokens.map(lineOf))
    Object.assign(progress, { ended: code.slice(0, end), lines: from + tokens.length, state: grammarState })
  }
  blocks.set(block, progress)
  lines.push(...tokensOf(code.slice(end)).tokens.map(lineOf))
  return { block, from, lines, length: code.length }
}

type Tokens =
  Awaited<typeof highlighter> extends { codeToTokens: (...args: never) => { tokens: (infer Row)[] } } ? Row : never

const lineOf = (tokens: Tokens): Line =>
  tokens.map(({ content, htmlStyle = {} }) => {
    const light = htmlStyle.color?.toUpperCase()
    const dark = htmlStyle["--shiki-dark"]?.toUpperCase()
    return { content, light: light && (LEGIBLE[light] ?? light), dark: dark && (LEGIBLE_DARK[dark] ?? dark) }
  })
