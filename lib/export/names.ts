/** File names that are valid on every system. */

/** Maximum characters of a title in a file name. */
const MOST = 80
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?: *\.|$)/i

/** A title as part of a file name: no path, no control characters, nothing that Windows rejects. */
export function safeName(title: string, otherwise: string): string {
  const plain = title
    .toWellFormed()
    .normalize("NFC")
    // Characters that change the writing direction could disguise a file extension.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]+/gu, " ")
    .replace(/\s+/g, " ")
  const cut = [...plain.trim()]
    .slice(0, MOST)
    .join("")
    .replace(/^[. ]+|[. ]+$/g, "")
  return cut && !RESERVED.test(cut) ? cut : otherwise
}

/** Returns each name only once: repeated ones get a number. Ignores case. */
export function uniqueNames(): (stem: string) => string {
  const given = new Map<string, number>()
  return (stem) => {
    const key = stem.toLowerCase()
    let count = (given.get(key) ?? 0) + 1
    // Another name may already equal this one with its number.
    while (count > 1 && given.has(`${key} (${count})`)) count++
    given.set(key, count)
    if (count === 1) return stem
    given.set(`${key} (${count})`, 1)
    return `${stem} (${count})`
  }
}
