import { afterAll, beforeAll, expect, test } from "vitest"
import { buildWork } from "@/lib/cli/build-work.mjs"
import { AppError } from "@/lib/http/errors"
import { TASKS } from "@/lib/tasks/tasks"
import { type PoolOptions, WorkPool } from "@/lib/work/pool"
import { work, workStats } from "@/lib/work/work"

let file = ""
beforeAll(async () => {
  file = await buildWork(".sparkler/work-test", "lib/work/worker.fixture.ts")
})

const pools: WorkPool[] = []
afterAll(() => Promise.all(pools.map((pool) => pool.close())))

function poolOf(options: Partial<PoolOptions> = {}): WorkPool {
  const usual = { threads: 2, memoryMb: 64, mostWaiting: 8, mostOfOne: 4, idleMs: 60_000 }
  const pool = new WorkPool({ file: async () => file, ...usual, ...options })
  pools.push(pool)
  return pool
}

const asked = (name: string, args: unknown[] = [], { person = "ann", ms = 10_000 } = {}) => ({ name, args, person, ms })
const failure = (run: Promise<unknown>) => run.then(() => null).catch((error: unknown) => error)

/** A task that runs until it is told to end. */
function held(pool: WorkPool, person: string, ms?: number) {
  const flag = new SharedArrayBuffer(4)
  const release = () => {
    Atomics.store(new Int32Array(flag), 0, 1)
    Atomics.notify(new Int32Array(flag), 0)
  }
  return { done: pool.run(asked("hold", [flag], { person, ms })), release }
}

test("threads start only when needed, and idle ones are reused", async () => {
  const pool = poolOf()
  expect(pool.stats().threads).toBe(0)
  expect(await pool.run(asked("echo", [{ a: [1, "x", null] }]))).toEqual({ a: [1, "x", null] })
  expect(await pool.run(asked("echo", [2]))).toBe(2)
  expect(pool.stats()).toMatchObject({ threads: 1, running: 0, waiting: 0, done: 2, stopped: 0, refused: 0 })
  expect(pool.stats().ranMs).toBeGreaterThan(0)
})

test("an endless task is stopped at its deadline, and the next one runs", async () => {
  const pool = poolOf({ threads: 1 })
  const overrun = failure(pool.run(asked("spin", [], { ms: 50 })))
  const next = pool.run(asked("echo", ["next"]))
  expect(await overrun).toMatchObject({ code: "work:too_much", status: 422 })
  expect(await next).toBe("next")
  expect(pool.stats()).toMatchObject({ done: 1, stopped: 1, stoppedBy: { time: 1, memory: 0, fault: 0, closed: 0 } })
  // It waited for the other task's deadline, and for its own thread.
  expect(pool.stats().waitedMs).toBeGreaterThan(40)
})

test.runIf(process.platform === "linux")("needs Linux: a task starved of CPU time is not stopped for it", async () => {
  const pool = poolOf({ threads: 1 })
  const { done, release } = held(pool, "ann", 50)
  const began = performance.now()
  await expect.poll(() => performance.now() - began).toBeGreaterThan(300)
  release()
  expect(await done).toBe("released")
})

test("a task exceeding its memory limit is stopped, and the process continues", async () => {
  const pool = poolOf({ threads: 1 })
  expect(await failure(pool.run(asked("grow", [], { ms: 60_000 })))).toMatchObject({ code: "work:too_much" })
  expect(pool.stats().stoppedBy).toMatchObject({ memory: 1, time: 0 })
  expect(await pool.run(asked("echo", ["next"]))).toBe("next")
})

test("a task exceeding its memory limit outside the heap is stopped, too", async () => {
  const pool = poolOf({ threads: 1, mostGrowthMb: 200 })
  expect(await failure(pool.run(asked("swell", [], { ms: 60_000 })))).toMatchObject({ code: "work:too_much" })
  expect(pool.stats().stoppedBy).toMatchObject({ memory: 1, time: 0 })
  expect(await pool.run(asked("echo", ["next"]))).toBe("next")
})

test("errors thrown by a task arrive: an AppError intact, any other as an internal error", async () => {
  const pool = poolOf({ threads: 1 })
  const refused = await failure(pool.run(asked("refuse")))
  expect(refused).toBeInstanceOf(AppError)
  expect(refused).toMatchObject({
    code: "message:too_long",
    message: expect.stringContaining("8 characters; the limit is 7"),
    details: { limit: 7 },
  })
  expect(await failure(pool.run(asked("fail")))).toMatchObject({
    code: "server:internal",
    cause: "RangeError: a fault",
  })
  expect(await failure(pool.run(asked("unknown")))).toMatchObject({ code: "server:internal" })
})

test.each([
  ["a task that ends its thread", "leave", []],
  ["what can't be sent to a thread", "echo", [() => 1]],
])("%s is an error, and the next one runs", async (_, name, args) => {
  const pool = poolOf({ threads: 1 })
  expect(await failure(pool.run(asked(name, args)))).toBeInstanceOf(AppError)
  expect(await pool.run(asked("echo", ["next"]))).toBe("next")
})

test("a thread that can't start is an error, not a crash", async () => {
  expect(await failure(poolOf({ file: async () => "/nowhere/worker.mjs" }).run(asked("echo")))).toBeInstanceOf(AppError)
  const unbuilt = poolOf({ file: () => Promise.reject(new Error("no build")) })
  expect(await failure(unbuilt.run(asked("echo")))).toBeInstanceOf(AppError)
})

test("one user never occupies all threads", async () => {
  const pool = poolOf()
  const first = held(pool, "ann")
  const order: string[] = []
  const second = pool.run(asked("echo", [], { person: "ann" })).then(() => order.push("ann"))
  await pool.run(asked("echo", [], { person: "bob" })).then(() => order.push("bob"))
  first.release()
  expect(await first.done).toBe("released")
  await second
  expect(order).toEqual(["bob", "ann"])
})

test("requests beyond the queue limits are rejected: per user, and overall", async () => {
  const pool = poolOf({ threads: 1, mostWaiting: 3, mostOfOne: 2 })
  const running = held(pool, "ann")
  const waiting = ["ann", "ann"].map((person) => pool.run(asked("echo", [person], { person })))
  expect(await failure(pool.run(asked("echo")))).toMatchObject({ code: "work:busy", status: 503 })
  const other = pool.run(asked("echo", ["bob"], { person: "bob" }))
  expect(await failure(pool.run(asked("echo", [], { person: "cyd" })))).toMatchObject({ code: "work:busy" })
  running.release()
  expect(await Promise.all([...waiting, other])).toEqual(["ann", "ann", "bob"])
  expect(pool.stats().refused).toBe(2)
})

test("an idle thread ends", async () => {
  const pool = poolOf({ idleMs: 1 })
  await pool.run(asked("echo", [1]))
  await expect.poll(() => pool.stats().threads).toBe(0)
})

test("the project's own tasks run on a worker thread", async () => {
  const all = { person: "ann", ms: 20_000 }
  expect(await work("checkSchema", all, { type: "nonsense" })).toMatchObject([{ path: "/type" }])
  expect(await work("validateOutput", all, "{", { type: "json" })).toMatchObject({ valid: false })
  expect(workStats()).toMatchObject({ done: 2, stopped: 0 })
  for (const load of Object.values(TASKS)) expect(await load()).toBeInstanceOf(Function)
})

test("a closed pool rejects running, waiting, and new tasks, and starts no more threads", async () => {
  let begin = (_file: string) => {}
  const begun = new Promise<string>((resolve) => {
    begin = resolve
  })
  const pool = poolOf({ threads: 1, file: () => begun })
  const runs = [1, 2].map((n) => failure(pool.run(asked("echo", [n]))))
  await pool.close()
  begin(file)
  runs.push(failure(pool.run(asked("echo", [3]))))
  for (const run of runs) expect(await run).toMatchObject({ code: "work:too_much" })
  await begun
  expect(pool.stats()).toMatchObject({ threads: 0, running: 0, waiting: 0 })
})

test("a task ends when its signal aborts, running or queued, and the next one runs", async () => {
  const pool = poolOf({ threads: 1 })
  const [running, waiting, late] = [new AbortController(), new AbortController(), new AbortController()]
  const spin = failure(pool.run({ ...asked("spin"), signal: running.signal }))
  const queued = failure(pool.run({ ...asked("echo", ["never"]), signal: waiting.signal }))
  const next = pool.run(asked("echo", ["next"]))
  waiting.abort()
  expect(await queued).toMatchObject({ code: "work:too_much" })
  expect(pool.stats()).toMatchObject({ running: 1, waiting: 1 })
  running.abort()
  expect(await spin).toMatchObject({ code: "work:too_much" })
  expect(await next).toBe("next")
  late.abort()
  expect(await failure(pool.run({ ...asked("echo"), signal: late.signal }))).toMatchObject({ code: "work:too_much" })
})
