/** Cases that jobs must pass on either database. Each runner stands for a separate process. */
import { v7 as uuidv7 } from "uuid"
import { afterEach, describe, expect, test } from "vitest"
import { z } from "zod"
import type { Database } from "@/lib/db/client"
import { claimJob, endJob, JOB_LEASE_MS, removeEndedJobs, renewJob } from "@/lib/db/jobs"
import { defineJob, type JobRun } from "@/lib/jobs/define"
import { cancel, enqueue, jobOf } from "@/lib/jobs/jobs"
import { JobRunner, waitAfter } from "@/lib/jobs/runner"

type Run = JobRun<{ n: number }>
const LATER = () => new Date(Date.now() + JOB_LEASE_MS + 1)

export function jobCases(database: () => Database): void {
  const runners: JobRunner[] = []
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()))
    await database().job.deleteMany()
  })

  const kindOf = (run: (run: Run) => Promise<void>, attempts = 3) =>
    defineJob({ name: "count", payload: z.object({ n: z.number() }), attempts, run })

  function processWith(
    kind: ReturnType<typeof kindOf>,
    options: { atOnce?: number; mostEach?: number; renewMs?: number } = {},
  ): JobRunner {
    const runner = new JobRunner({ kinds: [kind], nodeId: uuidv7(), atOnce: 2, everyMs: 1_000_000, ...options })
    runners.push(runner)
    return runner
  }

  const rowOf = async (id: string | null) => database().job.findUniqueOrThrow({ where: { id: id ?? "" } })
  const idle = kindOf(async () => {})

  test("a job runs once, with its input, and completes", async () => {
    const seen: number[] = []
    const kind = kindOf(async ({ payload, attempt }) => void seen.push(payload.n, attempt))
    const id = await enqueue(kind, { n: 7 })
    const runner = processWith(kind)
    await runner.wake()
    await runner.settled()
    expect(seen).toEqual([7, 1])
    expect(await rowOf(id)).toMatchObject({ state: "done", progress: 1, nodeId: null, leaseUntil: null, error: null })
    await runner.wake()
    expect(seen).toHaveLength(2)
  })

  test("each job is claimed by exactly one of several concurrent processes", async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, (_, n) => enqueue(idle, { n })))
    const claimAll = async () => {
      const mine: string[] = []
      const nodeId = uuidv7()
      for (let job = await claimJob(["count"], nodeId); job; job = await claimJob(["count"], nodeId)) mine.push(job.id)
      return mine
    }
    const claimed = (await Promise.all(Array.from({ length: 8 }, claimAll))).flat()
    expect(claimed.toSorted()).toEqual(ids.toSorted())
  })

  test("no user's jobs take all slots: those of others start alongside, and the rest when one has ended", async () => {
    const [many, one] = [uuidv7(), uuidv7()]
    await database().user.createMany({ data: [many, one].map((id) => ({ id, guest: true })) })
    const begun: number[] = []
    const ends: (() => void)[] = []
    const kind = kindOf(async ({ payload, signal }) => {
      begun.push(payload.n)
      await new Promise<void>((resolve) => {
        ends.push(resolve)
        signal.addEventListener("abort", () => resolve())
      })
    })
    for (const n of [1, 2, 3]) await enqueue(kind, { n }, { userId: many })
    const runner = processWith(kind, { atOnce: 4, mostEach: 2 })
    await runner.wake()
    expect(begun).toEqual([1, 2])
    await enqueue(kind, { n: 4 }, { userId: one })
    await enqueue(kind, { n: 5 })
    await runner.wake()
    expect(begun).toEqual([1, 2, 4, 5])
    ends.shift()?.()
    await expect.poll(() => begun).toEqual([1, 2, 4, 5, 3])
    for (const end of ends) end()
    await runner.settled()
  })

  test("a job scheduled for later, or of a kind unknown to this process, waits", async () => {
    await enqueue(idle, { n: 1 }, { runAfter: new Date(Date.now() + 60_000) })
    await enqueue({ ...idle, name: "other" }, { n: 2 })
    expect(await claimJob(["count"], "a")).toBeNull()
    expect(await claimJob(["count"], "a", new Date(Date.now() + 61_000))).toMatchObject({ payload: { n: 1 } })
  })

  test("a failed attempt is retried with growing delays, until no attempts are left", async () => {
    const kind = kindOf(async ({ attempt }) => {
      throw new Error(`try ${attempt}\u0000`)
    }, 2)
    const id = await enqueue(kind, { n: 1 })
    const runner = processWith(kind)
    await runner.wake()
    await runner.settled()
    const first = await rowOf(id)
    expect(first).toMatchObject({ state: "waiting", attempts: 1, error: "try 1\uFFFD" })
    expect(first.runAfter.getTime()).toBeGreaterThan(Date.now() + waitAfter(1) / 2)
    await database().job.update({ where: { id: first.id }, data: { runAfter: new Date(0) } })
    await runner.wake()
    await runner.settled()
    expect(await rowOf(id)).toMatchObject({ state: "failed", attempts: 2, error: "try 2\uFFFD", key: null })
    expect([1, 2, 3].map(waitAfter)).toEqual([5_000, 20_000, 80_000])
    expect(waitAfter(50)).toBe(3_600_000)
  })

  describe("after a crash", () => {
    test("a job continues in another process when its lease has expired, and not before", async () => {
      const id = await enqueue(idle, { n: 1 })
      const dead = await claimJob(["count"], "dead")
      expect(await claimJob(["count"], "alive")).toBeNull()
      expect(await claimJob(["count"], "alive", LATER())).toMatchObject({ id, attempts: 2, nodeId: "alive" })
      if (!dead) throw new Error("nothing was claimed")
      // The process was only slow: its result is ignored.
      expect(await renewJob(dead, 0.5)).toBe("lost")
      expect(await endJob(dead, { state: "done" })).toBe(false)
      expect(await rowOf(id)).toMatchObject({ state: "running", nodeId: "alive", progress: 0 })
    })

    test("a renewed lease is not expired", async () => {
      await enqueue(idle, { n: 1 })
      const job = await claimJob(["count"], "alive")
      if (!job) throw new Error("nothing was claimed")
      expect(await renewJob(job, 0.25, LATER())).toBe("held")
      expect(await claimJob(["count"], "other", LATER())).toBeNull()
      expect(await rowOf(job.id)).toMatchObject({ progress: 0.25 })
    })

    test("a job that crashes its process on each attempt is given up", async () => {
      const ran: number[] = []
      const kind = kindOf(async ({ attempt }) => void ran.push(attempt), 2)
      const id = await enqueue(kind, { n: 1 })
      await database().job.update({
        where: { id: id ?? "" },
        data: { state: "running", attempts: 2, leaseUntil: new Date(0) },
      })
      const runner = processWith(kind)
      await runner.wake()
      await runner.settled()
      expect(ran).toEqual([])
      expect(await rowOf(id)).toMatchObject({ state: "failed", error: "gave up after 2 attempts" })
    })
  })

  test("a process that lost its lease aborts its attempt, and the result is discarded", async () => {
    let told: unknown
    const kind = kindOf(
      ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            told = signal.reason
            resolve()
          })
        }),
    )
    const id = await enqueue(kind, { n: 1 })
    const slow = processWith(kind, { renewMs: 20 })
    await slow.wake()
    // The lease is renewed so often that a claim may come too late each time.
    while (!(await claimJob(["count"], "other", LATER()))) {}
    await slow.settled()
    expect(String(told)).toContain("lost")
    expect(await rowOf(id)).toMatchObject({ state: "running", nodeId: "other" })
  })

  test("a job canceled while waiting never starts; canceled while running, it is signaled and ends", async () => {
    let begun = 0
    const kind = kindOf(({ signal }) => {
      begun++
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
    })
    const waiting = await enqueue(kind, { n: 1 }, { runAfter: new Date(Date.now() + 60_000) })
    expect(await cancel(waiting ?? "", null)).toBe(true)
    const running = await enqueue(kind, { n: 2 })
    const runner = processWith(kind, { renewMs: 20 })
    await runner.wake()
    expect(await cancel(running ?? "", null)).toBe(true)
    await runner.settled()
    expect([begun, (await rowOf(waiting)).state, (await rowOf(running)).state]).toEqual([1, "cancelled", "cancelled"])
    expect(await cancel(running ?? "", null)).toBe(false)
  })

  test("progress is stored while it runs", async () => {
    let finish = () => {}
    const kind = kindOf(({ progress }) => {
      progress(0.4)
      progress(7)
      progress(0.5)
      return new Promise((resolve) => {
        finish = resolve
      })
    })
    const id = await enqueue(kind, { n: 1 })
    const runner = processWith(kind, { renewMs: 20 })
    await runner.wake()
    await expect.poll(async () => (await rowOf(id)).progress).toBe(0.5)
    finish()
    await runner.settled()
    expect(await rowOf(id)).toMatchObject({ state: "done", progress: 1 })
  })

  test("a process that shuts down releases its running jobs, without counting the attempt", async () => {
    const kind = kindOf(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    )
    const id = await enqueue(kind, { n: 1 })
    const runner = processWith(kind)
    await runner.wake()
    expect(await rowOf(id)).toMatchObject({ state: "running", attempts: 1 })
    await runner.stop()
    expect(await rowOf(id)).toMatchObject({ state: "waiting", attempts: 0, nodeId: null })
    expect(await claimJob(["count"], "next")).toMatchObject({ id })
  })

  test("only one job per name exists at a time", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, (_, n) => enqueue(idle, { n }, { key: "only" })))
    expect(ids.filter((id) => id !== null)).toHaveLength(1)
    const runner = processWith(idle)
    await runner.wake()
    await runner.settled()
    expect(await enqueue(idle, { n: 9 }, { key: "only" })).not.toBeNull()
  })

  test("a job is visible to its owner only, and deleted with them", async () => {
    const [ann, bob] = [uuidv7(), uuidv7()]
    await database().user.createMany({ data: [ann, bob].map((id) => ({ id, guest: true })) })
    const id = (await enqueue(idle, { n: 1 }, { userId: ann })) ?? ""
    expect([await jobOf(id, bob), await jobOf(id, null)]).toEqual([null, null])
    expect(await cancel(id, bob)).toBe(false)
    expect(await jobOf(id, ann)).toMatchObject({ id, state: "waiting" })
    await database().user.delete({ where: { id: ann } })
    expect(await database().job.count({ where: { id } })).toBe(0)
  })

  test("invalid input is rejected when stored, and fails when an earlier version stored it", async () => {
    await expect(enqueue(idle, JSON.parse('{"n":"x"}'))).rejects.toThrow()
    const ran: number[] = []
    const kind = kindOf(async ({ payload }) => void ran.push(payload.n), 1)
    const id = uuidv7()
    await database().job.create({ data: { id, kind: "count", payload: { old: true } } })
    const runner = processWith(kind)
    await runner.wake()
    await runner.settled()
    expect([ran, (await rowOf(id)).state]).toEqual([[], "failed"])
  })

  test("jobs that ended long ago are removed, others stay", async () => {
    const kept = await enqueue(idle, { n: 1 }, { runAfter: new Date(Date.now() + 60_000) })
    const id = (await enqueue(idle, { n: 2 })) ?? ""
    const runner = processWith(idle)
    await runner.wake()
    await runner.settled()
    expect(await removeEndedJobs(new Date(Date.now() - 60_000))).toBe(0)
    expect(await removeEndedJobs(new Date(Date.now() + 60_000))).toBe(1)
    expect([(await rowOf(kept)).state, await database().job.count({ where: { id } })]).toEqual(["waiting", 0])
  })

  test("concurrent jobs never exceed the limit", async () => {
    let most = 0
    let now = 0
    const gate = { open: () => {} }
    const opened = new Promise<void>((resolve) => {
      gate.open = resolve
    })
    const kind = kindOf(async () => {
      most = Math.max(most, ++now)
      await opened
      now--
    })
    await Promise.all(Array.from({ length: 5 }, (_, n) => enqueue(kind, { n })))
    const runner = processWith(kind, { atOnce: 2 })
    await runner.wake()
    gate.open()
    await expect.poll(() => database().job.count({ where: { state: "done" } })).toBe(5)
    expect(most).toBe(2)
  })
}
