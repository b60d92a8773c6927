import { expect, test } from "vitest"
import { words } from "@/components/message/markdown/drawn"
import { Markdown } from "@/components/message/markdown/markdown"
import { LEFT, served, withoutScripts } from "@/components/message/served.fixture"

test("text is rendered; parts that are too expensive are shown as written, with a note", async () => {
  const { html, left } = await served(
    <Markdown text={`# Title\n\n${"*a".repeat(20_000)}\n\n**end**`} streaming={false} />,
  )
  expect(left).toEqual([])
  expect(html).toMatch(/<h3[^>]*>Title/)
  expect(html).toContain("shown as plain text")
  expect(html).toContain("*a".repeat(20_000))
  expect(html).toMatch(/<(?:strong|span)[^>]*>end</)
})

test("a long text is sent once: its beginning rendered, the rest as readable text, hydrated without errors", async () => {
  const long = `# Title\n\n${"Some *words* here.\n\n".repeat(10_000)}`
  const { html, left } = await served(<Markdown text={long} streaming={false} />)
  expect(left).toEqual([LEFT])
  const page = withoutScripts(html)
  expect(page).toMatch(/<h3[^>]*>Title/)
  expect(words(page).match(/Some words here\./g)?.length).toBeGreaterThan(20)
  expect(words(page).match(/Some \*?words\*? here\./g)).toHaveLength(10_000)
  expect(html.length).toBeLessThan(1.5 * long.length)
})

test("of many small pieces, the server renders what its time budget allows and sends the rest as text", async () => {
  const { html, left } = await served(
    Array.from({ length: 1_000 }, (_, n) => `word *${n}*`).map((text) => (
      <Markdown key={text} text={text} streaming={false} />
    )),
  )
  expect(new Set(left)).toEqual(new Set([LEFT]))
  expect(html.match(/class="[^"]*\bmarkdown\b/g)?.length ?? 0).toBeLessThanOrEqual(100)
  expect(words(html).match(/word \*?\d+\*?/g)?.length).toBeGreaterThanOrEqual(1_000)
})
