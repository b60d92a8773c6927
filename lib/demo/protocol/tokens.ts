/** A space and up to six letters, or one other character. */
const TOKEN = /\s*(?:[\p{L}\p{N}\p{M}]{1,6}|[^\s\p{L}\p{N}\p{M}])|\s+/gu

/** Small pieces of text, about the size of a real model's tokens; joined they equal the text. */
export const toTokens = (text: string): string[] => text.match(TOKEN) ?? []

/** How many tokens `toTokens` returns, without creating them: a prompt can have 400,000. */
export function countTokens(text: string): number {
  let count = 0
  TOKEN.lastIndex = 0
  while (TOKEN.test(text)) count++
  return count
}
