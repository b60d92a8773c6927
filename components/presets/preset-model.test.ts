import { expect, test } from "vitest"
import { presetModel } from "@/components/presets/preset-model"
import type { ModelInfo } from "@/lib/ai/model.types"

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

test("a preset's model is chosen while it is offered", () => {
  expect(presetModel("a", models)).toMatchObject({ id: "a", problem: null })
  expect(presetModel(null, models)).toMatchObject({ id: null, problem: null })
})

test("a retired model's successor stands in for it, by name", () => {
  expect(presetModel("old", models)).toEqual({ id: "a", problem: "retired", name: "OLD", successor: "A" })
})

test("a model that nobody has leaves the chosen one, and is named", () => {
  expect(presetModel("last", models)).toMatchObject({ id: null, problem: "gone", name: "LAST" })
  expect(presetModel("accounts/x/models/lost", models)).toMatchObject({ id: null, problem: "gone", name: "lost" })
})
