/** All text that people read is in the catalogues, so that a page uses one language. */
import { expect, test } from "vitest"
import { isNode, type Node, nodesOf, placeOf, sourcesOf } from "./source-scan.fixture"

const SOURCES = sourcesOf(["app", "components", "lib"])

/** Attributes that people read or hear, of elements and of our components. */
const LABELS = new Set([
  ...["aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext"],
  ...["title", "alt", "placeholder", "label", "summary", "description", "heading", "hint", "meaning"],
])

/** Two letters in a row; symbols and units are the same in every language, and so are these. */
const isRead = (text: string) =>
  /\p{L}{2}/u.test(text.replace(/Sparkler|Ctrl|Shift|km\/h|fw_…|^JSON$|\{ "type": "object".*\}/g, ""))

function textOf(node: Node): string | null {
  const { type, value } = node
  if (type === "Literal" || type === "JSXText") return typeof value === "string" ? value : null
  if (type !== "TemplateElement" || typeof value !== "object" || value === null || !("cooked" in value)) return null
  return String(value.cooked)
}

const nameOf = (node: unknown): string => (isNode(node) ? String(isNode(node.name) ? node.name.name : node.name) : "")

/** Nodes through which a literal is displayed, as opposed to passed on (`className={…}`, `t("key")`). */
const STEPS = new Set(["JSXExpressionContainer", "TemplateLiteral", "ConditionalExpression", "LogicalExpression"])

/** Whether it is the content of an element, or the value of a label. */
function isShown(node: Node, around: Node[]): boolean {
  const within = around.findLast(({ type }) => !STEPS.has(type))
  if (within?.type === "JSXElement" || within?.type === "JSXFragment") return !isCompared(node, around)
  return within?.type === "JSXAttribute" && LABELS.has(nameOf(within)) && !isCompared(node, around)
}

/** The test of a conditional isn't displayed. */
const isCompared = (node: Node, around: Node[]) =>
  around.some((outer, index) => outer.type === "ConditionalExpression" && outer.test === (around[index + 1] ?? node))

test("no hard-coded text in elements or labels", () => {
  const found: string[] = []
  let looked = 0
  for (const source of SOURCES)
    for (const { node, around } of nodesOf(source.program)) {
      const text = textOf(node)
      if (text === null || !isShown(node, around)) continue
      looked++
      if (isRead(text)) found.push(`${placeOf(source, node)} ${text.trim()}`)
    }
  expect(found).toEqual([])
  expect(looked).toBeGreaterThan(100)
})

/** A capital letter, words, and a period. */
const isSentence = (text: string) => /^\s*\p{Lu}.*\s\S+[.!?…]\s*$/su.test(text)

/** Text for models, of the demo model, and for the operator's terminal. */
const NOT_FOR_THE_PAGE = [
  ...[
    "lib/ai/prompts/",
    "lib/output/prompt.ts",
    "lib/chat/history.ts",
    "lib/chat/sound-turns.ts",
    "lib/ai/tools/told.ts",
  ],
  ...["lib/demo/", "lib/cli/", "lib/accounts/command.ts", "lib/server/", "lib/config", "lib/settings-file"],
  ...["lib/backup/", "lib/db/copy/"],
]
const CALLED_FOR_THE_LOG = /^(?:logInfo|logFault|console)$/

const isLogged = (around: Node[]) =>
  around.some(({ type, callee }) => type === "CallExpression" && CALLED_FOR_THE_LOG.test(nameOf(callee)))

/** How a tool describes itself and its parameters: for models only. */
const isForModels = (file: string, around: Node[]) =>
  file.startsWith("lib/ai/tools/") &&
  around.some(
    ({ type, key, callee }) =>
      (type === "Property" && nameOf(key) === "description") ||
      (type === "CallExpression" && isNode(callee) && nameOf(callee.property) === "describe"),
  )

test("no hard-coded sentences in the code", () => {
  const found: string[] = []
  for (const source of SOURCES) {
    if (NOT_FOR_THE_PAGE.some((place) => source.file.startsWith(place))) continue
    for (const { node, around } of nodesOf(source.program)) {
      const text = textOf(node)
      if (text === null || !isSentence(text) || isLogged(around) || isForModels(source.file, around)) continue
      found.push(`${placeOf(source, node)} ${text.trim()}`)
    }
  }
  expect(found).toEqual([])
})

/** Functions that display their argument, as in `toast.error("…")`. */
const SAYS = new Set(["toast", "setError", "setProblem", "setSaid", "complain"])
const calledOn = ({ callee }: Node): string => nameOf(isNode(callee) && isNode(callee.object) ? callee.object : callee)

test("no hard-coded text in calls that display it", () => {
  const found: string[] = []
  for (const source of SOURCES)
    for (const { node } of nodesOf(source.program)) {
      if (node.type !== "CallExpression" || !SAYS.has(calledOn(node)) || !Array.isArray(node.arguments)) continue
      const [said] = node.arguments.filter(isNode)
      const text = said && textOf(said)
      if (text && isRead(text)) found.push(`${placeOf(source, node)} ${text}`)
    }
  expect(found).toEqual([])
})
