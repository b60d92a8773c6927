/** Markdown syntax at the beginning of lines, and in tables. */

/** Headings, quotes, list items with checkboxes. Numbers are kept as words. */
const BEGINNING = /^[ \t]*(?:(?:>|[-*+](?=[ \t])|#{1,6}(?=[ \t]))[ \t]*){1,12}(?:\[[ xX]\][ \t]+)?/
/** Lines of syntax only: rules, and underlines of headings or table headers. */
const RULE = /^[ \t>]*[-=*_|:+][-=*_|:+ \t]*$/

/** A part of a text that isn't code, line by line. Table cells are separated by dots. */
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
