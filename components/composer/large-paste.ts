/** Decides which pasted text becomes a file. Pure. */
import { linesOf } from "@/components/files/facts"

/** More than a long letter, or more than a screen: too much to write around in a field a third of a screen high. */
const LARGE_CHARACTERS = 4_000
const LARGE_LINES = 60

export const isLargePaste = (text: string): boolean =>
  text.length > LARGE_CHARACTERS || (text.length > LARGE_LINES && linesOf(text) > LARGE_LINES)

/** `Pasted text.txt`, `Pasted text 2.txt`: the first name not in use. */
export function pastedName(base: string, taken: string[]): string {
  for (let number = 1; ; number++) {
    const name = `${base}${number > 1 ? ` ${number}` : ""}.txt`
    if (!taken.includes(name)) return name
  }
}
