/** Functions stay short: one that exceeds this limit should be split. */
import { expect, test } from "vitest"
import { nodesOf, placeOf, sourcesOf } from "@/lib/i18n/source-scan.fixture"

const MAX_LINES = 60

test("no function is too long", () => {
  const long: string[] = []
  let looked = 0
  for (const source of sourcesOf(["app", "components", "lib"]))
    for (const { node } of nodesOf(source.program)) {
      if (!/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) continue
      looked++
      const lines = source.text.slice(node.start, node.end).split("\n").length
      if (lines > MAX_LINES) long.push(`${placeOf(source, node)}: ${lines} lines`)
    }
  expect(long).toEqual([])
  expect(looked).toBeGreaterThan(1_000)
})
