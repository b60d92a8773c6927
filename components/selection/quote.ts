/** Formats a text as a quote for the composer. Pure. */

/** Prefixes each line with “>”, as a Markdown quote. */
export const quoted = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .trim()
    .split("\n")
    .map((line) => (line.trim() === "" ? ">" : `> ${line}`))
    .join("\n")

/**
 * The text to insert at the caret so that the quote is on separate lines with room to write below it. `before` is the
 * text before the caret.
 */
export function quoteAt(before: string, text: string): string {
  const gap = before.trim() === "" ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  return `${gap}${quoted(text)}\n\n`
}
