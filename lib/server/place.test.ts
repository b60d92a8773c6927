import { afterEach, expect, test, vi } from "vitest"
import { redirectIfElsewhere } from "./place.mjs"

const KEY = Symbol.for("sparkler.otherPlace")
afterEach(() => void Reflect.deleteProperty(globalThis, KEY))

const DOCUMENT = { method: "GET", url: "/", headers: { "sec-fetch-dest": "document" } }

/** The redirect target, or null if the page was opened here. */
function opened(
  request: typeof DOCUMENT | { method: string; url: string; headers: { accept: string } },
): Promise<string | null> {
  return new Promise((resolve) => {
    const response = {
      writeHead: (status: number, headers: { location: string }) => ({
        end: () => resolve(`${status} ${headers.location}`),
      }),
    }
    redirectIfElsewhere(request, response, () => resolve(null))
  })
}

test("a page is redirected to the resolved location, and served here if there is none or the lookup fails", async () => {
  expect(await opened(DOCUMENT)).toBeNull()
  const find = vi.fn(async (): Promise<string | null> => "http://localhost:3000/")
  Reflect.set(globalThis, KEY, { value: find })
  expect(await opened(DOCUMENT)).toBe("307 http://localhost:3000/")
  expect(await opened({ ...DOCUMENT, headers: { accept: "*/*" } })).toBeNull()
  expect(find).toHaveBeenCalledTimes(1)
  find.mockResolvedValueOnce(null)
  expect(await opened(DOCUMENT)).toBeNull()
  find.mockRejectedValueOnce(new Error("no database"))
  expect(await opened(DOCUMENT)).toBeNull()
})
