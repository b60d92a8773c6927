/** What a run has brought so far, held to its bounds while it grows. */
import { MOST_PRINTED } from "@/lib/sandbox/limits"
import type { Outcome } from "@/lib/sandbox/messages"

export const shortened = (text: string): string =>
  text.length > MOST_PRINTED ? `${text.slice(0, MOST_PRINTED)}…` : text

export class Printed {
  private text = ""
  cut = false

  add(line: string): void {
    if (this.cut) return
    this.text += line
    if (this.text.length <= MOST_PRINTED) return
    this.text = shortened(this.text)
    this.cut = true
  }

  toString(): string {
    return this.text
  }
}

export function outcomeOf(printed: Printed, since: number, more: Partial<Outcome>): Outcome {
  const { value, error } = more
  const cut =
    printed.cut || more.cut === true || [value, error].some((text) => text !== undefined && text.length > MOST_PRINTED)
  return {
    files: [],
    charts: [],
    ...more,
    printed: String(printed),
    ...(value !== undefined && { value: shortened(value) }),
    ...(error !== undefined && { error: shortened(error) }),
    tookMs: Math.round(performance.now() - since),
    cut,
  }
}
