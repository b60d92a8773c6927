import { afterEach, describe, expect, it, vi } from "vitest"
import { ApiError } from "@/components/base/api"
import { repeat, retryWait, waitFor } from "@/components/base/retry-wait"

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe("retry delay", () => {
  it("doubles from 250 ms up to 10 s", () => {
    expect([0, 1, 2, 3, 6, 40].map((attempt) => waitFor(attempt, 0))).toEqual([250, 500, 1_000, 2_000, 10_000, 10_000])
  })

  it("is randomly shortened by up to a fifth, never lengthened", () => {
    expect(waitFor(0, 1)).toBe(200)
    expect(waitFor(50, 0.5)).toBe(9_000)
  })

  it("ends immediately when the network comes back", async () => {
    vi.useFakeTimers()
    const target = new EventTarget()
    vi.stubGlobal("addEventListener", target.addEventListener.bind(target))
    vi.stubGlobal("removeEventListener", target.removeEventListener.bind(target))
    const waiting = retryWait(10, new AbortController().signal)
    target.dispatchEvent(new Event("online"))
    await expect(waiting).resolves.toBeUndefined()
  })

  it("stops retrying automatically after four minutes, until the user interacts with the page", async () => {
    vi.useFakeTimers()
    const target = new EventTarget()
    vi.stubGlobal("addEventListener", target.addEventListener.bind(target))
    let over = false
    const waiting = retryWait(30, new AbortController().signal).then(() => {
      over = true
    })
    target.dispatchEvent(new Event("keydown"))
    await vi.advanceTimersByTimeAsync(60 * 60 * 1_000)
    expect(over).toBe(false)
    target.dispatchEvent(new Event("keydown"))
    await waiting
    expect(over).toBe(true)
  })

  it("rejects when aborted", async () => {
    const controller = new AbortController()
    const waiting = retryWait(10, controller.signal)
    controller.abort(new Error("left"))
    await expect(waiting).rejects.toThrow("left")
  })
})

describe("retried operation", () => {
  const { signal } = new AbortController()

  it("repeats with growing delays until it succeeds", async () => {
    const waits: number[] = []
    let tries = 0
    const work = async () => {
      tries++
      if (tries < 4) throw new ApiError("server:internal", "Broken.", tries === 2 ? 429 : 500)
      return "done"
    }
    expect(await repeat(work, { signal, wait: async (attempt) => void waits.push(attempt) })).toBe("done")
    expect(waits).toEqual([0, 1, 2])
  })

  it("stops when the server rejects the request", async () => {
    for (const status of [401, 403, 404]) {
      let tries = 0
      const work = async () => {
        tries++
        throw new ApiError("x", "No.", status)
      }
      await expect(repeat(work, { signal })).rejects.toMatchObject({ status })
      expect(tries).toBe(1)
    }
  })
})
