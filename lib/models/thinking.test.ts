import { expect, test } from "vitest"
import { KNOWN_MODELS } from "@/lib/models/catalogue.data"
import { EFFORTS, effortFor, levelsOf } from "@/lib/models/thinking"

test("a level is sent as the word that the model takes for it", () => {
  expect(effortFor(["none", "low", "medium", "high", "max"], "off")).toBe("none")
  expect(effortFor(["none", "low", "medium", "xhigh"], "max")).toBe("xhigh")
})

test("a level that the model doesn't have becomes the nearest one, the stronger of two", () => {
  expect(effortFor(["high", "max"], "off")).toBe("high")
  expect(effortFor(["low", "high", "max"], "off")).toBe("low")
  expect(effortFor(["low", "high", "max"], "medium")).toBe("high")
  expect(effortFor(["low", "medium", "high"], "max")).toBe("high")
})

test("a model that doesn't think is sent no effort; one of which nothing is known, what most servers know", () => {
  expect(effortFor([], "high")).toBeUndefined()
  expect(effortFor(null, "off")).toBe("none")
  expect(effortFor(null, "max")).toBe("high")
})

test("the levels on offer are those that the model has", () => {
  expect(levelsOf(["high", "max"])).toEqual(["high", "max"])
  expect(levelsOf(["none", "low", "medium", "xhigh"])).toEqual(["off", "low", "medium", "max"])
  expect(levelsOf([])).toEqual([])
})

test("efforts of the catalogue stand in order", () => {
  for (const { id, efforts } of KNOWN_MODELS)
    expect(efforts, id).toEqual(efforts && EFFORTS.filter((effort) => efforts.includes(effort)))
})
