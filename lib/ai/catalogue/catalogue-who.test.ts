/** Which server the models come from: by key, URL, and what answers. */
import { createServer, type Server } from "node:http"
import { expect, test, vi } from "vitest"
import { catalogue, setUpCatalogue } from "@/lib/ai/catalogue/catalogue.fixture"
import { startDemoServer } from "@/lib/demo/demo-server"

setUpCatalogue()

test("with nothing configured, the demo model answers and explains how to set a key", async () => {
  const { listModels, resolveModel } = await catalogue({ DEFAULT_MODEL: "not-here" })
  const { models, notice, default: chosen } = await listModels()
  expect(models.map(({ upstream }) => upstream)).toEqual(["demo"])
  expect(chosen).toBe("sparkler-demo")
  expect(notice.text).toMatch(/demo model.*FIREWORKS_API_KEY/)
  await expect(resolveModel("nonsense")).rejects.toMatchObject({ code: "model:unknown" })
})

test("without a key, a server that requires one falls back to the demo model", async () => {
  const guarded = await startDemoServer({ apiKey: "fw-x" })
  const { listModels } = await catalogue({ FIREWORKS_BASE_URL: guarded.url })
  expect((await listModels()).notice.kind).toBe("demo")
  await guarded.close()
})

test("Fireworks is never called without a key, whatever its host", async () => {
  const { listModels } = await catalogue({ FIREWORKS_BASE_URL: "https://us.api.fireworks.ai/inference/v1" })
  expect((await listModels()).notice.kind).toBe("demo")
})

test("a new key reloads the catalogue, and earlier requests that finish late are ignored", async () => {
  const guarded = await startDemoServer({ apiKey: "fw-x" })
  const { listModels, forgetCatalogue } = await catalogue({ FIREWORKS_BASE_URL: guarded.url })
  const late = listModels()
  const { keepKey, forgetKey } = await import("@/lib/ai/upstream/key")
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

test("a redirect of the model list is not followed, and the log names the target", async () => {
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
