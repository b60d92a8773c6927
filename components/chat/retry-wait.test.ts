import { afterEach, describe, expect, it, vi } from "vitest"
import { retryWait, waitFor } from "@/components/chat/retry-wait"

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe("the wait before a retry", () => {
  it("doubles from 250 ms and ends at 10 s", () => {
    expect([0, 1, 2, 3, 6, 40].map((attempt) => waitFor(attempt, 0))).toEqual([250, 500, 1_000, 2_000, 10_000, 10_000])
  })

  it("is up to a fifth shorter by chance, never longer", () => {
    expect(waitFor(0, 1)).toBe(200)
    expect(waitFor(50, 0.5)).toBe(9_000)
  })

  it("ends at once when the network comes back", async () => {
    vi.useFakeTimers()
    const target = new EventTarget()
    vi.stubGlobal("addEventListener", target.addEventListener.bind(target))
    vi.stubGlobal("removeEventListener", target.removeEventListener.bind(target))
    const waiting = retryWait(10, new AbortController().signal)
    target.dispatchEvent(new Event("online"))
    await expect(waiting).resolves.toBeUndefined()
  })

  it("rejects when aborted", async () => {
    const controller = new AbortController()
    const waiting = retryWait(10, controller.signal)
    controller.abort(new Error("left"))
    await expect(waiting).rejects.toThrow("left")
  })
})
