import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest"
import { connectRedis, type RedisServer } from "@/lib/redis/connection"
import { localRedis, withoutRedis } from "@/lib/redis/redis.fixture"
import { checkPeers } from "@/lib/server/peers"

const redis = await localRedis()
if (!redis) withoutRedis()
else cases(redis)

function cases(shared: NonNullable<typeof redis>): void {
  const dir = mkdtempSync(path.join(tmpdir(), "sparkler-peers-"))
  const [one, other] = ["1", "2"].map((name) => path.join(dir, name)) as [string, string]
  const [secret, wrong] = ["a".repeat(32), "b".repeat(32)]
  let server: RedisServer
  let ends: (() => void)[] = []
  let said: string[]

  beforeEach(async () => {
    said = []
    vi.spyOn(console, "info").mockImplementation((text) => void said.push(String(text)))
    server = await connectRedis(shared)
  })
  afterEach(async () => {
    for (const end of ends) end()
    ends = []
    server.close()
    await shared.clear()
  })
  afterAll(() => rmSync(dir, { recursive: true }))
  const meet = async (authSecret: string, dataDir = one) =>
    void ends.push(await checkPeers(server, { authSecret, dataDir }))

  test("a second process with another secret doesn't start, and explains what to do", async () => {
    await meet(secret)
    await meet(secret)
    await expect(meet(wrong)).rejects.toThrow(
      /^AUTH_SECRET is wrong \(.*use the same for all processes\. To change it, stop all/,
    )
    // The secret itself isn't stored.
    const stored = JSON.stringify(await server.commands.get(server.keys.secretInUse))
    for (const one of [secret, wrong]) expect(stored).not.toContain(one)
  })

  test("after no process has run for a while, another secret is accepted", async () => {
    await meet(secret)
    for (const end of ends) end()
    for (const key of [server.keys.secretInUse, server.keys.dataFolders]) {
      const left = await server.commands.pttl(key)
      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThanOrEqual(30_000)
    }
    // It has expired by then.
    await server.commands.del(server.keys.secretInUse)
    await meet(wrong)
    await expect(meet(secret)).rejects.toThrow("AUTH_SECRET")
  })

  test("two data folders are reported, one isn't", async () => {
    await meet(secret)
    await meet(secret)
    expect(said).toEqual([])
    await meet(secret, other)
    expect(said.join()).toMatch(/a different DATA_DIR, which holds uploads in progress/)
  })
}
