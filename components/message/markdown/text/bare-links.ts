/** Bare URLs in Chinese and Japanese text: GFM would include the rest of the sentence in the link. */

const PUNCTUATION = String.raw`\u3000-\u303f\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65‘’“”…—·`
const LETTER = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f]/
const LONGEST = 2_000
const ADDRESS = new RegExp(String.raw`(?:https?:\/\/|www\.)[^\s<>${"`"}"|${PUNCTUATION}]{0,${LONGEST}}`, "iy")
const BEHIND = new RegExp(`[${PUNCTUATION}]`)

/**
 * Where the part starting with the address at `at` ends, and its replacement: in angle brackets if the text after it
 * would be included. Letters of these scripts belong to an address after URL punctuation (`/wiki/東京`), but not after a
 * Latin letter (`/a然后`).
 */
export function delimitBareUrl(text: string, at: number): [end: number, made: string] {
  ADDRESS.lastIndex = at
  const [found = ""] = ADDRESS.exec(text) ?? []
  const end = endOf(found)
  const whole: [number, string] = [at + found.length, found]
  const next = text.charAt(at + found.length)
  if ((end === found.length && !BEHIND.test(next)) || /(?:\]\(|[<"'=`/[])$/.test(text.slice(Math.max(0, at - 2), at)))
    return whole
  const address = withoutEnd(found.slice(0, end))
  if (!/^(?:https?:\/\/|www\.)./i.test(address)) return whole
  return [at + address.length, /^w/i.test(address) ? `[${address}](http://${address})` : `<${address}>`]
}

function endOf(address: string): number {
  for (let at = 0; at < address.length; at++) {
    if (LETTER.test(address.charAt(at)) && /[A-Za-z0-9]/.test(address.charAt(at - 1))) return at
  }
  return address.length
}

/** The address without sentence-ending punctuation, or a bracket opened before it. */
function withoutEnd(address: string): string {
  const bare = address.replace(/[?!.,:;*_~'"\]]+$/, "")
  const unbalanced = bare.endsWith(")") && bare.split(")").length > bare.split("(").length
  return unbalanced ? withoutEnd(bare.slice(0, -1)) : bare
}
