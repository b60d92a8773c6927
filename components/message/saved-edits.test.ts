import { beforeEach, expect, test, vi } from "vitest"
import { discardEdit, removeEdits, savedEdit, saveEdit } from "@/components/message/saved-edits"

const stored = new Map<string, string>()
const storage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
}
beforeEach(() => {
  stored.clear()
  vi.stubGlobal("window", { localStorage: storage })
})

const edit = (message: string, conversation = "c") => ({ conversation, message, text: `of ${message}`, attached: [] })

test("an edit is kept with its message until it is sent or canceled", () => {
  saveEdit(edit("a"), true)
  saveEdit(edit("b"), true)
  saveEdit({ ...edit("a"), text: "again" }, true)
  expect(savedEdit("a", true)).toEqual({ text: "again", attached: [] })
  discardEdit("a", true)
  expect(savedEdit("a", true)).toBeNull()
  expect(savedEdit("b", true)?.text).toBe("of b")
})

test("edits of a deleted conversation are removed", () => {
  saveEdit(edit("a", "gone"), true)
  saveEdit(edit("b"), true)
  removeEdits("gone")
  expect([savedEdit("a", true), savedEdit("b", true)?.text]).toEqual([null, "of b"])
})

test("edits in a temporary conversation do not outlive the page", () => {
  saveEdit(edit("a"), false)
  expect(savedEdit("a", false)?.text).toBe("of a")
  expect(stored.size).toBe(0)
})

test("data in another version's format is ignored", () => {
  stored.set("sparkler:edits", '[{"message":"a"},5]')
  expect(savedEdit("a", true)).toBeNull()
})
