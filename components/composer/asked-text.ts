/** Text to prefill from the URL: `/?q=hello`. Pure. */

/** Characters nobody types: all control characters except tabs and line feeds. */
const CONTROLS = /[^\P{Cc}\t\n]/gu

/** The text in a query string, the first if repeated; empty when there is none. */
export const promptFromQuery = (search: string): string =>
  (new URLSearchParams(search).get("q") ?? "").replaceAll("\r\n", "\n").replaceAll(CONTROLS, "").trim()

/** The query string without the text, so that a reload does not insert it again. */
export function removePromptFromQuery(search: string): string {
  const query = new URLSearchParams(search)
  query.delete("q")
  return query.size > 0 ? `?${query}` : ""
}

/** Appends the text to what is already written, unless it ends with it. */
export const joined = (written: string, asked: string): string =>
  written.endsWith(asked) ? written : [written, asked].filter(Boolean).join("\n\n")
