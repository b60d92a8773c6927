import { describe, expect, it } from "vitest"
import { childPointer, entriesOf, kindOf, problemsAt, problemsOutside, problemsWithin } from "@/components/output/tree"

const value = { name: "Ann", "a/b": { "c~d": [1, { x: null }] } }
const problem = (path: string) => ({ path, message: "is wrong" })

describe("the tree of a JSON value", () => {
  it("has a row for each member and item, in order", () => {
    expect(entriesOf(value).map(([key]) => key)).toEqual(["name", "a/b"])
    expect(entriesOf([true, "x"])).toEqual([
      ["0", true],
      ["1", "x"],
    ])
    expect(entriesOf("text")).toEqual([])
    expect(entriesOf(null)).toEqual([])
  })

  it("names kinds as JSON does", () => {
    expect([{}, [], "", 0, false, null, undefined].map(kindOf)).toEqual([
      "object",
      "array",
      "string",
      "number",
      "boolean",
      "null",
      "missing",
    ])
  })

  it("points at members whose names hold slashes and tildes", () => {
    expect(childPointer(childPointer("", "a/b"), "c~d")).toBe("/a~1b/c~0d")
  })

  it("shows a problem at its place and counts it in every place above", () => {
    const problems = [problem("/a~1b/c~0d/1/x"), problem("/a")]
    expect(problemsAt(problems, "/a~1b/c~0d/1/x")).toHaveLength(1)
    expect(problemsAt(problems, "/a~1b")).toHaveLength(0)
    expect(problemsWithin(problems, "/a~1b")).toHaveLength(1)
    expect(problemsWithin(problems, "")).toHaveLength(2)
    // “/a” is no ancestor of “/a~1b”.
    expect(problemsWithin(problems, "/a")).toEqual([problem("/a")])
  })

  it("tells problems that have no row", () => {
    const problems = [problem("/a~1b/c~0d/1/x"), problem("/age"), problem(""), problem("/name/first")]
    expect(problemsOutside(problems, value).map(({ path }) => path)).toEqual(["/age", "/name/first"])
  })
})
