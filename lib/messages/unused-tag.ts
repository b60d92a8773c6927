/**
 * The first tag of this word and a number that occurs in none of the texts, so that nothing in them can close the
 * quotation.
 */
export function unusedTag(word: string, ...texts: string[]): string {
  const used = new Set(
    texts.flatMap((text) =>
      Array.from(text.matchAll(new RegExp(`${word}-(\\d+)`, "gi")), ([, number]) => Number(number)),
    ),
  )
  let number = 1
  while (used.has(number)) number++
  return `${word}-${number}`
}
