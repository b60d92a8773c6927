import { afterEach, describe, expect, it, vi } from "vitest"
import { ApiError } from "@/components/base/api"
import { repeat, retryWait, waitFor } from "@/components/base/retry-wait"

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

  it("has no end by itself after four minutes of tries: somebody has to use the page", async () => {
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

describe("what is repeated", () => {
  const { signal } = new AbortController()

  it("is done until it succeeds, each time after a longer wait", async () => {
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

  it("ends with what the server refuses", async () => {
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
