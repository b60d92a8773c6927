/** Tells a mistyped command from a message that begins with a slash. Pure. */

/** Slips that a command of at least `LONG` letters may have, and a shorter one. */
const SLIPS = { long: 2, short: 1 }
const LONG = 7
/** Shorter than this, a letter more or less makes another word. */
const SHORT = 5

/**
 * The command that was probably meant. The text begins with a slash and one word (no path: no further slash), which is no
 * command but differs from one by a slip, of commands from seven letters on by two; of those of up to four letters it has the same
 * length. Null: it is a message.
 */
export function mistyped(text: string, commands: string[]): string | null {
  const word = /^\/([\p{L}\p{N}_-]+)(?=\s|$)/u.exec(text)?.[1]?.toLowerCase()
  if (!word || commands.some((command) => command.toLowerCase() === word)) return null
  const near = commands
    .filter(({ length }) => Math.abs(length - word.length) <= (length < SHORT ? 0 : SLIPS.long))
    .map((command) => ({ command, slips: slipsBetween(word, command.toLowerCase()) }))
    .filter(({ command, slips }) => slips <= (command.length < LONG ? SLIPS.short : SLIPS.long))
  return near.sort((a, b) => a.slips - b.slips)[0]?.command ?? null
}

/** Letters that are wrong, missing, too many, or exchanged with their neighbor (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let i = 1; i <= a.length; i++) {
    rows.push([i])
    for (let j = 1; j <= b.length; j++) {
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1
      const slips = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + wrong]
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) slips.push(at(i - 2, j - 2) + 1)
      rows[i]?.push(Math.min(...slips))
    }
  }
  return at(a.length, b.length)
}
