/** A catalogue that is reloaded for each test, from a fake list server. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, vi } from "vitest"
import { type ListServer, startListServer } from "@/lib/ai/catalogue/list-server.fixture"
import type { ModelInfo } from "@/lib/models/model.types"

export const CLOSED = "http://127.0.0.1:9"
export const KIMI = "accounts/fireworks/models/kimi-k3"
export const GLM = "accounts/fireworks/models/glm-5p3"
/** The server of the current test. */
export let server: ListServer

/** Call once per test file. */
export function setUpCatalogue(): void {
  beforeEach(async () => {
    server = await startListServer()
    vi.stubEnv("DATA_DIR", mkdtempSync(path.join(tmpdir(), "sparkler-catalogue-")))
    vi.stubEnv("OLLAMA_URL", CLOSED)
    // Disables list timeouts, because on a busy machine nothing arrives quickly.
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

/** The catalogue with these settings, loaded fresh. */
export async function catalogue(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return import("@/lib/ai/catalogue/catalogue")
}
export const fireworks = () => catalogue({ FIREWORKS_API_KEY: "fw-x", FIREWORKS_BASE_URL: server.url })

export const ids = (models: ModelInfo[]) => models.map(({ id }) => id)
