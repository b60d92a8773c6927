import { afterEach, describe, expect, it, vi } from "vitest"
import { CODE_TIMEOUT_MS, isChunkLoadError, loadCode } from "@/components/base/load-code"

afterEach(() => vi.useRealTimers())

describe("dynamically imported code", () => {
  it("resolves or rejects with the import's result", async () => {
    await expect(loadCode(async () => "module")).resolves.toBe("module")
    const refused = new Error("refused")
    await expect(loadCode(() => Promise.reject(refused))).rejects.toBe(refused)
    expect(isChunkLoadError(refused)).toBe(false)
  })

  it("is reported as not loaded after a timeout", async () => {
    vi.useFakeTimers()
    const loading = loadCode(() => new Promise(() => {}))
    const settled = vi.fn()
    loading.catch(settled)
    await vi.advanceTimersByTimeAsync(CODE_TIMEOUT_MS - 1)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(isChunkLoadError(settled.mock.calls[0]?.[0])).toBe(true)
  })
})
