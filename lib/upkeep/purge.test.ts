/** The hourly purge and sweep as jobs: only one of many processes runs them. */
import { expect, test } from "vitest"
import { ask, send, setUp, started } from "@/lib/generation/generation.fixture"
import { enqueue } from "@/lib/jobs/jobs"
import { JobRunner } from "@/lib/jobs/runner"

setUp()

const DAY_MS = 24 * 60 * 60 * 1_000

test("the job purges what was deleted a month ago, in only one of two processes", async () => {
  const { filesJob, purgeJob, upkeepJobs } = await import("@/lib/upkeep/upkeep")
  const { conversation, job } = started.testDb.database
  const [old, recent] = [ask("[[echo]] old"), ask("[[echo]] recent")]
  for (const [request, days] of [
    [old, 31],
    [recent, 29],
  ] as const) {
    await (await send(request)).response?.text()
    await conversation.update({ where: { id: request.id }, data: { deletedAt: new Date(Date.now() - days * DAY_MS) } })
  }
  const ids = await Promise.all(["a", "b"].map(() => enqueue(purgeJob, {}, { key: "purge" })))
  expect(ids.filter((id) => id !== null)).toHaveLength(1)
  await enqueue(filesJob, {}, { key: "files" })
  const runners = ["a", "b"].map(
    (nodeId) => new JobRunner({ kinds: upkeepJobs, nodeId, atOnce: 2, everyMs: 1_000_000 }),
  )
  await Promise.all(runners.map((runner) => runner.wake()))
  await Promise.all(runners.map((runner) => runner.settled()))
  expect(await conversation.findMany({ select: { id: true } })).toEqual([{ id: recent.id }])
  expect(await job.findMany({ orderBy: { kind: "asc" } })).toMatchObject([
    { kind: "files", state: "done", attempts: 1 },
    { kind: "purge", state: "done", attempts: 1 },
  ])
  await Promise.all(runners.map((runner) => runner.stop()))
})
