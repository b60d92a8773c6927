import { expect, test } from "vitest"
import { markdownHtml } from "@/lib/export/html/markdown"

test("code, tables, lists and formulas are readable", () => {
  const html = markdownHtml(
    "# A\n\n**b** _c_ ~~d~~ `e<f`\n\n```js\nif (a < b) {}\n```\n\n| x | y |\n|:-:|--:|\n| 1 | 2 |\n\n- [x] done\n\n3. three\n\nSum: \\(a^2\\) and\n\n\\[\\frac{1}{2}\\]\n",
  )
  for (const piece of [
    "<h3>A</h3>",
    "<strong>b</strong> <em>c</em> <del>d</del> <code>e&lt;f</code>",
    "<pre><code>if (a &lt; b) {}</code></pre>",
    '<th class="center">x</th><th class="right">y</th>',
    "☑ ",
    '<ol start="3">',
    "<msup><mi>a</mi><mn>2</mn></msup>",
    "<mfrac><mn>1</mn><mn>2</mn></mfrac>",
  ])
    expect(html).toContain(piece)
})

test("formulas in code stay code, and money stays money", () => {
  expect(markdownHtml("`\\(a\\)`\n\n```\n\\[b\\]\n```\n\n$5 and $10")).not.toContain("<math")
})

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[x](javascript:alert(1))",
  "![x](https://evil.example/pixel.png)",
  "[x](data:text/html,<script>alert(1)</script>)",
  "[x]: javascript:alert(1)\n\n[x]",
  "$$\\href{javascript:alert(1)}{x}$$",
  "$$\\htmlData{x=y}{z}$$",
  '[a](https://x.example/"onmouseover="alert(1))',
  '```"><script>alert(1)</script>\nx\n```',
  "[^1]\n\n[^1]: <iframe src=//evil.example>",
  "<a href='&#106;avascript:alert(1)'>x</a>",
])("%j runs and loads nothing", (markdown) => {
  const html = markdownHtml(markdown)
  expect(html).not.toMatch(
    /<(?:script|img|iframe|svg|object|style|link)\b|<[^>]+\son\w+=|href="(?!https?:|mailto:)|<[^>]+\ssrc=/i,
  )
})

test("content nested a thousand times terminates, and is shown as written", () => {
  const html = markdownHtml(`${">".repeat(1_000)} deep <b>`)
  expect(html.length).toBeLessThan(10_000)
  expect(html).toContain("deep &lt;b&gt;")
})
