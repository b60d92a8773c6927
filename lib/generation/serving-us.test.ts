/** US serving: another Fireworks host at 1.5 times the price, which gets nothing else. */
import http from "node:http"
import net from "node:net"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { config } from "@/lib/config"
import { ask, eventsOf, metadataOf, send, setUp, stored, textOf } from "@/lib/generation/generation.fixture"
import { finish, type RawUpstream, startRawUpstream, stream, text } from "@/lib/generation/raw-upstream.fixture"

setUp()

const GLM = "accounts/fireworks/models/glm-5p3"
const US = "accounts/fireworks/routers/glm-5p3-us"
const HOSTS = { home: "api.fireworks.ai", us: "us.api.fireworks.ai" }

let home: RawUpstream
let us: RawUpstream
/** Hosts that were connected to. */
const hosts = new Set<string>()

beforeAll(async () => {
  home = await startRawUpstream(GLM)
  us = await startRawUpstream(GLM)
  home.script = stream(text("From anywhere"), finish())
  us.script = stream(text("From the US"), finish())
  // Both hosts are servers on this machine.
  const agent = new http.Agent({ keepAlive: false })
  Object.assign(agent, {
    protocol: "https:",
    createConnection: ({ host = "" }: net.TcpNetConnectOpts) => {
      hosts.add(host)
      return net.connect({ host: "127.0.0.1", port: Number(new URL((host === HOSTS.us ? us : home).url).port) })
    },
  })
  Reflect.set(globalThis, Symbol.for("sparkler.outgoingAgents"), { value: new Map([["kept https:", agent]]) })
  Object.assign(config(), {
    baseUrl: `https://${HOSTS.home}/inference/v1`,
    accountUrl: `https://${HOSTS.home}/v1`,
    baseUrlSet: false,
  })
})
afterAll(async () => {
  await home.close()
  await us.close()
})
beforeEach(() => {
  home.asked = []
  us.asked = []
  hosts.clear()
})

async function live(model: string) {
  const request = ask("Hello there", { model })
  const { events } = await eventsOf((await send(request)).response)
  const [, answer] = await stored(request.id)
  return { answer, cost: metadataOf(events)?.costUsd }
}

test("calls the US host for the router, at 1.5 times the price", async () => {
  const { answer, cost } = await live(US)
  expect(textOf(answer)).toBe("From the US")
  expect(us.asked.map(({ model }) => model)).toEqual([US])
  expect(home.asked).toEqual([])
  expect(cost).toBeCloseTo((1.5 * (10 * 1.4 + 5 * 4.4)) / 1_000_000, 10)
})

test("is listed with that price when the base URL is Fireworks' own", async () => {
  const { listModels } = await import("@/lib/ai/catalogue/catalogue")
  const ways = async () => (await listModels()).models.find(({ id }) => id === GLM)?.ways ?? []
  expect(await ways()).toContainEqual({
    kind: "us",
    id: US,
    price: { input: 2.1, cachedInput: 0.39, output: 6.6 },
  })
})

test("no other serving option uses the US host", async () => {
  for (const model of [GLM, `${GLM}?service_tier=priority`, "accounts/fireworks/routers/glm-5p3-fast"])
    expect(textOf((await live(model)).answer)).toBe("From anywhere")
  expect(us.asked).toEqual([])
  expect(hosts).not.toContain(HOSTS.us)
})

test("a base URL other than Fireworks' has no US option, and its key is sent nowhere else", async () => {
  const { usBaseUrl } = await import("@/lib/models/ways")
  for (const url of [home.url, "http://api.fireworks.ai/inference/v1", "https://api.fireworks.ai.example/v1"])
    expect(usBaseUrl(url)).toBeNull()
  expect(usBaseUrl("https://api.fireworks.ai/inference/v1")).toBe("https://us.api.fireworks.ai/inference/v1")
})
