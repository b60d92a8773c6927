import { expect, test } from "vitest"
import { looksLikeMath, withMath } from "@/components/message/markdown/text/math"

test.each([
  "It costs $5 and $10.",
  "between $20,000 and $15K",
  "$5/month or $50/year, US$ only",
  "from $5 to 10$",
  "A is $1.50, B is $2",
  "US$5 and A$7",
  "echo $HOME and $PATH",
  "$HOME:$PATH",
  "$5-$10",
  "a fee of $3 (or $2) and it's $1",
  "costs $5 million and earns $6 million",
  "($) ($$) ($$$) one to three",
  "\\$5 and \\$6",
  "`$x$` and ```$y$```",
  "```sh\necho $A$B\n```",
  "~~~\n\\(x\\)\n~~~",
  "价格$5到$10元，另$3",
  "从$5，涨到$8，共$13",
  "`\\ce{H2O}` and `\\begin{align}x\\end{align}`",
  "\\begin{itemize}\n\\item x\n\\end{itemize}",
  "\\begin{align} never ends",
  "\\ce{never ends",
  "https://example.com/?a=$x$&b=$y$",
])("money and code are unchanged: %s", (text) => {
  expect(withMath(text).replaceAll("\\$", "$")).toBe(text.replaceAll("\\$", "$"))
})

test.each([
  ["the value $x$ is", "the value $$x$$ is"],
  ["$x^2 + y^2 = z^2$.", "$$x^2 + y^2 = z^2$$."],
  ["with $n$ and $m$", "with $$n$$ and $$m$$"],
  ["so $\\alpha \\to \\beta$,", "so $$\\alpha \\to \\beta$$,"],
  ["$f(x)$ costs $5", "$$f(x)$$ costs $5"],
  ["$\\$5$ each", "$$\\$5$$ each"],
  ["inline \\(a+b\\) here", "inline $$a+b$$ here"],
  ["$x = 5 \\text{ if } y > 2$", "$$x = 5 \\text{ if } y > 2$$"],
  ["and $$e^{i\\pi}$$ holds", "and $$e^{i\\pi}$$ holds"],
  ["\\[ x = 1 \\]", "$$\n x = 1 \n$$"],
  ["$$x$$", "$$\nx\n$$"],
  ["$$\\begin{aligned}\na &= b\n\\end{aligned}$$", "$$\n\\begin{aligned}\na &= b\n\\end{aligned}\n$$"],
  ["- so\n  \\[\n  x\n  \\]", "- so\n  $$\n  x\n  $$"],
  ["> $$x$$", "> $$\n> x\n> $$"],
  ["> so \\(a\n> +b\\)", "> so $$a +b$$"],
  ["> \\[\n> x\n> \\]", "> $$\n> x\n> $$"],
  ["1. so\n   \\[ x \\]", "1. so\n   $$\n   x \n   $$"],
  ["设$x$为，令$x^2$。", "设$$x$$为，令$$x^2$$。"],
  ["값은 $n+1$입니다", "값은 $$n+1$$입니다"],
  ["の$\\text{長さ}=3$と", "の$$\\text{長さ}=3$$と"],
  ["water \\ce{H2O}, \\ce{^{227}_{90}Th+}", "water $$\\ce{H2O}$$, $$\\ce{^{227}_{90}Th+}$$"],
  ["\\pu{5 m/s}", "$$\\pu{5 m/s}$$"],
  ["\\begin{align}\na &= b\n\\end{align}", "$$\n\\begin{align}\na &= b\n\\end{align}\n$$"],
  ["\\begin{equation*}x\\end{equation*}", "$$\n\\begin{equation*}x\\end{equation*}\n$$"],
  ["so \\begin{pmatrix}1 & 2\\end{pmatrix}!", "so $$\\begin{pmatrix}1 & 2\\end{pmatrix}$$!"],
  ["- \\begin{cases}\n  a\n  \\end{cases}", "- $$\n  \\begin{cases}\n  a\n  \\end{cases}\n  $$"],
  [
    "\\begin{array}{c}\\begin{array}{c}x\\end{array}\\end{array}",
    "$$\n\\begin{array}{c}\\begin{array}{c}x\\end{array}\\end{array}\n$$",
  ],
])("math is converted to double dollars: %j", (text, made) => {
  expect(withMath(text)).toBe(made)
})

test("the conversion is idempotent", () => {
  const text = "a $x$ b\n\n$$\\frac12$$\n\n\\[y\\]"
  expect(withMath(withMath(text))).toBe(withMath(text))
})

test("text with many unclosed delimiters takes linear time", () => {
  const started = process.cpuUsage()
  for (const mark of ["\\(", "\\[", "$$ ", "`` ` ", "$a", "$$$ ", "\\begin{align}", "\\ce{", "https://a.b/，"])
    withMath(mark.repeat(60_000))
  expect(process.cpuUsage(started).user).toBeLessThan(4_000_000)
})

test.each(["x", "2n", "x, y", "n!", "f(x)", "a < b", "\\frac{1}{2}", "O(n \\log n)", "\\sin x"])(
  "%s is math",
  (body) => {
    expect(looksLikeMath(body)).toBe(true)
  },
)
test.each(["", "5 and ", "5 million, of which", "5/month and US", "HOME", "the end"])("“%s” is not math", (body) => {
  expect(looksLikeMath(body)).toBe(false)
})
