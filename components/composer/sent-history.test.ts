import { describe, expect, it } from "vitest"
import { entriesOf, type Field, step, type Walk } from "@/components/composer/sent-history"
import { removeSentTexts, saveSentText, sentTexts } from "@/components/composer/sent-texts"

const at = (value: string, start: number, end = start): Field => ({ value, start, end })

/** A field that receives key presses. */
function open(entries: string[]) {
  let walk: Walk | null = null
  let field = at("", 0)
  return {
    press: (key: "ArrowUp" | "ArrowDown" | "Escape") => {
      const next = step(walk, key, field, () => entries)
      if (!next) return "its own"
      walk = next.walk
      const caret = next.caret === "start" ? 0 : next.text.length
      field = at(next.text, caret)
      return next.text
    },
    type: (value: string, caret = value.length) => {
      field = at(value, caret)
    },
    select: (start: number, end: number) => {
      field = { ...field, start, end }
    },
    walking: () => walk !== null,
  }
}

describe("sent message history", () => {
  it("moves back with ↑ and forward with ↓, ending at the empty field", () => {
    const { press, walking } = open(["newest", "older", "oldest"])
    expect([press("ArrowUp"), press("ArrowUp"), press("ArrowUp")]).toEqual(["newest", "older", "oldest"])
    expect(press("ArrowUp")).toBe("oldest")
    expect([press("ArrowDown"), press("ArrowDown"), press("ArrowDown")]).toEqual(["older", "newest", ""])
    expect(walking()).toBe(false)
    expect(press("ArrowDown")).toBe("its own")
  })

  it("does not start in a non-empty field or without history", () => {
    const { press, type } = open(["sent"])
    type("half a thought", 0)
    expect(press("ArrowUp")).toBe("its own")
    expect(open([]).press("ArrowUp")).toBe("its own")
    expect(open(["sent"]).press("ArrowDown")).toBe("its own")
  })

  it("leaves ↑ and ↓ to caret movement in multi-line text", () => {
    const { press, select } = open(["one\ntwo", "older"])
    press("ArrowUp")
    expect(press("ArrowDown")).toBe("its own")
    select(5, 5)
    expect(press("ArrowUp")).toBe("its own")
    select(2, 2)
    expect(press("ArrowUp")).toBe("its own")
    select(0, 3)
    expect(press("ArrowUp")).toBe("its own")
    select(0, 0)
    expect(press("ArrowUp")).toBe("older")
  })

  it("keeps edited entries while navigating", () => {
    const { press, type } = open(["newest", "older"])
    press("ArrowUp")
    type("newest, changed", 0)
    expect([press("ArrowUp"), press("ArrowDown")]).toEqual(["older", "newest, changed"])
  })

  it("restarts once the field is empty", () => {
    const { press, type } = open(["newest", "older"])
    press("ArrowUp")
    press("ArrowUp")
    type("")
    expect(press("ArrowDown")).toBe("its own")
    expect(press("ArrowUp")).toBe("newest")
  })

  it("does not navigate away from edited text", () => {
    const { press, type } = open(["newest", "older"])
    press("ArrowUp")
    type("something else")
    expect(press("ArrowDown")).toBe("its own")
  })

  it("ends with Escape: a recalled text is removed, an edited one stays", () => {
    const first = open(["sent"])
    first.press("ArrowUp")
    expect(first.press("Escape")).toBe("")
    expect(first.press("Escape")).toBe("its own")
    const second = open(["sent"])
    second.press("ArrowUp")
    second.type("sent again")
    expect(second.press("Escape")).toBe("sent again")
    expect(second.walking()).toBe(false)
  })

  it("lists each text once, this conversation's first", () => {
    expect(entriesOf(["one", "two", " ", "one"], ["three", "two"])).toEqual(["one", "two", "three"])
  })
})

describe("history stored in this browser", () => {
  const memory = () => {
    const items = new Map<string, string>()
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => Boolean(items.set(key, value)),
    }
  }
  const texts = (storage: ReturnType<typeof memory>) => sentTexts(storage).map(({ text }) => text)

  it("is kept newest first, without duplicates, at most fifty, no long ones", () => {
    const storage = memory()
    for (let n = 0; n < 60; n++) saveSentText(storage, { id: "c", text: `text ${n}` })
    saveSentText(storage, { id: "c", text: "text 30" })
    saveSentText(storage, { id: "c", text: "x".repeat(4_001) })
    saveSentText(storage, { id: "c", text: "  " })
    expect(texts(storage)).toHaveLength(50)
    expect(texts(storage).slice(0, 2)).toEqual(["text 30", "text 59"])
  })

  it("is deleted with its conversation", () => {
    const storage = memory()
    saveSentText(storage, { id: "a", text: "one" })
    saveSentText(storage, { id: "b", text: "two" })
    removeSentTexts(storage, "a")
    expect(texts(storage)).toEqual(["two"])
  })

  it("is empty when stored data is corrupt", () => {
    const storage = memory()
    storage.setItem("sparkler:sent", '[{"id": 1}, 5, {"id": "a", "text": "kept"}]')
    expect(texts(storage)).toEqual(["kept"])
    storage.setItem("sparkler:sent", "{")
    expect(texts(storage)).toEqual([])
  })
})
