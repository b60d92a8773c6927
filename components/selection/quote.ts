/** A text as a quote in a message that is being written. Pure. */

/** Each line behind a “>”, as Markdown quotes. */
export const quoted = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .trim()
    .split("\n")
    .map((line) => (line.trim() === "" ? ">" : `> ${line}`))
    .join("\n")

/**
 * What is put at the caret so that the quote stands on lines of its own, and one can write below it: `before` is the
 * text before the caret.
 */
export function quoteAt(before: string, text: string): string {
  const gap = before.trim() === "" ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  return `${gap}${quoted(text)}\n\n`
}
