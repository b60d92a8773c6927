import { expect, test } from "vitest"
import { evaluate, findExpression, formatNumber } from "@/lib/demo/arithmetic"

test.each([
  ["2+2", 4],
  ["12*(3+4)", 84],
  ["-2^2", -4],
  ["2^-1", 0.5],
  ["2^3^2", 512],
  ["10 / 4", 2.5],
  ["17 % 5", 2],
  ["20% * 50", 10],
  ["100 + 10%", 110],
  ["2(3+4)", 14],
  ["1,000 + 2", 1_002],
  ["3 ** 2", 9],
  ["-(2+3)×2−1", -11],
])("%s is %d", (expression, value) => {
  expect(evaluate(expression)).toBe(value)
})

test.each(["2+", "(2+3", "2 3", "1.2.3", "a+b", "", "1,00 + 2"])("“%s” is not a calculation", (expression) => {
  expect(evaluate(expression)).toBeNull()
})

test.each([
  ["What is 12*(3+4)?", "12*(3+4)"],
  ["What is 20% of 50?", "20% * 50"],
  ["20 percent of 50", "20% * 50"],
  ["7 times 8", "7 * 8"],
  ["what is 1/2", "1/2"],
  ["add 3+4, please.", "3+4"],
  ["10 - 3 =", "10 - 3"],
])("in “%s” the calculation is %s", (text, expression) => {
  expect(findExpression(text)).toBe(expression)
})

test.each([
  "Call 555-1234",
  "My number is 555-123-4567",
  "(555) 123-4567",
  "+49 30 123-4567",
  "On 3/4/2024 we met",
  "2024-01-05",
  "born 12/05 in Rome",
  "read pages 10-20",
  "1/2 cup of sugar",
  "open 24/7",
  "COVID-19 + 3",
  "version 1.2.3-4",
  "The score was 3 - 2",
])("“%s” contains no calculation", (text) => {
  expect(findExpression(text)).toBeNull()
})

test("a calculation longer than 200 characters is not evaluated, however deeply nested its brackets", () => {
  expect(evaluate(`${"(".repeat(100)}1${")".repeat(99)}`)).not.toBe(1)
  expect(evaluate("(".repeat(10_000))).toBeNull()
  expect(findExpression("(".repeat(40_000))).toBeNull()
  expect(findExpression(`${"1+".repeat(150)}1`)).toBeNull()
  expect(evaluate(`${"1+".repeat(99)}1`)).toBe(100)
})

test("numbers are written exactly when exact, and as powers of ten when large", () => {
  expect(formatNumber(999_999 * 9_999_999)).toBe("9,999,989,000,001")
  expect(formatNumber(0.1 + 0.2)).toBe("0.3")
  expect(formatNumber(2 ** 100)).toMatch(/^about 1\.2676506\d* × 10\^30$/)
  expect(formatNumber(1 / 0)).toContain("division by zero")
})
