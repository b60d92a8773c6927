import { NextIntlClientProvider } from "next-intl"
import { renderToString } from "react-dom/server"
import { expect, test } from "vitest"
import { FormatLocaleProvider } from "@/components/base/format-locale"
import StructuredAnswer from "@/components/output/structured-answer"
import { fillSchema } from "@/lib/demo/fill"
import de from "@/lib/i18n/de.json"
import en from "@/lib/i18n/en.json"
import type { OutputCheck, OutputRequest } from "@/lib/messages/types"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

interface Options {
  request?: OutputRequest
  check?: OutputCheck
  streaming?: boolean
  language?: "en" | "de"
  repaired?: "done" | "failed"
}

const VALID = { valid: true, problems: [] }

/** The page content before any script runs. */
const shown = (text: string, { request, check = VALID, streaming = false, language = "en", repaired }: Options = {}) =>
  renderToString(
    <NextIntlClientProvider locale={language} messages={language === "en" ? en : de} timeZone="UTC">
      <FormatLocaleProvider value={language}>
        <StructuredAnswer {...{ text, request, check, streaming, repaired }} edits={null} />
      </FormatLocaleProvider>
    </NextIntlClientProvider>,
  )

const withSchema = (schema: Record<string, unknown>): OutputRequest => ({ type: "json_schema", name: "test", schema })
const wordsOf = (html: string) =>
  html
    .replace(/<!-- -->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")

test.each(SCHEMA_TEMPLATES)("the template $name is rendered from the first byte to the last", ({ name, schema }) => {
  const text = fillSchema(schema, "Ann Miller, ann@example.com, 12.50 EUR on 2026-11-30")
  const request: OutputRequest = { type: "json_schema", name, schema }
  const step = Math.ceil(text.length / 60)
  for (let length = 0; length < text.length; length += step) shown(text.slice(0, length), { request, streaming: true })
  for (const language of ["en", "de"] as const) expect(shown(text, { request, language })).toContain("</dl>")
})

test("fields have labels and types, expected ones have placeholders, and links are safe", () => {
  const request = withSchema({
    type: "object",
    properties: {
      unitPrice: { type: "number", title: "Price of one" },
      currency: { type: "string" },
      day: { type: "string", format: "date" },
      web: { type: "string", format: "uri" },
      bad: { type: "string", format: "uri" },
      done: { type: "boolean" },
      later: { type: "string" },
    },
  })
  const text =
    '{"unitPrice":1234.5,"currency":"EUR","day":"2026-11-30","web":"https://example.com/","bad":"javascript:alert(1)","done":false}'
  const html = shown(text, { request })
  expect(wordsOf(html)).toMatch(/Price of one €1,234\.50 .*Nov 30, 2026 .*javascript:alert\(1\) .*No .*Later/)
  expect(html).toContain('href="https://example.com/" target="_blank" rel="noopener noreferrer nofollow"')
  expect(html).not.toContain('href="javascript')
  expect(wordsOf(shown(text, { request, language: "de" }))).toMatch(/30\. Nov\. 2026 .*Nein/)
})

test("each problem is shown at its field, and the problem list names the field", () => {
  const check = { valid: false, problems: [{ path: "/a/0/b", message: "must be a number, not text" }] }
  const request = withSchema({
    properties: { a: { type: "array", items: { type: "object", properties: { b: { type: "number" } } } } },
  })
  const html = shown('{"a":[{"b":"x"}]}', { request, check })
  expect(wordsOf(html)).toContain("1 problem")
  expect(html.match(/must be a number, not text/g)).toHaveLength(2)
  expect(html).toMatch(/<a href="#[^"]+problems"/)
})

test("a match and a match after a repair have different labels", () => {
  const html = shown('{"a":1}', { request: withSchema({}), repaired: "done" })
  expect(wordsOf(html)).toContain("Matches the test schema, after a repair")
})

test("invalid JSON is shown as it is", () => {
  const check = { valid: false, problems: [{ path: "", message: "isn't JSON" }] }
  for (const [text, html] of [
    ["I can't help.", "I can&#x27;t help."],
    ['{"a": NaN}', "{&quot;a&quot;: NaN}"],
    ["<b>no</b>", "&lt;b&gt;no&lt;/b&gt;"],
  ] as const)
    expect(shown(text, { check })).toContain(html)
})

test("of 5,000 rows, the first are rendered and space is reserved for all", () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => ({ n: index, name: `row ${index}` }))
  const html = shown(JSON.stringify(rows))
  expect(html).toContain('aria-rowcount="5001"')
  expect(html.match(/<tr id=/g)).toHaveLength(200)
  expect(html.match(/<tbody/g)).toHaveLength(200)
})
