import { expect, test } from "vitest"
import {
  ADVANCED,
  formatStopSequences,
  isDefault,
  PARAMETERS,
  type Parameter,
  parseStopSequences,
  parseTypedNumber,
  withoutDefaults,
} from "@/components/presets/parameters"
import { settingsSchema } from "@/lib/messages/types"

const parameter = (name: string): Parameter => {
  const found = [...PARAMETERS, ...ADVANCED].find((candidate) => candidate.name === name)
  if (!found) throw new Error(name)
  return found
}

test("input is parsed to the exact value, the default, or an error with its reason", () => {
  const read = (name: string, texts: string[]) =>
    texts.map((text) => {
      const typed = parseTypedNumber(parameter(name), text)
      return typed.wrong ?? typed.value
    })
  expect(read("temperature", ["0.7", "0,7", " .123 ", "2", "+1"])).toEqual([0.7, 0.7, 0.123, 2, 1])
  expect(read("temperature", ["", " "])).toEqual([undefined, undefined])
  expect(read("temperature", ["5", "-1", "2.0001"])).toEqual(["range", "range", "range"])
  expect(read("temperature", ["x", "1e0", "0x1", "1.2.3", "Infinity"])).toEqual(Array(5).fill("number"))
  expect(read("frequencyPenalty", ["-2", "-,5", "2.1"])).toEqual([-2, -0.5, "range"])
  expect(read("topK", ["12", "12.6", "1,000", "101"])).toEqual([12, "whole", "whole", "range"])
})

test("every range matches the server's", () => {
  for (const { name, min, max } of [...PARAMETERS, ...ADVANCED]) {
    for (const value of [min, max]) expect(settingsSchema.safeParse({ [name]: value }).success).toBe(true)
    for (const value of [min - 1, max + 1]) expect(settingsSchema.safeParse({ [name]: value }).success).toBe(false)
  }
})

test("defaults are not stored", () => {
  expect(withoutDefaults({ systemPrompt: "  ", temperature: undefined, topK: 3, tools: [] })).toEqual({
    topK: 3,
    tools: [],
  })
  expect(isDefault({ systemPrompt: "", reasoning: undefined })).toBe(true)
  expect(isDefault({ reasoning: "off" })).toBe(false)
})

test("stop sequences are one per line, with escapes for invisible characters", () => {
  expect(parseStopSequences("END\n\n\\n\\n\n a \\\\n\t")).toEqual(["END", "\n\n", " a \\n\t"])
  for (const stops of [["END"], ["\n", "\t\\"], ["\\n"], []])
    expect(parseStopSequences(formatStopSequences(stops))).toEqual(stops)
})
