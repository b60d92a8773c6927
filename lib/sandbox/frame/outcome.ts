/** The result of a run so far, kept within its limits as it grows. */
import { cut } from "@/lib/cut"
import { MAX_PRINTED_CHARS, MAX_SAID } from "@/lib/sandbox/limits"
import type { Outcome } from "@/lib/sandbox/messages"

const isLong = (text: string) => text.length > MAX_PRINTED_CHARS
const shortened = (text: string): string => (isLong(text) ? `${cut(text, MAX_PRINTED_CHARS)}…` : text)

export class Printed {
  private text = ""
  /** More was printed than is kept. */
  cut = false

  add(line: string): void {
    if (this.cut) return
    const room = MAX_SAID - this.text.length
    this.cut = line.length > room
    this.text += this.cut ? cut(line, room) : line
  }

  toString(): string {
    return this.text
  }
}

/**
 * Messages that are sent immediately, and milliseconds between later ones: code that prints all the time must not flood
 * the frame.
 */
const AT_ONCE = 100
const EVERY_MS = 50

/** Reports output while the code still runs: if it times out, that is all there is. */
export function printer(tell: (text: string) => void, now = () => performance.now()): (text: string) => void {
  let waiting = ""
  let told = 0
  let last = Number.NEGATIVE_INFINITY
  let room = MAX_SAID
  return (text) => {
    if (room <= 0) return
    waiting += text
    if (told >= AT_ONCE && now() - last < EVERY_MS) return
    const next = cut(waiting, room)
    room -= waiting.length
    waiting = ""
    told++
    last = now()
    tell(next)
  }
}

export function outcomeOf(printed: Printed, since: number, more: Partial<Outcome>): Outcome {
  const { value, error } = more
  const texts = [String(printed), value, error].filter((text) => text !== undefined)
  const said = texts.join("\n")
  return {
    files: [],
    charts: [],
    ...more,
    printed: shortened(String(printed)),
    ...(value !== undefined && { value: shortened(value) }),
    ...(error !== undefined && { error: shortened(error) }),
    ...(texts.some(isLong) && { whole: cut(said, MAX_SAID) }),
    tookMs: Math.round(performance.now() - since),
    cut: printed.cut || said.length > MAX_SAID || more.cut === true,
  }
}
