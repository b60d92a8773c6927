/** A space and up to six letters or one other sign. */
const TOKEN = /\s*(?:[\p{L}\p{N}\p{M}]{1,6}|[^\s\p{L}\p{N}\p{M}])|\s+/gu

/** Small pieces of text, about as large as a real model's tokens; joined again they are the text. */
export const toTokens = (text: string): string[] => text.match(TOKEN) ?? []

/** How many `toTokens` makes. Counted without making them: a prompt can be 400,000 of them. */
export function countTokens(text: string): number {
  let count = 0
  TOKEN.lastIndex = 0
  while (TOKEN.test(text)) count++
  return count
}
