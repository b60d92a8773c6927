/** Native tooltips are slow and unreachable by touch or keyboard: elements use `data-tip`. */
import { expect, test } from "vitest"
import { nodesOf, placeOf, sourcesOf } from "@/lib/i18n/source-scan.fixture"

/** HTML elements, and components that pass all props to one. */
const PASSES_ON = /^(?:[a-z].*|Button|IconButton|CopyButton|Link)$/

const read = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (found, key) => (typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined),
    value,
  )

test("no element has a title attribute", () => {
  const titled: string[] = []
  let looked = 0
  for (const source of sourcesOf(["app", "components"]))
    for (const { node } of nodesOf(source.program)) {
      if (node.type !== "JSXOpeningElement" || !PASSES_ON.test(String(read(node, "name", "name")))) continue
      looked++
      const attributes = read(node, "attributes")
      const names = Array.isArray(attributes) ? attributes.map((attribute) => read(attribute, "name", "name")) : []
      if (names.includes("title")) titled.push(placeOf(source, node))
    }
  expect(titled).toEqual([])
  expect(looked).toBeGreaterThan(500)
})
