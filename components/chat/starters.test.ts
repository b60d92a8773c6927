import { expect, test } from "vitest"
import { STARTERS, startersFor } from "@/components/chat/starters"
import messages from "@/lib/i18n/en.json"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"

const offered = (kind: ModelsResponse["notice"]["kind"], images = true) => {
  const model: ModelInfo = {
    id: "m",
    name: "M",
    upstream: kind,
    contextTokens: null,
    outputTokens: null,
    images,
    tools: true,
    efforts: null,
    price: null,
    retired: false,
    successor: null,
    deprecation: null,
  }
  return startersFor({ models: [model], notice: { kind, text: "", host: null } })
}

test("the demo model offers starters it supports: a table, a diagram, an image, data", () => {
  expect(offered("demo")).toEqual(["exampleTable", "exampleDiagram", "exampleLook", "exampleData"])
})

test("every starter has a text, and none of them asks to explain", () => {
  const texts: Record<string, string | object> = messages.chat
  for (const name of Object.keys(STARTERS)) {
    expect(texts[name]).toMatch(/\w/)
    expect(texts[`${name}Text`]).toMatch(/\w/)
  }
  expect(Object.keys(STARTERS)).not.toContain("exampleExplain")
})

test("the image starter is offered only with a vision model", () => {
  expect(offered("ollama")).toContain("exampleLook")
  expect(offered("ollama", false)).not.toContain("exampleLook")
})
