/** Which pasted text is a file rather than words of a sentence. Pure. */
import { linesOf } from "@/components/files/facts"

/** More than a long letter, or more than a screen: nobody writes around it in a field that is a third of a screen high. */
const LARGE_CHARACTERS = 4_000
const LARGE_LINES = 60

export const isLargePaste = (text: string): boolean =>
  text.length > LARGE_CHARACTERS || (text.length > LARGE_LINES && linesOf(text) > LARGE_LINES)

/** `Pasted text.txt`, `Pasted text 2.txt`: the first name that none of these has. */
export function pastedName(base: string, taken: string[]): string {
  for (let number = 1; ; number++) {
    const name = `${base}${number > 1 ? ` ${number}` : ""}.txt`
    if (!taken.includes(name)) return name
  }
}
