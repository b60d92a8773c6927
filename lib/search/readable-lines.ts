/** The signs at the beginning of Markdown's lines, and those of tables. */

/** Headings, quotes, points of lists with their boxes. Numbers are words. */
const BEGINNING = /^[ \t]*(?:(?:>|[-*+](?=[ \t])|#{1,6}(?=[ \t]))[ \t]*){1,12}(?:\[[ xX]\][ \t]+)?/
/** Lines of signs only: rules, what underlines a heading or the head of a table. */
const RULE = /^[ \t>]*[-=*_|:+][-=*_|:+ \t]*$/

/** A part of a text that is no code, line by line. A table's cells are parted by dots. */
export const cellsAsWords = (text: string): string =>
  text
    .split("\n")
    .map((line) => {
      if (RULE.test(line)) return ""
      const words = line.replace(BEGINNING, "")
      return words.startsWith("|") || /^[ \t]*\|/.test(line) ? cells(words) : words
    })
    .join("\n")

const cells = (row: string) =>
  row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "")
    .join(" · ")
