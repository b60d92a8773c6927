import { expect, test } from "vitest"
import { againModels, otherWays } from "@/components/models/again-models"
import type { ModelInfo } from "@/lib/models/model.types"

const model = (id: string, more: Partial<ModelInfo> = {}): ModelInfo => ({
  ...{ id, name: id, upstream: "fireworks", contextTokens: null, outputTokens: null, images: false, tools: true },
  ...{ efforts: null, price: null, retired: false, successor: null, deprecation: null, ...more },
})
const ways = [
  { kind: "standard" as const, id: "a", price: null },
  { kind: "fast" as const, id: "a-fast", price: null },
]
const models = [
  model("a", { ways }),
  model("b", { images: true }),
  model("c", { images: true, imagesGuessed: true }),
  model("d"),
  model("gone", { retired: true }),
  model("mine", { own: { kind: "deployment", state: "ready" } }),
]
const ids = (more: object) =>
  againModels({
    ...{ models, current: "a", answered: "a", favorites: [], recent: [], images: false },
    ...more,
  }).map(({ id }) => id)

test("the answer's own model comes first, then favorites, then recently used ones, without duplicates or removed models", () => {
  expect(ids({ answered: "d", favorites: ["c", "gone", "a-fast"], recent: ["d", "a", "c", "b"] })).toEqual([
    ...["d", "c", "a-fast", "b"],
  ])
})

test("without any history, the first models of the list are offered, up to a limit", () => {
  expect(ids({})).toEqual(["b", "c", "d"])
  expect(ids({ favorites: ["mine"] })).toEqual(["mine", "b", "c"])
  const many = Array.from({ length: 20 }, (_, n) => model(`m${n}`))
  expect(ids({ models: many, favorites: many.map(({ id }) => id) })).toHaveLength(6)
})

test("for an image, only models that support or may support vision are offered", () => {
  expect(ids({ favorites: ["d"], images: true })).toEqual(["b", "c"])
})

test("the alternative serving options of a model exclude the current one", () => {
  expect(otherWays(models, "a").map(({ id }) => id)).toEqual(["a-fast"])
  expect(otherWays(models, "a-fast").map(({ id }) => id)).toEqual(["a"])
  expect(otherWays(models, "b")).toEqual([])
})
