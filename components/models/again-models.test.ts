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

test("the answer's own model comes first, then favorites, then what was used, each once and none that is gone", () => {
  expect(ids({ answered: "d", favorites: ["c", "gone", "a-fast"], recent: ["d", "a", "c", "b"] })).toEqual([
    ...["d", "c", "a-fast", "b"],
  ])
})

test("where nothing is known, the first of the list are offered, and of many only some", () => {
  expect(ids({})).toEqual(["b", "c", "d"])
  expect(ids({ favorites: ["mine"] })).toEqual(["mine", "b", "c"])
  const many = Array.from({ length: 20 }, (_, n) => model(`m${n}`))
  expect(ids({ models: many, favorites: many.map(({ id }) => id) })).toHaveLength(6)
})

test("for an image only those are offered that see, or may", () => {
  expect(ids({ favorites: ["d"], images: true })).toEqual(["b", "c"])
})

test("the other ways of a model are those that it is not asked by", () => {
  expect(otherWays(models, "a").map(({ id }) => id)).toEqual(["a-fast"])
  expect(otherWays(models, "a-fast").map(({ id }) => id)).toEqual(["a"])
  expect(otherWays(models, "b")).toEqual([])
})
