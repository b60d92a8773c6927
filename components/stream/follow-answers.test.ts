import { afterEach, describe, expect, it } from "vitest"
import { ApiError } from "@/components/base/api"
import { followAnswers } from "@/components/stream/follow-answers"
import { CHAT, chunks, closeServer, serve, write } from "@/components/stream/server.fixture"

afterEach(closeServer)

const A = "0198c0de-0000-7000-8000-00000000000a"
const B = "0198c0de-0000-7000-8000-00000000000b"

/** The remaining events of both answers, interleaved as the server merges them. */
function bytesOf(places: string): Buffer {
  const after = new Map(places.split(",").map((place) => [place.split(":")[0], Number(place.split(":")[1])]))
  const blocks: string[] = []
  for (let seq = 0; seq <= chunks.length; seq++)
    for (const [name, seen] of after) {
      if (seq === chunks.length) blocks.push(`event: ${name}\ndata: [DONE]\n\n`)
      else if (seq > seen) blocks.push(`event: ${name}\nid: ${seq}\ndata: ${JSON.stringify(chunks[seq])}\n\n`)
    }
  return Buffer.from([...blocks, "data: [DONE]\n\n"].join(""))
}

async function follow(origin: string) {
  const received = new Map<string, unknown[]>()
  const places = new Map([
    [A, -1],
    [B, -1],
  ])
  const options = { chatId: CHAT, places, first: null, onConnection: () => {}, origin, wait: async () => {} }
  for await (const batch of followAnswers({ ...options, signal: new AbortController().signal }))
    for (const { messageId, news } of batch) received.set(messageId, [...(received.get(messageId) ?? []), news])
  return received
}

const asked = (url: string | undefined) => new URL(`http://x${url}`).searchParams.get("answers") ?? ""

describe("answers over one connection", () => {
  it("deliver each event once and in order, wherever the connection breaks", async () => {
    const whole = bytesOf(`${A}:-1,${B}:-1`)
    let cut = 0
    let connections = 0
    const origin = await serve((request, response) => {
      write(response, bytesOf(asked(request.url)), connections++ === 0 ? cut : undefined)
    })
    for (cut = 0; cut < whole.length; cut += 7) {
      connections = 0
      const received = await follow(origin)
      for (const name of [A, B]) expect(received.get(name), `cut at byte ${cut}`).toEqual([...chunks, "done"])
      expect(connections, `cut at byte ${cut}`).toBeLessThanOrEqual(2)
    }
  })

  it("are requested without those that have ended already", async () => {
    const requests: string[] = []
    const origin = await serve((request, response) => {
      requests.push(asked(request.url))
      const bytes = bytesOf(asked(request.url))
      write(response, bytes, requests.length === 1 ? bytes.lastIndexOf(`event: ${B}\ndata: [DONE]`) : undefined)
    })
    await follow(origin)
    expect(requests).toEqual([`${A}:-1,${B}:-1`, `${B}:${chunks.length - 1}`])
  })

  it("are gone when none of them can be followed, or individually", async () => {
    const none = await serve((_, response) => response.writeHead(204).end())
    expect(await follow(none)).toEqual(
      new Map([
        [A, ["gone"]],
        [B, ["gone"]],
      ]),
    )
    closeServer()
    const one = await serve((_, response) =>
      write(response, Buffer.concat([Buffer.from(`event: ${A}\ndata: [GONE]\n\n`), bytesOf(`${B}:-1`)])),
    )
    expect((await follow(one)).get(A)).toEqual(["gone"])
    expect((await follow(one)).get(B)).toEqual([...chunks, "done"])
  })

  it("end with the server's message on a permanent rejection", async () => {
    const origin = await serve((_, response) =>
      response
        .writeHead(404, { "content-type": "application/json" })
        .end('{"error":{"code":"conversation:not_found","message":"Conversation not found."}}'),
    )
    const told = { code: "conversation:not_found", message: "Conversation not found.", status: 404 }
    const refused = follow(origin)
    await expect(refused).rejects.toBeInstanceOf(ApiError)
    await expect(refused).rejects.toMatchObject(told)
  })
})
