/** The beginning of a text, at most `most` UTF-16 units. Never splits a character; it is left out instead. */
export const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, "")
