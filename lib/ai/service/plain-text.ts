/** Converts HTML from services to plain text: `<strong>` in search hits, entities. */

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", hellip: "…" }

/** Without tags, entities decoded, whitespace collapsed; at most `most` characters. */
export function plainText(html: string, most: number): string {
  const text = html
    .slice(0, most * 8)
    .replace(/<[^<>]{0,1000}>/g, "")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
      if (name) return ENTITIES[String(name).toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
    .replace(/\s+/g, " ")
    .trim()
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text
}
