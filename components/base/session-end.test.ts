import { afterEach, expect, test } from "vitest"
import { readError } from "@/components/base/api"
import { sessionEnd } from "@/components/base/session-end"

const refused = () => readError(Response.json({ error: { code: "auth:required", message: "x" } }, { status: 401 }))

afterEach(() => sessionEnd.setUnbegun(null))

test("a page that never had a session shows the reason instead of a session-ended message", async () => {
  sessionEnd.setUnbegun("Too many new visitors.")
  expect((await refused()).message).toBe("Too many new visitors.")
  // The page already shows it.
  expect(sessionEnd.get()).toBeNull()
  sessionEnd.setUnbegun(null)
  expect((await refused()).message).toBe("sessionEnded")
  expect(sessionEnd.get()).toBe("sessionEnded")
})
