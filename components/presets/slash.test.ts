import { expect, test } from "vitest"
import { commandOf, offered, type SlashItem, slashQuery } from "@/components/presets/slash"

test("a slash opens the list only while it and a command are all that is written", () => {
  expect(["/", "/tr", "/größe-2"].map(slashQuery)).toEqual(["", "tr", "größe-2"])
  expect(["", "x /tr", "/tr me", "/usr/bin", "/a\n", " /a", "//"].map(slashQuery)).toEqual(Array(7).fill(null))
})

test("a name becomes a command that can be typed", () => {
  expect(["Terse answers!", "  Übersetzer (DE)", "a_b"].map(commandOf)).toEqual([
    "terse-answers",
    "übersetzer-de",
    "a_b",
  ])
})

test("what begins so comes before what holds it", () => {
  const item = (command: string, label: string): SlashItem => ({ id: command, command, label, kind: "prompt" })
  const items = [item("review", "Look for new bugs"), item("new", "New chat"), item("newsletter", "Write one")]
  expect(offered(items, "NEW").map(({ command }) => command)).toEqual(["new", "newsletter", "review"])
  expect(offered(items, "zzz")).toEqual([])
})
