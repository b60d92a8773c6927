import type { ServerResponse } from "node:http"
import { expect, test } from "vitest"
import { warm } from "@/lib/server/warm.mjs"

test("the page and the stop endpoint are requested once, anonymously", async () => {
  const asked: unknown[] = []
  await warm((request, response) => {
    asked.push([request.method, request.url, request.headers["sec-purpose"], request.headers.cookie])
    response.end("a page")
  })
  expect(asked).toEqual([
    ["GET", "/", "prefetch", undefined],
    ["POST", "/api/chat/00000000-0000-7000-8000-000000000000/stop", undefined, undefined],
  ])
})

test.each([
  ["never begins", () => {}],
  ["never ends", (response: ServerResponse) => response.write("a pa")],
  ["is cut", (response: ServerResponse) => response.destroy()],
])("a page that %s does not prevent the start", async (_, answer) => {
  await expect(warm((_request, response) => void answer(response), 50)).resolves.toBeUndefined()
})
