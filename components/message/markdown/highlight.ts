/** Syntax highlighting in a worker, which starts when the first code is shown. */
import { useEffect, useRef, useState } from "react"

export interface Token {
  content: string
  /** Colors in both themes. */
  light: string | undefined
  dark: string | undefined
}

/** A line keeps its identity while the code after it grows. */
export type Line = readonly Token[]

interface Code {
  code: string
  language: string
}

export type ColorRequest = ({ block: number } & Code) | { block: number; end: true }

/** The lines of a block starting at `from`; earlier ones are unchanged. No lines: the language is unknown. */
export interface ColorReply {
  block: number
  from: number
  lines: Line[]
  /** Characters of code that this covers. */
  length: number
}

/** The lines colored so far, and the number of characters they cover. */
export interface Colored {
  lines: readonly Line[]
  length: number
}

/** Characters beyond which code is not highlighted. */
const MAX_COLORED = 60_000
/**
 * Characters of finished blocks kept in the cache, so that they are colored immediately when scrolled back into view.
 */
const MAX_KEPT = 1_000_000

const NOTHING: Colored = { lines: [], length: 0 }

const kept = new Map<string, Colored>()
let keptLength = 0
const keyOf = (code: string, language: string) => `${language}\n${code}`

function keep(code: string, language: string, colored: Colored): void {
  if (kept.has(keyOf(code, language))) return
  kept.set(keyOf(code, language), colored)
  keptLength += code.length
  for (const [key, { length }] of kept) {
    if (keptLength <= MAX_KEPT) return
    kept.delete(key)
    keptLength -= length
  }
}

interface Hearer {
  hear: (reply: ColorReply) => void
  /** The request was lost: send it again. */
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
  // The script can't be loaded: retried when the browser is online, and for the next block.
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

/**
 * Highlights a growing block: one request at a time, always followed by the newest code. Returns functions to request
 * and to end.
 */
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

/** Highlights code, again whenever it changes. `growing`: more code follows, so nothing is cached. */
export function useHighlight(code: string, language: string, growing: boolean): Colored {
  const [known, setKnown] = useState<(Code & { colored: Colored }) | null>(null)
  const block = useRef<ReturnType<typeof openBlock> | null>(null)
  const finished = growing ? undefined : kept.get(keyOf(code, language))
  useEffect(() => {
    if (!language || code.length > MAX_COLORED || finished) return
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
