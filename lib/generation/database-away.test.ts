import { expect, test, vi } from "vitest"
import { ask, eventsOf, send, setUp, started, stored } from "@/lib/generation/generation.fixture"

setUp()

test("a database that fails while an answer is prepared interrupts it, and is not told as the model server's error", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  const { toolSources } = await import("@/lib/ai/tools")
  const definitions = async () => {
    await started.testDb.database.$queryRawUnsafe("SELECT * FROM NotThere")
    return []
  }
  toolSources().push({ definitions, stored: () => undefined })
  const request = ask("[[words n=3]]")
  const { response } = await send(request)
  await eventsOf(response)
  toolSources().pop()
  const [, answer] = await stored(request.id)
  expect(answer?.metadata?.status).toBe("interrupted")
  expect(answer?.metadata?.error).toBeUndefined()
})
