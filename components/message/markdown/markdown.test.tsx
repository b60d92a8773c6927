import { Writable } from "node:stream"
import { NextIntlClientProvider } from "next-intl"
import { renderToPipeableStream } from "react-dom/server"
import { expect, test } from "vitest"
import { words } from "@/components/message/markdown/drawn"
import { Markdown } from "@/components/message/markdown/markdown"
import messages from "@/lib/i18n/en.json"

/** What the server sends of some answers on one page, and what it left to the browser. */
async function served(...texts: string[]): Promise<{ html: string; left: unknown[] }> {
  const left: unknown[] = []
  const chunks: Buffer[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  await new Promise((resolve) => {
    sink.on("finish", resolve)
    const { pipe } = renderToPipeableStream(
      <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
        {texts.map((text) => (
          <Markdown key={text} text={text} streaming={false} />
        ))}
      </NextIntlClientProvider>,
      {
        onError: (error) => {
          const digest = error instanceof Error ? Reflect.get(error, "digest") : undefined
          left.push(digest ?? error)
          return typeof digest === "string" ? digest : undefined
        },
        onAllReady: () => pipe(sink),
      },
    )
  })
  return { html: Buffer.concat(chunks).toString(), left }
}

test("a text is drawn; what costs too much in it is shown as written, with a note", async () => {
  const { html, left } = await served(`# Title\n\n${"*a".repeat(20_000)}\n\n**end**`)
  expect(left).toEqual([])
  expect(html).toMatch(/<h3[^>]*>Title/)
  expect(html).toContain("shown as plain text")
  expect(html).toContain("*a".repeat(20_000))
  expect(html).toMatch(/<(?:strong|span)[^>]*>end</)
})

test("what the server has no time for is sent as readable text, and left to the browser without an error", async () => {
  const long = "Some *words* here.\n\n".repeat(10_000)
  const { html, left } = await served(long)
  expect(left.length).toBeGreaterThan(0)
  expect(new Set(left)).toEqual(new Set(["BAILOUT_TO_CLIENT_SIDE_RENDERING"]))
  // React sends what is large behind the page, for a script to put into its place: without scripts the text stands there.
  const [page = ""] = html.split('<div hidden id="S:')
  expect(words(page).match(/Some \*?words\*? here\./g)).toHaveLength(10_000)
})
