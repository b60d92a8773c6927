/** Colours of code, from a highlighter that is fetched when the first code is shown. */
import { useEffect, useState } from "react"

export interface Token {
  content: string
  /** Colours in both themes. */
  light: string | undefined
  dark: string | undefined
}

/** A line keeps its identity while the code behind it grows. */
export type Line = readonly Token[]

interface Highlighted {
  code: string
  language: string
  lines: readonly Line[]
}

/** Characters beyond which code is shown plain: colouring it would hold up the page. */
const MOST_COLOURED = 60_000
/** What has too little contrast in GitHub's themes (WCAG 2.2 AA: 4.5 : 1), and its like that has enough. */
const LEGIBLE: Record<string, string> = { "#E36209": "#B04A00", "#D73A49": "#C62F3F", "#22863A": "#1C7431" }
const LEGIBLE_DARK: Record<string, string> = { "#6A737D": "#929BA6" }

const load = () => import("@streamdown/code")

type Highlighter = Awaited<ReturnType<typeof load>>["code"]
type Result = Parameters<NonNullable<Parameters<Highlighter["highlight"]>[1]>>[0]

/** The code's lines as far as they are coloured, and the characters that these are. */
export interface Coloured {
  lines: readonly Line[]
  length: number
}

const NOTHING: Coloured = { lines: [], length: 0 }

/** Colours code, afresh when it changes. `growing`: more of it comes, so nothing of it is kept for later. */
export function useHighlight(code: string, language: string, growing: boolean): Coloured {
  const [known, setKnown] = useState<Highlighted | null>(null)
  useEffect(() => {
    if (!language || code.length > MOST_COLOURED) return
    let left = false
    const show = ({ tokens }: Result) => {
      if (!left) setKnown({ code, language, lines: tokens.map(lineOf) })
    }
    void load().then(({ code: highlighter }) => {
      const name = highlighter.getSupportedLanguages().find((known) => known === language.toLowerCase())
      if (left || !name) return
      const options = { code, language: name, themes: highlighter.getThemes(), isIncomplete: growing }
      const result = highlighter.highlight(options, show)
      if (result) show(result)
    })
    return () => {
      left = true
    }
  }, [code, language, growing])
  if (known?.language !== language || !code.startsWith(known.code)) return NOTHING
  return { lines: known.lines, length: known.code.length }
}

/** The highlighter repeats the lines that it has seen: so do we, and React leaves them alone. */
const seenLines = new WeakMap<Tokens, Line>()
type Tokens = Result["tokens"][number]

function lineOf(tokens: Tokens): Line {
  const seen = seenLines.get(tokens)
  if (seen) return seen
  const line = tokens.map(({ content, color, htmlStyle }) => {
    const light = htmlStyle?.color ?? color
    const dark = htmlStyle?.["--shiki-dark"]
    return {
      content,
      light: light && (LEGIBLE[light.toUpperCase()] ?? light),
      dark: dark && (LEGIBLE_DARK[dark.toUpperCase()] ?? dark),
    }
  })
  seenLines.set(tokens, line)
  return line
}
