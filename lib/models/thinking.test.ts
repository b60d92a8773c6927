import { expect, test } from "vitest"
import { KNOWN_MODELS } from "@/lib/models/catalogue.data"
import { EFFORTS, effortFor, levelsOf } from "@/lib/models/thinking"

test("a level is sent as the model's own word for it", () => {
  expect(effortFor(["none", "low", "medium", "high", "max"], "off")).toBe("none")
  expect(effortFor(["none", "low", "medium", "xhigh"], "max")).toBe("xhigh")
})

test("an unsupported level becomes the nearest one, preferring the stronger", () => {
  expect(effortFor(["high", "max"], "off")).toBe("high")
  expect(effortFor(["low", "high", "max"], "off")).toBe("low")
  expect(effortFor(["low", "high", "max"], "medium")).toBe("high")
  expect(effortFor(["low", "medium", "high"], "max")).toBe("high")
})

test("a model without reasoning is sent no effort; an unknown model gets the common values", () => {
  expect(effortFor([], "high")).toBeUndefined()
  expect(effortFor(null, "off")).toBe("none")
  expect(effortFor(null, "max")).toBe("high")
})

test("the offered levels are the model's levels", () => {
  expect(levelsOf(["high", "max"])).toEqual(["high", "max"])
  expect(levelsOf(["none", "low", "medium", "xhigh"])).toEqual(["off", "low", "medium", "max"])
  expect(levelsOf([])).toEqual([])
})

test("reasoning efforts from the catalog are in order", () => {
  for (const { id, efforts } of KNOWN_MODELS)
    expect(efforts, id).toEqual(efforts && EFFORTS.filter((effort) => efforts.includes(effort)))
})
