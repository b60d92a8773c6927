/** Names of files that every system takes. */

/** Characters of a title that go into a file's name. */
const MOST = 80
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?: *\.|$)/i

/** A title as a part of a file's name: no path, no control character, nothing that Windows refuses. */
export function safeName(title: string, otherwise: string): string {
  const plain = title
    .toWellFormed()
    .normalize("NFC")
    // What turns the direction of reading could hide a file's ending.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]+/gu, " ")
    .replace(/\s+/g, " ")
  const cut = [...plain.trim()]
    .slice(0, MOST)
    .join("")
    .replace(/^[. ]+|[. ]+$/g, "")
  return cut && !RESERVED.test(cut) ? cut : otherwise
}

/** The same name is given once: further ones are numbered, whatever the case of their letters. */
export function uniqueNames(): (stem: string) => string {
  const given = new Map<string, number>()
  return (stem) => {
    const key = stem.toLowerCase()
    let count = (given.get(key) ?? 0) + 1
    // Another one may be called as this one would be with its number.
    while (count > 1 && given.has(`${key} (${count})`)) count++
    given.set(key, count)
    if (count === 1) return stem
    given.set(`${key} (${count})`, 1)
    return `${stem} (${count})`
  }
}
