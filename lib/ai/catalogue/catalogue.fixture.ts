/** A catalogue that is read anew for each test, from a server of lists. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, vi } from "vitest"
import { type ListServer, startListServer } from "@/lib/ai/catalogue/list-server.fixture"
import type { ModelInfo } from "@/lib/models/model.types"

export const CLOSED = "http://127.0.0.1:9"
export const KIMI = "accounts/fireworks/models/kimi-k3"
export const GLM = "accounts/fireworks/models/glm-5p3"
/** The server of this test. */
export let server: ListServer

/** Call once a test file. */
export function setUpCatalogue(): void {
  beforeEach(async () => {
    server = await startListServer()
    vi.stubEnv("DATA_DIR", mkdtempSync(path.join(tmpdir(), "sparkler-catalogue-")))
    vi.stubEnv("OLLAMA_URL", CLOSED)
    // What doesn't list at once is given up; on a busy machine nothing comes at once.
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(new AbortController().signal)
  })
  afterEach(async () => {
    await server.close()
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    vi.resetModules()
    for (const name of ["catalogue", "missingModels", "apiKey"])
      Reflect.deleteProperty(globalThis, Symbol.for(`sparkler.${name}`))
  })
}

/** The catalogue under these settings, which it reads once. */
export async function catalogue(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return import("@/lib/ai/catalogue/catalogue")
}
export const fireworks = () => catalogue({ FIREWORKS_API_KEY: "fw-x", FIREWORKS_BASE_URL: server.url })

export const ids = (models: ModelInfo[]) => models.map(({ id }) => id)
