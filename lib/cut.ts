/** The beginning of a text, `most` UTF-16 units at most; a character that would be cut in two is left out. */
export const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, "")
