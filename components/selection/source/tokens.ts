/** Words of a text and their positions; in scripts without spaces each character is one. Pure. */

export interface Token {
  text: string
  from: number
  to: number
}

const TOKEN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{N}\p{M}])+/gu

export const tokensOf = (text: string, from = 0, to = text.length): Token[] =>
  [...text.slice(from, to).matchAll(TOKEN)].map(({ 0: word, index }) => ({
    text: word,
    from: from + index,
    to: from + index + word.length,
  }))
