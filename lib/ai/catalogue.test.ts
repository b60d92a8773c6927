import { mkdtempSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { type ListServer, startListServer } from "@/lib/ai/catalogue/list-server.fixture"
import { noteAnswered, noteMissing } from "@/lib/ai/catalogue/missing"
import type { ModelInfo } from "@/lib/ai/model.types"
import { startDemoServer } from "@/lib/cli/demo-server"

const CLOSED = "http://127.0.0.1:9"
const KIMI = "accounts/fireworks/models/kimi-k3"
const GLM = "accounts/fireworks/models/glm-5p3"
const OLD = "accounts/fireworks/models/kimi-k2-instruct-0905"
const SERVERLESS = "/v1/accounts/fireworks/models"
let server: ListServer

beforeEach(async () => {
  server = await startListServer()
  vi.stubEnv("DATA_DIR", mkdtempSync(path.join(tmpdir(), "sparkler-catalogue-")))
  vi.stubEnv("OLLAMA_URL", CLOSED)
})

afterEach(async () => {
  await server.close()
  vi.unstubAllEnvs()
  vi.resetModules()
  for (const name of ["catalogue", "missingModels", "apiKey"])
    Reflect.deleteProperty(globalThis, Symbol.for(`sparkler.${name}`))
})

/** The catalogue under these settings, which it reads once. */
async function catalogue(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return import("@/lib/ai/catalogue")
}
const fireworks = () => catalogue({ FIREWORKS_API_KEY: "fw-x", FIREWORKS_BASE_URL: server.url })

const byId = (models: ModelInfo[], id: string) => models.find((model) => model.id === id)
const ids = (models: ModelInfo[]) => models.map(({ id }) => id)

describe("Fireworks' models", () => {
  test("are those of the true list, page by page, beside what was shipped", async () => {
    server.routes.set(SERVERLESS, (url) => {
      expect(url.searchParams.get("filter")).toBe("supports_serverless=true")
      return url.searchParams.get("pageToken") === "two"
        ? {
            models: [
              {
                name: "accounts/fireworks/models/newest",
                displayName: "The Newest",
                contextLength: "4096",
                supportsTools: "false",
              },
            ],
          }
        : {
            models: [
              null,
              { displayName: "no name" },
              {
                name: KIMI,
                contextLength: 77,
                supportsImageInput: "false",
                deprecationDate: { year: 2026, month: 12, day: 12 },
              },
              { name: OLD, state: "READY" },
              { name: "accounts/fireworks/models/qwen3-embedding-8b", kind: "EMBEDDING_MODEL" },
              { name: "accounts/fireworks/models/not-here", supportsServerless: "false" },
            ],
            nextPageToken: "two",
          }
    })
    const { listModels, resolveModel } = await fireworks()
    const { models, notice } = await listModels()
    expect(notice.kind).toBe("fireworks")
    expect(byId(models, KIMI)).toMatchObject({
      name: "Kimi K3",
      contextTokens: 77,
      images: false,
      price: { input: 3 },
      deprecation: "2026-12-12",
    })
    expect(byId(models, "accounts/fireworks/models/newest")).toMatchObject({
      name: "The Newest",
      contextTokens: 4_096,
      tools: false,
      price: null,
    })
    // Not on the list, and not hidden for that.
    expect(byId(models, GLM)?.retired).toBe(false)
    // Listed, so not retired.
    expect(byId(models, OLD)?.retired).toBe(false)
    expect((await resolveModel(OLD)).id).toBe(OLD)
    expect(ids(models)).not.toContain("accounts/fireworks/models/qwen3-embedding-8b")
    expect(ids(models)).not.toContain("accounts/fireworks/models/not-here")
    expect(server.keys.get(SERVERLESS)).toBe("Bearer fw-x")
  })

  test("are all there when every list is a 500, is empty, or is garbage", async () => {
    for (const answer of [500, "<html>", '{"models":[],"data":[]}', "{}", "[null]", '"no"']) {
      for (const path of ["/inference/v1/models", SERVERLESS, "/v1/accounts"]) server.routes.set(path, answer)
      const { listModels, forgetCatalogue } = await fireworks()
      forgetCatalogue()
      const { models, default: chosen } = await listModels()
      expect(models.filter(({ retired }) => !retired).length, String(answer)).toBeGreaterThan(10)
      expect(chosen).toBe("accounts/fireworks/models/glm-5p3-flash")
    }
  })

  test("are never taken away by the sparse list of the inference server, which adds and refreshes", async () => {
    server.routes.set("/inference/v1/models", {
      data: [{ id: KIMI, context_length: 99 }, { id: "accounts/me/models/tuned" }],
    })
    const { listModels, resolveModel } = await fireworks()
    const { models } = await listModels()
    expect(byId(models, KIMI)?.contextTokens).toBe(99)
    expect(byId(models, GLM)?.retired).toBe(false)
    expect(ids(models)).toContain("accounts/me/models/tuned")
    // An old conversation goes on with the successor.
    expect((await resolveModel(OLD)).id).toBe(KIMI)
  })

  test("stay known when a later reading fails, and are read anew when they are forgotten", async () => {
    server.routes.set(SERVERLESS, { models: [{ name: "accounts/fireworks/models/newest" }] })
    const { listModels, forgetCatalogue } = await fireworks()
    await listModels()
    server.routes.set(SERVERLESS, 500)
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 3_600_000)
    const asked = server.asked.length
    await listModels()
    await vi.waitFor(() => expect(server.asked.length).toBeGreaterThan(asked + 2))
    expect(ids((await listModels()).models)).toContain("accounts/fireworks/models/newest")
    vi.restoreAllMocks()
    forgetCatalogue()
    expect(ids((await listModels()).models)).not.toContain("accounts/fireworks/models/newest")
  })

  test("can be asked for by any plausible id: the server's 404 is the judge", async () => {
    const { resolveModel } = await fireworks()
    for (const id of [
      "accounts/fireworks/routers/some-router",
      "accounts/me/deployments/abc",
      "accounts/me/models/y#accounts/me/deployments/d",
      "nonsense",
    ])
      expect(await resolveModel(id)).toMatchObject({ id, upstream: "fireworks", price: null, retired: false })
    for (const id of ["two words", "", "<script>", "a\nb"])
      await expect(resolveModel(id)).rejects.toMatchObject({ code: "model:unknown" })
    // What the demo model began goes on with the default one.
    expect((await resolveModel("sparkler-demo")).id).toBe("accounts/fireworks/models/glm-5p3-flash")
  })

  test("that the settings name are on offer too", async () => {
    const named = {
      DEFAULT_MODEL: "accounts/me/deployments/d",
      VISION_MODEL: "accounts/fireworks/routers/kimi-k3-fast",
    }
    for (const [name, value] of Object.entries(named)) vi.stubEnv(name, value)
    const { listModels } = await fireworks()
    const { models, default: chosen } = await listModels()
    expect(chosen).toBe(named.DEFAULT_MODEL)
    expect(byId(models, named.DEFAULT_MODEL)).toMatchObject({ name: "d" })
    // A way of a model that is there already.
    expect(ids(models)).not.toContain(named.VISION_MODEL)
  })

  test("come with their ways, each with its own id and price", async () => {
    const { listModels, resolveModel } = await fireworks()
    const { models } = await listModels()
    expect(byId(models, KIMI)?.ways).toEqual([
      { kind: "standard", id: KIMI, price: { input: 3, cachedInput: 0.3, output: 15 } },
      {
        kind: "fast",
        id: "accounts/fireworks/routers/kimi-k3-fast",
        price: { input: 4.5, cachedInput: 0.45, output: 22.5 },
      },
      { kind: "priority", id: `${KIMI}?service_tier=priority`, price: null },
      { kind: "spot", id: `${KIMI}-spot`, price: null, aboutLess: 30 },
      { kind: "latest", id: "accounts/fireworks/routers/kimi-latest", price: null },
    ])
    expect(byId(models, OLD)?.ways).toBeUndefined()
    expect(await resolveModel("accounts/fireworks/routers/kimi-k3-fast")).toMatchObject({
      name: "Kimi K3",
      way: "fast",
      images: true,
      price: { output: 22.5 },
    })
    expect(await resolveModel(`${KIMI}-spot?fallback=none`)).toMatchObject({
      id: `${KIMI}-spot?fallback=none`,
      way: "spot",
    })
    expect(ids(models).filter((id) => /routers|spot/.test(id))).toEqual([])
  })

  test("that the server did not have lately are said to be missing, and not the default", async () => {
    const { listModels } = await fireworks()
    noteMissing(KIMI)
    noteMissing("accounts/fireworks/models/glm-5p3-flash")
    noteMissing("accounts/fireworks/routers/glm-5p3-fast")
    const { models, default: chosen } = await listModels()
    expect(byId(models, KIMI)?.missing).toBe(true)
    expect(byId(models, GLM)?.ways?.map(({ kind }) => kind)).toEqual(["standard", "priority", "spot", "latest"])
    expect(chosen).not.toBe("accounts/fireworks/models/glm-5p3-flash")
    noteAnswered(KIMI)
    expect(byId((await listModels()).models, KIMI)?.missing).toBeUndefined()
  })
})

test("without anything, the demo model answers and says how to set a key", async () => {
  const { listModels, resolveModel } = await catalogue({ DEFAULT_MODEL: "not-here" })
  const { models, notice, default: chosen } = await listModels()
  expect(models.map(({ upstream }) => upstream)).toEqual(["demo"])
  expect(chosen).toBe("sparkler-demo")
  expect(notice.text).toMatch(/demo model.*FIREWORKS_API_KEY/)
  await expect(resolveModel("nonsense")).rejects.toMatchObject({ code: "model:unknown" })
})

test("a server that wants a key is not asked without one, or refuses: then as without anything", async () => {
  const guarded = await startDemoServer({ apiKey: "fw-x" })
  const { listModels } = await catalogue({ FIREWORKS_BASE_URL: guarded.url })
  expect((await listModels()).notice.kind).toBe("demo")
  await guarded.close()
})

test("Fireworks is never asked without a key, whatever its host", async () => {
  const { listModels } = await catalogue({ FIREWORKS_BASE_URL: "https://us.api.fireworks.ai/inference/v1" })
  expect((await listModels()).notice.kind).toBe("demo")
})

test("with another key the catalogue is read anew, and what was asked before comes too late", async () => {
  const guarded = await startDemoServer({ apiKey: "fw-x" })
  const { listModels, forgetCatalogue } = await catalogue({ FIREWORKS_BASE_URL: guarded.url })
  const late = listModels()
  const { keepKey, forgetKey } = await import("@/lib/ai/key")
  await keepKey("fw-x")
  forgetCatalogue()
  expect((await listModels()).notice.kind).toBe("fireworks")
  expect((await late).notice.kind).toBe("demo")
  expect((await listModels()).notice.kind).toBe("fireworks")
  await forgetKey()
  forgetCatalogue()
  expect((await listModels()).notice.kind).toBe("demo")
  await guarded.close()
})

test("a list that points elsewhere is not fetched from there, and the log names the place", async () => {
  const seen: string[] = []
  const other = createServer((request, response) => void response.end(seen.push(request.url ?? "")))
  const here = createServer((_, response) =>
    response.writeHead(302, { location: `${addressOf(other)}/v1/models` }).end(),
  )
  for (const one of [other, here]) await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve))
  const log = vi.spyOn(console, "info").mockImplementation(() => {})
  const { listModels } = await catalogue({ FIREWORKS_BASE_URL: `${addressOf(here)}/v1`, DEFAULT_MODEL: "mine" })
  await listModels()
  expect(log.mock.calls.join()).toContain(`redirected the request to ${new URL(addressOf(other)).host}`)
  expect(seen).toEqual([])
  for (const one of [other, here]) one.close()
})

function addressOf(one: Server): string {
  const address = one.address()
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : ""
}
