import { createServer, type IncomingHttpHeaders, request } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, test } from "vitest"
import { screenRequest } from "@/lib/server/door.mjs"

async function refusal(headers: IncomingHttpHeaders): Promise<string> {
  const server = createServer((asked, answer) => screenRequest(asked, answer) && answer.end())
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const body = await new Promise<string>((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", path: "/", method: "DELETE", headers }, async (answer) => {
      let text = ""
      for await (const piece of answer) text += piece
      resolve(text)
    })
    sent.on("error", reject)
    sent.end()
  })
  server.close()
  return JSON.parse(body).error.message
}

test("request-guard errors use the chosen language, then the browser's, then English", async () => {
  const english = await refusal({})
  const german = await refusal({ "accept-language": "fr, de-AT;q=0.9, en;q=0.8" })
  expect(german).not.toBe(english)
  expect(await refusal({ "accept-language": "de", cookie: "sparkler.language=en" })).toBe(english)
  expect(await refusal({ cookie: "a=b; sparkler.language=de" })).toBe(german)
  expect(await refusal({ "accept-language": "fr,__proto__;q=2", cookie: "sparkler.language=constructor" })).toBe(
    english,
  )
})
