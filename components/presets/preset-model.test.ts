import { expect, test } from "vitest"
import { isModelAvailable, presetModel } from "@/components/presets/preset-model"
import type { ModelInfo } from "@/lib/models/model.types"

const model = (id: string, change: Partial<ModelInfo> = {}): ModelInfo => ({
  id,
  name: id.toUpperCase(),
  upstream: "fireworks",
  contextTokens: null,
  images: false,
  tools: true,
  efforts: [],
  outputTokens: null,
  deprecation: null,
  price: null,
  retired: false,
  successor: null,
  ...change,
})
const models = [
  model("a"),
  model("old", { retired: true, successor: "a" }),
  model("last", { retired: true, successor: "older" }),
]

test("a preset's model is selected while it is offered", () => {
  expect(presetModel("a", models)).toMatchObject({ id: "a", problem: null })
  expect(presetModel(null, models)).toMatchObject({ id: null, problem: null })
})

test("a retired model is replaced by its successor, by name", () => {
  expect(presetModel("old", models)).toEqual({ id: "a", problem: "retired", name: "OLD", successor: "A" })
})

test("an unavailable model keeps the current selection, and is named", () => {
  expect(presetModel("last", models)).toMatchObject({ id: null, problem: "gone", name: "LAST" })
  expect(presetModel("a", [model("a", { missing: true })])).toMatchObject({ id: null, problem: "gone", name: "A" })
  const demo = [model("sparkler-demo", { upstream: "demo" })]
  expect(presetModel("accounts/x/models/lost", demo)).toMatchObject({ id: null, problem: "gone", name: "lost" })
  expect(presetModel("sparkler-demo", models)).toMatchObject({ id: null, problem: "gone" })
})

test("an unlisted model is selected: its server decides", () => {
  const id = "accounts/x/deployments/d"
  expect(presetModel(id, models)).toEqual({ id, problem: null, name: "d", successor: "" })
})

test("a serving option is selected as it is", () => {
  const ways = [{ kind: "fast" as const, id: "routers/a-fast", price: null }]
  expect(presetModel("routers/a-fast", [model("a", { ways })])).toMatchObject({ id: "routers/a-fast", problem: null })
})

test("a previous model is used again if it is still available", () => {
  expect(isModelAvailable(models, "a")).toBe(true)
  expect(isModelAvailable(models, "old")).toBe(false)
})
