/** What an address asks to be written: `/?q=hello`. Pure. */

/** Characters that nobody types: all controls but tabs and line ends. */
const CONTROLS = /[^\P{Cc}\t\n]/gu

/** The text of a query string, the first of several; empty when there is none. */
export const askedText = (search: string): string =>
  (new URLSearchParams(search).get("q") ?? "").replaceAll("\r\n", "\n").replaceAll(CONTROLS, "").trim()

/** The query string without it: what is in the composer must not be written there again by a reload. */
export function withoutAsked(search: string): string {
  const query = new URLSearchParams(search)
  query.delete("q")
  return query.size > 0 ? `?${query}` : ""
}

/** The text behind what is written already, unless it is that. */
export const joined = (written: string, asked: string): string =>
  written.endsWith(asked) ? written : [written, asked].filter(Boolean).join("\n\n")
