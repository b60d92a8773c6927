import { expect, test } from "vitest"
import { blocksAround } from "@/components/message/markdown/text/blocks-around"

const piece = (text: string, part: string) => {
  const start = text.indexOf(part)
  const [from, to] = blocksAround(text, start, start + part.length)
  return text.slice(from, to).trim()
}

test.each([
  ["a paragraph", "One.\n\nTwo is here.\n\nThree.", "is", "Two is here."],
  ["two paragraphs", "One.\n\nTwo.\n\nThree.", "Two.\n\nThree", "Two.\n\nThree."],
  ["a whole list, with its introduction", "One.\n\n- a\n- b\n\n- c\n\nThree.", "b", "One.\n\n- a\n- b\n\n- c"],
  ["a block of code with its blank lines", "One.\n\n```js\na\n\nb\n```\n\nThree.", "b", "```js\na\n\nb\n```"],
  ["the first", "One.\n\nTwo.", "One", "One."],
  ["all of it", "One.", "One", "One."],
])("%s", (_, text, part, blocks) => expect(piece(text, part)).toBe(blocks))
