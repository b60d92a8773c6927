/**
 * One upload at two real processes that share Redis and the data folder: there is never a hole, and never two writers.
 */
import type { ChildProcess } from "node:child_process"
import { createHash, randomUUID } from "node:crypto"
import { readdirSync, readFileSync, rmSync } from "node:fs"
import path from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { forkFixture } from "@/lib/fork.fixture"
import { bytesOf, makeUpload } from "@/lib/intake/stage"
import { localRedis, withoutRedis } from "@/lib/redis/redis.fixture"

interface Said {
  done: "start" | "piece" | "state" | "make"
  id?: string
  offset?: number
  error?: string
}

class Writer {
  private readonly said: Said[] = []
  private constructor(private readonly child: ChildProcess) {
    child.on("message", (said: Said) => this.said.push(said))
  }

  static async start(env: Record<string, string>): Promise<Writer> {
    const writer = new Writer(forkFixture(path.join(import.meta.dirname, "uploading.fixture.ts"), [], env))
    await writer.next("start")
    return writer
  }

  tell(message: object): void {
    this.child.send(message)
  }

  begin(userId: string, id: string, offset: number, checksum?: string): void {
    this.tell({ do: "begin", userId, id, offset, checksum })
  }

  async next(done: Said["done"]): Promise<Said> {
    await expect.poll(() => this.said.some((one) => one.done === done), { timeout: 60_000 }).toBe(true)
    const [found] = this.said.splice(
      this.said.findIndex((one) => one.done === done),
      1,
    )
    return found ?? { done }
  }

  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
    this.child.kill(name)
  }
}

const redis = await localRedis()
if (!redis) withoutRedis()
else cases(redis)

function cases(shared: NonNullable<typeof redis>): void {
  let testDb: TestDatabase
  let writers: Writer[] = []
  const text = "The quick brown fox jumps over the lazy dog."

  beforeAll(async () => {
    testDb = await withTestDb()
  })
  afterEach(() => {
    for (const writer of writers) writer.signal("SIGKILL")
    writers = []
  })
  afterAll(async () => {
    await shared.clear()
    await testDb.close()
  })

  /** Two processes, and an upload of the text. */
  async function two(otherDir = testDb.dataDir) {
    // The database isn't used: its URL only has to be valid together with Redis.
    const env = {
      ...{ REDIS_URL: shared.url, REDIS_PREFIX: shared.prefix, DATA_DIR: testDb.dataDir },
      DATABASE_URL: "postgresql://root@127.0.0.1:5432/postgres",
    }
    writers = await Promise.all([Writer.start(env), Writer.start({ ...env, DATA_DIR: otherDir })])
    const [userId, id] = [randomUUID(), randomUUID()]
    await makeUpload(userId, id, { name: "fox.txt", size: text.length, taken: null })
    const [a, b] = writers
    if (!a || !b) throw new Error("no writers")
    return { a, b, userId, id, file: bytesOf(userId, id) }
  }
  const arrived = (file: string) => readFileSync(file, "utf8")
  const left = (file: string) => readdirSync(path.dirname(file)).sort()

  test("a browser that reconnects to another process ends the chunk hanging at the first", async () => {
    const { a, b, userId, id, file } = await two()
    a.begin(userId, id, 0)
    a.tell({ do: "bytes", text: text.slice(0, 10) })
    await expect.poll(() => arrived(file)).toBe(text.slice(0, 10))
    b.tell({ do: "state", userId, id })
    expect(await b.next("state")).toEqual({ done: "state", offset: 10 })
    expect((await a.next("piece")).error).toMatch(/connection was lost/)
    // What the first process still receives is discarded.
    a.tell({ do: "bytes", text: "XXXX" })
    b.begin(userId, id, 10)
    b.tell({ do: "bytes", text: text.slice(10) })
    b.tell({ do: "end" })
    expect(await b.next("piece")).toEqual({ done: "piece", offset: text.length })
    expect(arrived(file)).toBe(text)
    expect(left(file)).toEqual(["bytes", "meta.json"])
  })

  test("a process suspended mid-chunk that resumes later corrupts nothing", async () => {
    const { a, b, userId, id, file } = await two()
    // With a checksum: on resuming, it would truncate the file to where its piece began.
    a.begin(userId, id, 0, createHash("sha1").update("another text").digest("base64"))
    a.tell({ do: "bytes", text: text.slice(0, 10) })
    await expect.poll(() => arrived(file)).toBe(text.slice(0, 10))
    a.signal("SIGSTOP")
    a.tell({ do: "bytes", text: "XXXXXXXXXXXX" })
    a.tell({ do: "end" })
    b.begin(userId, id, 10)
    b.tell({ do: "bytes", text: text.slice(10, 20) })
    await expect.poll(() => arrived(file), { timeout: 60_000 }).toBe(text.slice(0, 20))
    a.signal("SIGCONT")
    await a.next("piece")
    expect(arrived(file)).toBe(text.slice(0, 20))
    b.tell({ do: "bytes", text: text.slice(20) })
    b.tell({ do: "end" })
    expect(await b.next("piece")).toEqual({ done: "piece", offset: text.length })
    expect(arrived(file)).toBe(text)
    expect(left(file)).toEqual(["bytes", "meta.json"])
  })

  test("data written by a killed process is continued", async () => {
    const { a, b, userId, id, file } = await two()
    a.begin(userId, id, 0)
    a.tell({ do: "bytes", text: text.slice(0, 7) })
    await expect.poll(() => arrived(file)).toBe(text.slice(0, 7))
    a.signal("SIGKILL")
    b.begin(userId, id, 7)
    b.tell({ do: "bytes", text: text.slice(7) })
    b.tell({ do: "end" })
    expect(await b.next("piece")).toEqual({ done: "piece", offset: text.length })
    expect(arrived(file)).toBe(text)
    rmSync(path.dirname(file), { recursive: true })
  })

  test("a chunk sent to a machine with another data folder gets an error", async () => {
    const { a, b, userId } = await two(path.join(testDb.dataDir, "other"))
    a.tell({ do: "make", userId, size: 5 })
    const { id } = await a.next("make")
    b.tell({ do: "state", userId, id })
    expect((await b.next("state")).error).toMatch(/began on another machine/)
    b.tell({ do: "state", userId, id: randomUUID() })
    expect((await b.next("state")).error).toMatch(/no longer exists/)
    a.tell({ do: "state", userId, id })
    expect(await a.next("state")).toEqual({ done: "state", offset: 0 })
  })
}
