import { describe, expect, test } from "vitest"
import { calculate } from "@/lib/ai/tools/calculate/evaluate"
import tool, { calculateFor } from "@/lib/ai/tools/calculate/tool"

const lines = (expression: string) => {
  const done = calculate(expression)
  if ("wrong" in done) throw new Error(done.wrong)
  return done.lines
}
const resultOf = (expression: string) => lines(expression).at(-1)?.result

describe("results", () => {
  test.each([
    ["0.1 + 0.2", "0.3"],
    ["2^200", "1606938044258990275541962092341162602522202993782792835301376"],
    ["30! / 28!", "870"],
    ["123456789.123456789 * 2", "246913578.246913578"],
    ["sqrt(2)", "1.4142135623730950488"],
    ["2^5000", "1.4124670321394260368e1505"],
    ["10^100", "1e100"],
    ["20% * 50", "10"],
    ["10 mod 3", "1"],
    ["sin(45 deg)^2", "0.5"],
    ["3 km + 200 m to mile", "1.98838781515947 mile"],
    ["20 degC to degF", "68 degF"],
    ["60 mph to km/h", "96.56064 km / h"],
    ["10 knot to kmh", "18.52 km / hour"],
    ["inv([[1,2],[3,4]])", "[[-2, 1], [1.5, -0.5]]"],
    ["det([[1,2],[3,4]])", "-2"],
    ["(1+2i)*(3-i)", "5 + 5i"],
    ["sqrt(-4)", "2i"],
    ["derivative('x^2 + 3x', 'x')", "2 * x + 3"],
    ["mean(1, 2, 3, 4)", "2.5"],
    ["isPrime(97)", "true"],
    ["erf(0.5)", "0.520499877813047"],
    ["r = 5 cm; pi * r^2", "78.5398163397448 cm^2"],
    ["x = 3\ny = x + 1", "4"],
  ])("%s = %s", (expression, result) => {
    expect(resultOf(expression)).toBe(result)
  })

  test("a factorial is exact to its last digit", () => {
    let product = 1n
    for (let n = 2n; n <= 300n; n++) product *= n
    expect(resultOf("300!")).toBe(String(product))
  })

  test("a result without an exact decimal is also given as a fraction", () => {
    expect(lines("1/3 + 1/2")).toMatchObject([{ result: "0.83333333333333333333", fraction: "5/6" }])
    expect(lines("-22/7")[0]?.fraction).toBe("-22/7")
    expect(lines("1/4")[0]?.fraction).toBeUndefined()
    expect(lines("sqrt(2)")[0]?.fraction).toBeUndefined()
  })

  test("each line has its own value and TeX", () => {
    expect(lines("3/4; [[1,2],[3,4]] * 2; 5 km/h")).toEqual([
      { expression: "3 / 4", expressionTex: "\\frac{3}{4}", result: "0.75", resultTex: "0.75" },
      expect.objectContaining({
        result: "[[2, 4], [6, 8]]",
        resultTex: "\\begin{bmatrix}2 & 4 \\\\ 6 & 8\\end{bmatrix}",
      }),
      expect.objectContaining({ result: "5 km / h", resultTex: "5\\,\\mathrm{km/h}" }),
    ])
    expect(lines("6.02e23 * 1e10")[0]?.resultTex).toBe("6.02\\cdot 10^{33}")
    expect(lines("1.5e40 * 1.00001")[0]?.resultTex).toBe("1.500015\\cdot 10^{40}")
    expect(lines("2^0.5 * 1e60")[0]?.resultTex).toBe("1.4142135623730950488\\cdot 10^{60}")
  })
})

describe("reported errors", () => {
  test.each([
    ["2 +", /Unexpected end of expression/],
    ["hello", /Undefined symbol hello/],
    ["3 km + 2 kg", /Units do not match/],
    ["import({}, {})", /import is disabled/],
    ["evaluate('1')", /evaluate is disabled/],
    ["parse('1')", /parse is disabled/],
    ["createUnit('foo')", /createUnit is disabled/],
    ["config({})", /disabled/],
    ["cos.constructor('return process')()", /./],
    ["[].constructor", /members are disabled/],
    ["A = [1, 2]; A[1]", /members are disabled/],
    ["A = [1, 2]; A['map']", /members are disabled/],
    ["{a: 1}", /members are disabled/],
    ["subset([1], index('constructor'))", /subset is disabled/],
    ["'a'.constructor.constructor('return 1')()", /./],
    ["f(x) = x; f.apply.constructor", /./],
    [Array.from({ length: 60 }, (_, n) => n).join("\n"), /More than 50 lines/],
  ])("%s", (expression, why) => {
    const done = calculate(expression)
    expect("wrong" in done && done.wrong).toMatch(why)
  })
})

describe("the tool", () => {
  const context = {
    userId: "u",
    conversationId: "c",
    settings: {},
    toolCallId: "c",
    takeNumbers: () => 1,
    signal: new AbortController().signal,
  }

  test("calculates in a worker thread", async () => {
    expect(await tool.run({ expression: "6 * 7" }, context)).toMatchObject({ lines: [{ result: "42" }] })
    await expect(tool.run({ expression: "6 *" }, context)).rejects.toThrow(
      /^This can't be calculated: Unexpected end of expression/,
    )
  })

  test.each(["ones(100000, 100000)", "map(1:10000000, g(x) = x^3)"])(
    "%s ends with an error message, and the next expression is calculated",
    async (expression) => {
      await expect(calculateFor("u", expression)).rejects.toThrow(/calculat/)
      expect(await calculateFor("u", "1 + 1")).toMatchObject({ lines: [{ result: "2" }] })
    },
  )
})
