/** Colors of code: asked for when the first code is shown, from a worker that makes them. */
import { useEffect, useRef, useState } from "react"

export interface Token {
  content: string
  /** Colors in both themes. */
  light: string | undefined
  dark: string | undefined
}

/** A line keeps its identity while the code behind it grows. */
export type Line = readonly Token[]

interface Code {
  code: string
  language: string
}

export type ColorRequest = ({ block: number } & Code) | { block: number; end: true }

/** The lines of a block from one on: those before it are as they were. No lines: a language that nobody knows. */
export interface ColorReply {
  block: number
  from: number
  lines: Line[]
  /** Characters of the code that this is of. */
  length: number
}

/** The code's lines as far as they are colored, and the characters that these are. */
export interface Colored {
  lines: readonly Line[]
  length: number
}

/** Characters beyond which code is shown plain. */
const MOST_COLORED = 60_000
/** Characters of finished blocks that are kept, so that they come back in colors when the reader does. */
const MOST_KEPT = 1_000_000

const NOTHING: Colored = { lines: [], length: 0 }

const kept = new Map<string, Colored>()
let keptLength = 0
const keyOf = (code: string, language: string) => `${language}\n${code}`

function keep(code: string, language: string, colored: Colored): void {
  if (kept.has(keyOf(code, language))) return
  kept.set(keyOf(code, language), colored)
  keptLength += code.length
  for (const [key, { length }] of kept) {
    if (keptLength <= MOST_KEPT) return
    kept.delete(key)
    keptLength -= length
  }
}

interface Hearer {
  hear: (reply: ColorReply) => void
  /** What it asked is gone. */
  again: () => void
}

let worker: Worker | null = null
const hearers = new Map<number, Hearer>()
let lastBlock = 0

function ask(request: ColorRequest): void {
  if (!worker && "end" in request) return
  worker ??= openWorker()
  worker.postMessage(request)
}

function openWorker(): Worker {
  const opened = new Worker(new URL("./highlight-worker.ts", import.meta.url), { type: "module" })
  opened.onmessage = ({ data }: MessageEvent<ColorReply>) => {
    opened.onerror = null
    hearers.get(data.block)?.hear(data)
  }
  // Its script can't be had: asked again once the browser is online, and for the next block.
  opened.onerror = () => {
    if (worker === opened) worker = null
    lost = true
  }
  window.addEventListener("online", askAgain, { once: true })
  return opened
}

let lost = false

function askAgain(): void {
  if (!lost) return
  lost = false
  for (const { again } of hearers.values()) again()
}

/** Colors one block as it grows: one question at a time, the newest code next. Returns how to ask and how to end. */
function openBlock(show: (colored: Colored, of: Code) => void) {
  const block = ++lastBlock
  let lines: readonly Line[] = []
  let asked: Code | null = null
  let next: Code | null = null
  const askNext = () => {
    asked = next
    next = null
    if (asked) ask({ block, ...asked })
  }
  const hear = (reply: ColorReply) => {
    lines = [...lines.slice(0, reply.from), ...reply.lines]
    if (asked && reply.lines.length > 0) show({ lines, length: reply.length }, asked)
    askNext()
  }
  const again = () => {
    next ??= asked
    askNext()
  }
  hearers.set(block, { hear, again })
  return {
    color(code: string, language: string) {
      askAgain()
      if (asked) {
        next = { code, language }
        return
      }
      asked = { code, language }
      ask({ block, ...asked })
    },
    end() {
      hearers.delete(block)
      ask({ block, end: true })
    },
  }
}

/** Colors code, afresh when it changes. `growing`: more of it comes, so nothing of it is kept for later. */
export function useHighlight(code: string, language: string, growing: boolean): Colored {
  const [known, setKnown] = useState<(Code & { colored: Colored }) | null>(null)
  const block = useRef<ReturnType<typeof openBlock> | null>(null)
  const finished = growing ? undefined : kept.get(keyOf(code, language))
  useEffect(() => {
    if (!language || code.length > MOST_COLORED || finished) return
    block.current ??= openBlock((colored, of) => setKnown({ ...of, colored }))
    block.current.color(code, language)
  }, [code, language, finished])
  useEffect(() => {
    if (!growing && known?.code === code && known.language === language) keep(code, language, known.colored)
  }, [growing, known, code, language])
  useEffect(
    () => () => {
      block.current?.end()
      block.current = null
    },
    [],
  )
  if (finished) return finished
  return known?.language === language && code.startsWith(known.code) ? known.colored : NOTHING
}
