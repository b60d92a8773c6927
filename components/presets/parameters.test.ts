import { expect, test } from "vitest"
import { isDefault, PARAMETERS, type Parameter, readValue, withoutDefaults } from "@/components/presets/parameters"
import { settingsSchema } from "@/lib/chat/types"

const parameter = (name: string): Parameter => {
  const found = PARAMETERS.find((candidate) => candidate.name === name)
  if (!found) throw new Error(name)
  return found
}

test("what is typed becomes a value that the server takes, or none", () => {
  expect(["0.7", "5", "-1", "", "x", " "].map((text) => readValue(parameter("temperature"), text))).toEqual([
    0.7,
    2,
    0,
    undefined,
    undefined,
    undefined,
  ])
  expect(readValue(parameter("topK"), "12.6")).toBe(13)
})

test("every range is the server's", () => {
  for (const { name, min, max } of PARAMETERS) {
    for (const value of [min, max]) expect(settingsSchema.safeParse({ [name]: value }).success).toBe(true)
    for (const value of [min - 1, max + 1]) expect(settingsSchema.safeParse({ [name]: value }).success).toBe(false)
  }
})

test("what is left at its default is not kept", () => {
  expect(withoutDefaults({ systemPrompt: "  ", temperature: undefined, topK: 3, tools: [] })).toEqual({
    topK: 3,
    tools: [],
  })
  expect(isDefault({ systemPrompt: "", reasoning: undefined })).toBe(true)
  expect(isDefault({ reasoning: "off" })).toBe(false)
})
