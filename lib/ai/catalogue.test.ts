import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { type DemoServer, startDemoServer } from "@/lib/cli/demo-server"

const CLOSED = "http://127.0.0.1:9"
let server: DemoServer

beforeEach(async () => {
  const models = [
    { id: "accounts/fireworks/models/kimi-k3", context_length: 77 },
    { id: "accounts/fireworks/models/brand-new", supports_image_input: false },
    { id: "llava:7b" },
  ]
  server = await startDemoServer({ models })
  vi.stubEnv("DATA_DIR", mkdtempSync(path.join(tmpdir(), "sparkler-catalogue-")))
  vi.stubEnv("OLLAMA_URL", CLOSED)
})

afterEach(async () => {
  await server.close()
  vi.unstubAllEnvs()
  vi.resetModules()
  for (const name of ["catalogue", "apiKey"]) Reflect.deleteProperty(globalThis, Symbol.for(`sparkler.${name}`))
})

/** The catalogue under these settings, which it reads once. */
async function catalogue(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return import("@/lib/ai/catalogue")
}

test("with a key and a listing: what the server has, known ones with their price, retired ones kept", async () => {
  const { listModels, resolveModel } = await catalogue({ FIREWORKS_API_KEY: "fw-x", FIREWORKS_BASE_URL: server.url })
  const { models, notice } = await listModels()
  expect(notice.kind).toBe("fireworks")
  const byId = new Map(models.map((model) => [model.id, model]))
  expect(byId.get("accounts/fireworks/models/kimi-k3")).toMatchObject({
    name: "Kimi K3",
    contextTokens: 77,
    price: { input: 3 },
    retired: false,
  })
  expect(byId.get("accounts/fireworks/models/brand-new")).toMatchObject({
    name: "brand-new",
    images: false,
    price: null,
  })
  expect(byId.has("accounts/fireworks/models/glm-5p3")).toBe(false)
  expect(byId.get("accounts/fireworks/models/kimi-k2-instruct-0905")).toMatchObject({
    retired: true,
    successor: "accounts/fireworks/models/kimi-k3",
  })
  // An old conversation goes on with the successor.
  expect((await resolveModel("accounts/fireworks/models/kimi-k2-instruct-0905")).id).toBe(
    "accounts/fireworks/models/kimi-k3",
  )
  await expect(resolveModel("nonsense")).rejects.toMatchObject({ code: "model:unknown" })
})

test("with a key and no listing, the shipped list serves", async () => {
  const { listModels } = await catalogue({ FIREWORKS_API_KEY: "fw-x", FIREWORKS_BASE_URL: `${CLOSED}/v1` })
  const { models, default: chosen } = await listModels()
  expect(models.filter(({ retired }) => !retired).length).toBeGreaterThan(5)
  expect(models.some(({ id }) => id === chosen)).toBe(true)
})

test("without a key, an Ollama on this machine is found and offered, and the page says so", async () => {
  const { listModels, resolveModel } = await catalogue({ OLLAMA_URL: new URL(server.url).origin })
  const { models, notice } = await listModels()
  expect(notice).toMatchObject({ kind: "ollama", text: expect.stringContaining("FIREWORKS_API_KEY") })
  expect(models.find(({ id }) => id === "llava:7b")).toMatchObject({ upstream: "ollama", images: true, price: null })
  expect((await resolveModel(undefined)).upstream).toBe("ollama")
})

test("without a key, a server given by address is used", async () => {
  const { listModels } = await catalogue({ FIREWORKS_BASE_URL: server.url })
  const { notice, models } = await listModels()
  expect(notice.kind).toBe("compatible")
  expect(models.every(({ upstream }) => upstream === "compatible")).toBe(true)
})

test("without anything, the demo model answers and says how to set a key", async () => {
  const { listModels } = await catalogue({})
  const { models, notice } = await listModels()
  expect(models.map(({ upstream }) => upstream)).toEqual(["demo"])
  expect(notice.text).toMatch(/demo model.*FIREWORKS_API_KEY/)
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
