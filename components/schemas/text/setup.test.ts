import { CompletionContext, type CompletionResult } from "@codemirror/autocomplete"
import { ensureSyntaxTree } from "@codemirror/language"
import { EditorState } from "@codemirror/state"
import { expect, test } from "vitest"
import { complete, schemaEditing } from "@/components/schemas/text/setup"

const stateOf = (doc: string) => EditorState.create({ doc, extensions: schemaEditing("JSON Schema", () => {}) })

async function labelsAt(marked: string): Promise<string[] | null> {
  const state = stateOf(marked.replace("|", ""))
  const found: CompletionResult | null = await complete(new CompletionContext(state, marked.indexOf("|"), false))
  return found?.options.map(({ label }) => label) ?? null
}

test("the editor parses JSON, and accepts schemas of any size", () => {
  const state = stateOf('{ "type": "object" }')
  expect(ensureSyntaxTree(state, state.doc.length)?.topNode.firstChild?.name).toBe("Object")
  expect(stateOf(`{${'"a":1,'.repeat(9_000)}"b":2}`).doc.length).toBeGreaterThan(50_000)
})

test("prefix matches come first, then substring matches; no match gives no suggestions", async () => {
  expect(await labelsAt('{ "min|" }')).toEqual([
    "minLength",
    "minimum",
    "minItems",
    "minProperties",
    "exclusiveMinimum",
  ])
  expect(await labelsAt('{ "type": "nu|" }')).toEqual(["number", "null"])
  expect(await labelsAt('{ "type": "zz|" }')).toEqual([])
  expect(await labelsAt('{ "description": "a|" }')).toBeNull()
})
