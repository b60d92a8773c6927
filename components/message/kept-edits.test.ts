import { beforeEach, expect, test, vi } from "vitest"
import { dropEdit, forgetEdits, keepEdit, keptEdit } from "@/components/message/kept-edits"

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
  keepEdit(edit("a"), true)
  keepEdit(edit("b"), true)
  keepEdit({ ...edit("a"), text: "again" }, true)
  expect(keptEdit("a", true)).toEqual({ text: "again", attached: [] })
  dropEdit("a", true)
  expect(keptEdit("a", true)).toBeNull()
  expect(keptEdit("b", true)?.text).toBe("of b")
})

test("edits of a deleted conversation are removed", () => {
  keepEdit(edit("a", "gone"), true)
  keepEdit(edit("b"), true)
  forgetEdits("gone")
  expect([keptEdit("a", true), keptEdit("b", true)?.text]).toEqual([null, "of b"])
})

test("edits in a temporary conversation do not outlive the page", () => {
  keepEdit(edit("a"), false)
  expect(keptEdit("a", false)?.text).toBe("of a")
  expect(stored.size).toBe(0)
})

test("data in another version's format is ignored", () => {
  stored.set("sparkler:edits", '[{"message":"a"},5]')
  expect(keptEdit("a", true)).toBeNull()
})
