/**
 * Renders diagrams with Mermaid in a frame that has no origin, no network and no access to the page except one message
 * port (`app/api/diagrams`). Anything a diagram makes Mermaid do stays in there; the result is shown as an image.
 */
import { cleanSvg, type Svg } from "@/components/message/markdown/svg"

export type Theme = "light" | "dark"
/** `away`: the renderer can't be loaded. */
export type Drawing = { svg: Svg } | { problem: string } | { slow: true } | { away: true }

/** Milliseconds to load Mermaid, and to render one diagram. */
const LOAD_MS = 30_000
const DRAW_MS = 10_000
const MAX_KEPT = 80

const kept = new Map<string, Drawing>()
const keyOf = (source: string, theme: Theme) => `${theme} ${source}`

/** A cached drawing; undefined when there is none. */
export const cachedDrawing = (source: string, theme: Theme): Drawing | undefined => kept.get(keyOf(source, theme))

let turn: Promise<unknown> = Promise.resolve()

/** Renders a diagram, one at a time. Never throws. */
export function drawDiagram(source: string, theme: Theme): Promise<Drawing> {
  const drawing = turn.then(async () => {
    const known = cachedDrawing(source, theme)
    if (known) return known
    const drawn = await drawNow(source, theme)
    if ("away" in drawn) return drawn
    kept.set(keyOf(source, theme), drawn)
    const [oldest] = kept.keys()
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
    return drawn
  })
  turn = drawing
  return drawing
}

interface Frame {
  port: MessagePort
  element: HTMLIFrameElement
}

let frame: Promise<Frame> | null = null

async function drawNow(source: string, theme: Theme): Promise<Drawing> {
  frame ??= openFrame()
  const opened = await frame.catch(() => null)
  if (!opened) {
    frame = null
    return { away: true }
  }
  try {
    const answer = nextMessage(opened.port, DRAW_MS)
    opened.port.postMessage({ source, theme })
    return readAnswer(await answer)
  } catch {
    // The frame hangs: the next diagram gets a new one.
    opened.element.remove()
    frame = null
    return { slow: true }
  }
}

/** The frame is untrusted: its answer is treated as text only. */
function readAnswer(answer: unknown): Drawing {
  const { svg, problem }: { svg?: unknown; problem?: unknown } = typeof answer === "object" && answer ? answer : {}
  const clean = typeof svg === "string" ? cleanSvg(svg) : null
  if (clean) return { svg: clean }
  return { problem: typeof problem === "string" ? problem : "" }
}

async function openFrame(): Promise<Frame> {
  const element = document.createElement("iframe")
  element.setAttribute("sandbox", "allow-scripts")
  element.title = "Diagrams"
  element.inert = true
  element.setAttribute("aria-hidden", "true")
  // Offscreen but laid out: Mermaid needs to measure.
  element.style.cssText = "position:fixed;left:-3000px;top:0;width:1280px;height:960px;border:0;visibility:hidden"
  element.src = "/api/diagrams"
  const { port1: port, port2: other } = new MessageChannel()
  try {
    const loaded = new Promise((resolve) => element.addEventListener("load", resolve, { once: true }))
    document.body.append(element)
    await within(loaded, LOAD_MS)
    const ready = nextMessage(port, LOAD_MS)
    element.contentWindow?.postMessage(null, "*", [other])
    await ready
    return { port, element }
  } catch (error) {
    element.remove()
    throw error
  }
}

const nextMessage = (port: MessagePort, ms: number): Promise<unknown> =>
  within(new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data))), ms)

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("too slow")), ms)
    void work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
