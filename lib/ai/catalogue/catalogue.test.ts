/** Fireworks' models: built-in, listed, retired, and ways of serving them. */
import { describe, expect, test, vi } from "vitest"
import { fireworks, GLM, ids, KIMI, server, setUpCatalogue } from "@/lib/ai/catalogue/catalogue.fixture"
import { recordAnsweredModel, recordMissingModel } from "@/lib/ai/catalogue/missing"
import type { ModelInfo } from "@/lib/models/model.types"

setUpCatalogue()

const OLD = "accounts/fireworks/models/kimi-k2-instruct-0905"
const SERVERLESS = "/v1/accounts/fireworks/models"

const byId = (models: ModelInfo[], id: string) => models.find((model) => model.id === id)

describe("Fireworks' models", () => {
  test("come from the full list, page by page, in addition to the bundled ones", async () => {
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
    // Not on the list, but not hidden because of that.
    expect(byId(models, GLM)?.retired).toBe(false)
    // Listed, so not retired.
    expect(byId(models, OLD)?.retired).toBe(false)
    expect((await resolveModel(OLD)).id).toBe(OLD)
    expect(ids(models)).not.toContain("accounts/fireworks/models/qwen3-embedding-8b")
    expect(ids(models)).not.toContain("accounts/fireworks/models/not-here")
    expect(server.keys.get(SERVERLESS)).toBe("Bearer fw-x")
  })

  test("are all available when every list returns 500, is empty, or is garbage", async () => {
    for (const answer of [500, "<html>", '{"models":[],"data":[]}', "{}", "[null]", '"no"']) {
      for (const path of ["/inference/v1/models", SERVERLESS, "/v1/accounts"]) server.routes.set(path, answer)
      const { listModels, forgetCatalogue } = await fireworks()
      forgetCatalogue()
      const { models, default: chosen } = await listModels()
      expect(models.filter(({ retired }) => !retired).length, String(answer)).toBeGreaterThan(10)
      expect(chosen).toBe("accounts/fireworks/models/glm-5p3-flash")
    }
  })

  test("are never removed by the inference server's sparse list, which adds and updates", async () => {
    server.routes.set("/inference/v1/models", {
      data: [{ id: KIMI, context_length: 99 }, { id: "accounts/me/models/tuned" }],
    })
    const { listModels, resolveModel } = await fireworks()
    const { models } = await listModels()
    expect(byId(models, KIMI)?.contextTokens).toBe(99)
    expect(byId(models, GLM)?.retired).toBe(false)
    expect(ids(models)).toContain("accounts/me/models/tuned")
    // An old conversation continues with the successor.
    expect((await resolveModel(OLD)).id).toBe(KIMI)
  })

  test("remain known when a later refresh fails, and are reloaded after being forgotten", async () => {
    server.routes.set(SERVERLESS, { models: [{ name: "accounts/fireworks/models/newest" }] })
    const { listModels, forgetCatalogue } = await fireworks()
    await listModels()
    server.routes.set(SERVERLESS, 500)
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 3_600_000)
    const asked = server.asked.length
    await listModels()
    await vi.waitFor(() => expect(server.asked.length).toBeGreaterThan(asked + 2), { timeout: 60_000 })
    expect(ids((await listModels()).models)).toContain("accounts/fireworks/models/newest")
    vi.restoreAllMocks()
    forgetCatalogue()
    expect(ids((await listModels()).models)).not.toContain("accounts/fireworks/models/newest")
  })

  test("can be requested by any plausible id: the server's 404 decides", async () => {
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
    // What the demo model started continues with the default one.
    expect((await resolveModel("sparkler-demo")).id).toBe("accounts/fireworks/models/glm-5p3-flash")
  })

  test("named in the settings are available too", async () => {
    const named = {
      DEFAULT_MODEL: "accounts/me/deployments/d",
      VISION_MODEL: "accounts/fireworks/routers/kimi-k3-fast",
    }
    for (const [name, value] of Object.entries(named)) vi.stubEnv(name, value)
    const { listModels } = await fireworks()
    const { models, default: chosen } = await listModels()
    expect(chosen).toBe(named.DEFAULT_MODEL)
    expect(byId(models, named.DEFAULT_MODEL)).toMatchObject({ name: "d" })
    // A way of serving a model that is already there.
    expect(ids(models)).not.toContain(named.VISION_MODEL)
  })

  test("list their serving options, each with its own id and price", async () => {
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

  test("that were recently missing on the server are marked missing and are not the default", async () => {
    const { listModels } = await fireworks()
    recordMissingModel(KIMI)
    recordMissingModel("accounts/fireworks/models/glm-5p3-flash")
    recordMissingModel("accounts/fireworks/routers/glm-5p3-fast")
    const { models, default: chosen } = await listModels()
    expect(byId(models, KIMI)?.missing).toBe(true)
    expect(byId(models, GLM)?.ways?.map(({ kind }) => kind)).toEqual(["standard", "priority", "spot", "latest"])
    expect(chosen).not.toBe("accounts/fireworks/models/glm-5p3-flash")
    recordAnsweredModel(KIMI)
    expect(byId((await listModels()).models, KIMI)?.missing).toBeUndefined()
  })
})
