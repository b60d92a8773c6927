import { describe, expect, it, test } from "vitest"
import {
  answeringModel,
  choosable,
  firstPicked,
  idOfRow,
  nextByLetter,
  offeredModels,
  pickWay,
  togglePicked,
} from "@/components/models/model-choice"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"

const model = (id: string, name: string): ModelInfo => ({
  id,
  name,
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
})
const models = [model("a/kimi-k3", "Kimi K3"), model("a/glm-5", "GLM 5"), model("b/kimi-mini", "Kimi Mini")]
const names = (found: ModelInfo[]) => found.map(({ name }) => name)

describe("model that answers for a selection", () => {
  const offering = (kind: ModelsResponse["notice"]["kind"], ...offered: ModelInfo[]): ModelsResponse => ({
    models: offered,
    default: offered[0]?.id ?? "",
    ...{ uploads: true, shares: true },
    tools: [],
    messageChars: 1,
    outputTokens: null,
    notice: { kind, text: "", host: null },
  })
  const demo = model("sparkler-demo", "Sparkler demo")

  it("is the selected model, even when no list has it", () => {
    expect(answeringModel("a/glm-5", offering("fireworks", ...models))).toBe("a/glm-5")
    expect(answeringModel("routers/anything", offering("fireworks", ...models))).toBe("routers/anything")
  })

  it("replaces the demo model with a real one once there is a key, and falls back to the demo model when the key is removed", () => {
    expect(answeringModel("sparkler-demo", offering("fireworks", ...models))).toBe("a/kimi-k3")
    expect(answeringModel("a/glm-5", offering("demo", demo))).toBe("sparkler-demo")
    expect(answeringModel("sparkler-demo", offering("demo", demo))).toBe("sparkler-demo")
  })
})

describe("offered models", () => {
  it("match all search words in name or id, case-insensitively", () => {
    expect(names(offeredModels(models, "KIMI", []))).toEqual(["Kimi K3", "Kimi Mini"])
    expect(names(offeredModels(models, "mini b/", []))).toEqual(["Kimi Mini"])
    expect(offeredModels(models, "gpt", [])).toEqual([])
    expect(offeredModels(models, "  ", [])).toEqual(models)
  })

  it("start with the favorites", () => {
    expect(names(offeredModels(models, "", ["b/kimi-mini"]))).toEqual(["Kimi Mini", "Kimi K3", "GLM 5"])
  })
})

describe("unlisted ids", () => {
  const ids = (found: ModelInfo[]) => found.map(({ id }) => id)

  it("can be selected if they are paths", () => {
    expect(ids(offeredModels(models, " accounts/me/deployments/d ", []))).toEqual(["accounts/me/deployments/d"])
    expect(ids(offeredModels(models, "a/kimi", []))).toEqual(["a/kimi-k3", "a/kimi"])
    expect(ids(offeredModels(models, "a/kimi-k3", []))).toEqual(["a/kimi-k3"])
    expect(offeredModels(models, "two words/x", [])).toEqual([])
  })

  it("can be single words for other servers, and are not offered for the demo model", () => {
    const local = models.map((one): ModelInfo => ({ ...one, upstream: "ollama" }))
    expect(ids(offeredModels(local, "llama3.1:8b", []))).toEqual(["llama3.1:8b"])
    expect(ids(offeredModels(local, "Kimi", []))).toEqual(["a/kimi-k3", "b/kimi-mini"])
    const demo = models.map((one): ModelInfo => ({ ...one, upstream: "demo" }))
    expect(offeredModels(demo, "some/model", [])).toEqual([])
  })
})

describe("the account's own models, and serving options", () => {
  const own: ModelInfo = { ...model("me/d", "Mine"), own: { kind: "deployment", state: "ready" } }
  const ways = [
    { kind: "standard" as const, id: "a/glm-5", price: null },
    { kind: "fast" as const, id: "r/glm-5-fast", price: { input: 1, cachedInput: 1, output: 1 } },
  ]
  const all = [own, ...models.map((one) => (one.id === "a/glm-5" ? { ...one, ways } : one))]

  it("the account's own models come last, and a favorite option is listed next to its model", () => {
    expect(names(offeredModels(all, "", []))).toEqual(["Kimi K3", "GLM 5", "Kimi Mini", "Mine"])
    const [first, ...rest] = offeredModels(all, "", ["r/glm-5-fast", "gone"])
    expect(first).toMatchObject({ id: "r/glm-5-fast", way: "fast", price: { input: 1 } })
    expect(names(rest)).toEqual(["Kimi K3", "GLM 5", "Kimi Mini", "Mine"])
  })

  it("an option is selected through its model's row, unless it has a row of its own", () => {
    const [row = own] = all.filter(({ id }) => id === "a/glm-5")
    expect(idOfRow(["a/kimi-k3", "r/glm-5-fast"], row, all, [])).toBe("r/glm-5-fast")
    expect(idOfRow(["r/glm-5-fast"], row, all, ["r/glm-5-fast"])).toBeUndefined()
    const [favorite = own] = offeredModels(all, "", ["r/glm-5-fast"])
    expect(idOfRow(["r/glm-5-fast"], favorite, all, ["r/glm-5-fast"])).toBe("r/glm-5-fast")
    expect(idOfRow(["a/kimi-k3"], row, all, [])).toBeUndefined()
  })
})

test("a model missing on its server stays selectable, a retired one only where it is in use", () => {
  const [first, second, third] = models
  if (!first || !second || !third) throw new Error("there are three")
  const all = [{ ...first, missing: true as const }, { ...second, retired: true }, third]
  expect(choosable(all, undefined)).toEqual([all[0], third])
  expect(choosable(all, second.id)).toEqual(all)
})

describe("keys", () => {
  it("letters jump to the next model starting with that letter, wrapping around", () => {
    expect(nextByLetter("k", 0, models)).toBe(models[2])
    expect(nextByLetter("k", 2, models)).toBe(models[0])
    expect(nextByLetter("x", 0, models)).toBeUndefined()
    expect(nextByLetter(" ", 0, models)).toBeUndefined()
    expect(nextByLetter("Shift", 0, models)).toBeUndefined()
  })
})

describe("models to compare", () => {
  it("default to those of the last comparison, or to the current model", () => {
    expect(firstPicked(["a/glm-5", "b/kimi-mini", "gone"], models, "a/kimi-k3")).toEqual(["a/glm-5", "b/kimi-mini"])
    expect(firstPicked(["a/glm-5", "gone"], models, "a/kimi-k3")).toEqual(["a/kimi-k3"])
  })

  it("can be added and removed, up to the comparison limit", () => {
    expect(togglePicked(["a"], "b", 2)).toEqual(["a", "b"])
    expect(togglePicked(["a", "b"], "c", 2)).toEqual(["a", "b"])
    expect(togglePicked(["a", "b"], "a", 2)).toEqual(["b"])
  })

  it("each have their own serving option", () => {
    expect(pickWay(["a", "b"], "a", "a-fast", 2)).toEqual(["a-fast", "b"])
    expect(pickWay(["a"], undefined, "b-fast", 2)).toEqual(["a", "b-fast"])
    expect(pickWay(["a", "b"], undefined, "c-fast", 2)).toEqual(["a", "b"])
    expect(pickWay(["a", "a-fast"], "a", "a-fast", 2)).toEqual(["a", "a-fast"])
  })
})
