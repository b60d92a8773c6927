import { expect, test } from "vitest"
import { ask, eventsOf, send, setUp, started, user } from "@/lib/generation/generation.fixture"

setUp({ KEEP_RECORDINGS_HOURS: "0" })

test("with recording disabled nothing is recorded, and requesting a recording reports that", async () => {
  const request = ask("[[echo]] hello")
  const { answerId, response } = await send(request)
  expect((await eventsOf(response)).text).toBe("[[echo]] hello")
  const { runningByMessage } = await import("@/lib/generation/runtime")
  await runningByMessage(answerId)?.done
  expect(await started.testDb.database.recording.count()).toBe(0)
  const { recordingOf } = await import("@/lib/recording/save/save")
  await expect(recordingOf(user, request.id, answerId)).rejects.toMatchObject({
    code: "message:no_recording",
    message: "Recordings are turned off on this server.",
  })
})
