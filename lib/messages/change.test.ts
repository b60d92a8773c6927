import { expect, test } from "vitest"
import { acceptedChange, changeOf, newPartOf, openChange, settleChange } from "@/lib/messages/change"
import type { StoredChange } from "@/lib/messages/change.types"
import type { ChatMessage } from "@/lib/messages/types"

type Parts = ChatMessage["parts"]
const text = (words: string): Parts[number] => ({ type: "text", text: words })
const change: StoredChange = {
  of: "01900000-0000-7000-8000-000000000001",
  text: 1,
  start: 4,
  old: "two",
  wish: "in figures",
  state: "asked",
  length: 0,
}
const mark = (data: StoredChange): Parts[number] => ({ type: "data-change", id: "change", data })
const before: Parts = [text("zero"), { type: "step-start" }, text("one two three")]
const words = (parts: Parts) => parts.flatMap((part) => (part.type === "text" ? [part.text] : []))

test("a complete change replaces the part, and nothing else", () => {
  const settled = settleChange([...before, mark(change), { type: "step-start" }, text("“2”")], true)
  expect(words(settled)).toEqual(["zero", "one 2 three"])
  expect(openChange(settled)).toMatchObject({ state: "open", length: 1, old: "two" })
  expect(newPartOf(settled, changeOf(settled) ?? change)).toBe("2")
})

test.each([
  ["stopped", [text("tw")], false, "tw"],
  ["failed before a word", [], false, ""],
  ["complete without a word", [text(" ")], true, " "],
])("a change that is %s leaves the answer unchanged and loses nothing", (_, came, whole, begun) => {
  const settled = settleChange([...before, mark(change), ...came], whole)
  expect(words(settled)).toEqual(["zero", "one two three"])
  expect(changeOf(settled)).toMatchObject({ state: "open", length: 3, begun })
})

test("a settled change, or no change, stays the same, and an accepted one is no longer open", () => {
  expect(settleChange(before, true)).toBe(before)
  const settled = settleChange([...before, mark(change), text("2")], true)
  expect(settleChange(settled, true)).toBe(settled)
  const taken = acceptedChange(settled)
  expect(openChange(taken)).toBeNull()
  expect(changeOf(taken)?.wish).toBe("in figures")
})

test("while streaming, the new part is the text after the answer", () => {
  const parts = [...before, mark(change), { type: "reasoning" as const, text: "hm" }, text("2 an"), text("d more")]
  expect(newPartOf(parts, change)).toBe("2 and more")
})
