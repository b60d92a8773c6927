import { readFileSync } from "node:fs"
import { createTranslator } from "next-intl"
import { describe, expect, it, test } from "vitest"
import { AppError } from "@/lib/http/errors"
import english from "./en.sentences.json"
import { formatMessage } from "./format"
import { type Element, parse, TYPE } from "./icu"
import type { Value } from "./sentence.types"
import { renderSentence, sentence } from "./sentences"
import { isNode, type Node, nodesIn, nodesOf, placeOf, sourcesOf } from "./source-scan.fixture"

const MESSAGES = Object.entries(english)

/** Arguments of a message, each with a value of the right type. */
function argumentsOf(message: string): Map<string, string | number> {
  const found = new Map<string, string | number>()
  const look = (elements: Element[]) => {
    for (const { type, value = "", options = {} } of elements) {
      if (type === TYPE.number || type === TYPE.plural) found.set(value, 2)
      else if (type === TYPE.argument || type === TYPE.select) found.set(value, found.get(value) ?? "some")
      for (const option of Object.values(options)) look(option.value)
    }
  }
  look(parse(message))
  return found
}

describe("formatted message", () => {
  it("matches next-intl's output", () => {
    for (const [key, message] of MESSAGES) {
      const values = Object.fromEntries(argumentsOf(message))
      const translate = createTranslator({ locale: "en", messages: { message } })
      expect(formatMessage(message, values, "en"), key).toBe(translate("message", values))
    }
  })

  it.each([
    ["{n, plural, =2 {twice} one {# time} other {# times}}", { n: 2 }],
    ["{n, plural, =2 {twice} one {# time} other {# times}}", { n: 1 }],
    ["{n, plural, =2 {twice} one {# time} other {# times}}", { n: 12_345 }],
    ["{n, number} of {what}, it''s {kind, select, a {an {what}} other {no {what}}}", { n: 0.5, what: "x", kind: "a" }],
    ["{n, selectordinal, one {#st} two {#nd} other {#th}}", { n: 22 }],
  ])("handles plurals and selects like next-intl: %s", (message, values) => {
    const translate = createTranslator({ locale: "en", messages: { message } })
    expect(formatMessage(message, values, "en")).toBe(translate("message", values))
  })

  it("does not confuse values with Object.prototype members", () => {
    expect(formatMessage("{kind, select, a {an a} other {{kind}}}", { kind: "constructor" }, "en")).toBe("constructor")
  })

  it("appends the server's message verbatim", () => {
    const error = new AppError("upstream:context", { words: "{tokens} > 4096, <b>'stop'" })
    expect(error.message).toMatch(/window\. It said: “\{tokens\} > 4096, <b>'stop'”$/)
    expect(error.code).toBe("upstream:context")
  })

  it("supports lists and nested messages", () => {
    const others: Value = { list: ["Kimi", "Qwen", "Gemma"], as: "and" }
    expect(new AppError("model:no_images/others", { values: { model: "GLM", others } }).message).toBe(
      "GLM can't see images. These models can: Kimi, Qwen, and Gemma.",
    )
    const problem = sentence("work:busy")
    expect(renderSentence(sentence("output:schema_invalid", { path: "none", problem }))).toBe(
      "The schema can't be used: The server is busy. Try again in a moment.",
    )
  })

  it.each([
    ["an unknown message", { key: "upstream:tired" }],
    ["an Object.prototype member", { key: "constructor" }],
    ["a message without its values", { key: "prompt:taken" }],
    ["a message with values of the wrong type", { key: "image:too_many", values: { count: "ten" } }],
    ["a message with an unknown one inside", { key: "prompt:taken", values: { command: { key: "gone" } } }],
  ])("%s is shown as stored", (_, stored) => {
    expect(renderSentence(stored, "en", "As stored.")).toBe("As stored.")
  })
})

const SOURCES = sourcesOf(["lib", "app"])

/** The names in `{ values: { a, b: 1 } }`; null if they can't be determined statically. */
function valuesOf(options: Node | undefined): string[] | null {
  if (options === undefined) return []
  if (options.type !== "ObjectExpression") return null
  const members = nodesIn(options.properties)
  const given = members.find((member) => nameOf(member) === "values")?.value
  if (!isNode(given)) return members.some(({ type }) => type === "SpreadElement") ? null : []
  if (given.type !== "ObjectExpression") return null
  const values = nodesIn(given.properties)
  return values.some(({ type }) => type === "SpreadElement") ? null : values.map(nameOf)
}

const nameOf = ({ key }: Node): string => (isNode(key) ? String(key.name ?? key.value) : "")

test("errors provide the values of their message", () => {
  let looked = 0
  for (const source of SOURCES)
    for (const { node } of nodesOf(source.program)) {
      if (node.type !== "NewExpression" || !isNode(node.callee) || node.callee.name !== "AppError") continue
      const [key, options] = nodesIn(node.arguments)
      const values = valuesOf(options)
      if (key?.type !== "Literal" || values === null) continue
      const message = MESSAGES.find(([known]) => known === key.value)?.[1] ?? ""
      expect(values.sort(), placeOf(source, node)).toEqual([...argumentsOf(message).keys()].sort())
      looked++
    }
  expect(looked).toBeGreaterThan(50)
})

test("every message is used somewhere", () => {
  const said = [...SOURCES.map(({ text }) => text), readFileSync("lib/server/door.mjs", "utf8")]
  for (const [key] of MESSAGES)
    expect(key === "words" || said.some((text) => text.includes(`"${key}"`)), key).toBe(true)
})
