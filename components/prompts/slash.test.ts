import { expect, test } from "vitest"
import { offered, type SlashItem, slashQuery, toCommandName } from "@/components/prompts/slash"

test("a slash opens the list only when the text is just a slash and a command", () => {
  expect(["/", "/tr", "/größe-2"].map(slashQuery)).toEqual(["", "tr", "größe-2"])
  expect(["", "x /tr", "/tr me", "/usr/bin", "/a\n", " /a", "//"].map(slashQuery)).toEqual(Array(7).fill(null))
})

test("a name is converted to a typeable command", () => {
  expect(["Terse answers!", "  Übersetzer (DE)", "a_b"].map(toCommandName)).toEqual([
    "terse-answers",
    "übersetzer-de",
    "a_b",
  ])
})

test("prefix matches come before substring matches", () => {
  const item = (command: string, label: string): SlashItem => ({ id: command, command, label, kind: "prompt" })
  const items = [item("review", "Look for new bugs"), item("new", "New chat"), item("newsletter", "Write one")]
  expect(offered(items, "NEW").map(({ command }) => command)).toEqual(["new", "newsletter", "review"])
  expect(offered(items, "zzz")).toEqual([])
})

test("an exact match comes first, before other prefix matches", () => {
  const item = (command: string): SlashItem => ({ id: command, command, label: "", kind: "prompt" })
  expect(offered([item("newsletter"), item("new")], "new").map(({ command }) => command)).toEqual(["new", "newsletter"])
})

test("models and presets are selected by multi-word names after their command", () => {
  expect(["/model ", "/model kimi k3", "/Preset terse"].map(slashQuery)).toEqual([
    "model ",
    "model kimi k3",
    "Preset terse",
  ])
  expect(slashQuery("/model kimi\nwrites")).toBeNull()
  const items: SlashItem[] = [
    { id: "1", command: "model", label: "Choose a model", kind: "command" },
    { id: "2", command: "model Kimi K3", label: "x/kimi-k3", kind: "model" },
    { id: "3", command: "terse", label: "Use preset “Terse”", kind: "preset" },
  ]
  const ids = (query: string) => offered(items, query).map(({ id }) => id)
  expect(ids("")).toEqual(["1", "3"])
  expect(ids("model k3 kimi")).toEqual(["2"])
  expect(ids("Preset ")).toEqual(["3"])
})
