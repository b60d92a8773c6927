/** Distinguishes a mistyped command from a message starting with a slash. Pure. */

/** Maximum typos in a command of at least `LONG` letters, and in a shorter one. */
const SLIPS = { long: 2, short: 1 }
const LONG = 7
/** Below this length, one letter more or less makes a different word. */
const SHORT = 5

/**
 * The command that was probably meant. The text must start with a slash and one word (not a path: no further slash)
 * that is not a command but is one typo away from one, or two for commands of at least seven letters; for commands of
 * up to four letters the length must match. Null: it is a message.
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

/** Number of wrong, missing, extra, or transposed letters (optimal string alignment). */
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
