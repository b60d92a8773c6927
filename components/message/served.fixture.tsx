/** For tests: part of a page as the server sends it. */
import { Writable } from "node:stream"
import { setImmediate as nextTurn } from "node:timers/promises"
import { NextIntlClientProvider } from "next-intl"
import type { ReactNode } from "react"
import { renderToPipeableStream } from "react-dom/server"
import messages from "@/lib/i18n/en.json"

/** What the server sends of a page, and what it left to the browser. */
export async function served(page: ReactNode): Promise<{ html: string; left: unknown[] }> {
  // The server's rendering budget is tracked per event loop turn.
  await nextTurn()
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
        {page}
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

/** Thrown where the server leaves something to the browser. */
export const LEFT = "BAILOUT_TO_CLIENT_SIDE_RENDERING"
/** React sends large content after the page, for a script to insert: this is what shows without scripts. */
export const withoutScripts = (html: string) => html.split('<div hidden id="S:')[0] ?? ""
