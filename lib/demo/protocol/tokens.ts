/** Small pieces of text, about as large as a real model's tokens; joined again they are the text. */
export function toTokens(text: string): string[] {
  return text.match(/\s*(?:[\p{L}\p{N}\p{M}]{1,6}|[^\s\p{L}\p{N}\p{M}])|\s+/gu) ?? []
}

export const countTokens = (text: string): number => toTokens(text).length
