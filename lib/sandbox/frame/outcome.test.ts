import { expect, test } from "vitest"
import { outcomeOf, Printed, printer } from "@/lib/sandbox/frame/outcome"
import { MAX_PRINTED_CHARS, MAX_SAID } from "@/lib/sandbox/limits"
import { runForModel } from "@/lib/sandbox/ran"

function printed(...lines: string[]): Printed {
  const all = new Printed()
  for (const line of lines) all.add(line)
  return all
}

test("short output is shown in full, and no file is stored", () => {
  const outcome = outcomeOf(printed("one\n", "two\n"), 0, { value: "3" })
  expect(outcome).toMatchObject({ printed: "one\ntwo\n", value: "3", cut: false })
  expect(outcome).not.toHaveProperty("whole")
})

test.each([
  ["prints", printed("x".repeat(MAX_PRINTED_CHARS + 1)), {}],
  ["a value", printed(), { value: "x".repeat(MAX_PRINTED_CHARS + 1) }],
  ["an error", printed(), { error: "x".repeat(MAX_PRINTED_CHARS + 1) }],
])("for long %s, the beginning is shown and the whole is stored", (_, said, more) => {
  const { whole, cut, ...shown } = outcomeOf(said, 0, more)
  expect(whole?.replaceAll("\n", "")).toBe("x".repeat(MAX_PRINTED_CHARS + 1))
  expect(cut).toBe(false)
  expect(JSON.stringify(shown)).toContain(`${"x".repeat(MAX_PRINTED_CHARS)}…`)
})

test("endless output is stored up to a limit, which is reported", () => {
  const line = `${"😀".repeat(999)}\n`
  const { whole = "", cut } = outcomeOf(printed(...Array.from({ length: 3_000 }, () => line)), 0, {})
  expect(whole.length).toBeGreaterThan(MAX_SAID - 2)
  expect(whole.length).toBeLessThanOrEqual(MAX_SAID)
  expect(whole.isWellFormed()).toBe(true)
  expect(cut).toBe(true)
})

test("the model is told that the user has the rest", () => {
  const whole = { id: "019aa000-0000-7000-8000-000000000000", name: "output.txt", size: 50_000 }
  const told = runForModel({ printed: "x…", tookMs: 1, whole })
  expect(told).toContain("the person can download all of it")
  expect(told).not.toContain(whole.id)
})

test("output is reported as it is printed, and in fewer chunks when there is a lot", () => {
  let clock = 0
  const told: string[] = []
  const print = printer(
    (text) => told.push(text),
    () => clock,
  )
  for (let n = 0; n < 100; n++) print(`${n}\n`)
  expect(told).toHaveLength(100)
  for (let n = 100; n < 1_100; n++) {
    clock++
    print(`${n}\n`)
  }
  expect(told.length).toBeLessThan(125)
  clock += 50
  print("end\n")
  expect(told.join("")).toBe(`${Array.from({ length: 1_100 }, (_, n) => `${n}\n`).join("")}end\n`)
})

test("endless output is reported up to the limit", () => {
  let length = 0
  const print = printer((text) => {
    length += text.length
  })
  for (let n = 0; n < 8; n++) print("x".repeat(1_000_000))
  expect(length).toBe(MAX_SAID)
})
