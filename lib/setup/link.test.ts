/** The one-time link with several processes: each accepts the link of any other, but only once in total. */
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { connectRedis, type RedisServer } from "@/lib/redis/connection"
import { registerRedis } from "@/lib/redis/here"
import { localRedis, type TestRedis, withoutRedis } from "@/lib/redis/redis.fixture"
import { LINK_MS, linkIsOpen, printLink, redeemSetupLink } from "@/lib/setup/link"

const machines = await localRedis()
if (machines) cases(machines)
else withoutRedis()

function cases(settings: TestRedis): void {
  const all: RedisServer[] = []
  beforeAll(async () => {
    all.push(await connectRedis(settings), await connectRedis(settings))
  })
  afterAll(async () => {
    for (const one of all) one.close()
    await settings.clear()
  })
  /** Makes this process act as that one. */
  const be = (n: number) => all[n] && registerRedis(all[n])

  test("a link works in another process than the one that printed it, once, and within its hour", async () => {
    const lines = vi.spyOn(console, "info").mockImplementation(() => {})
    be(0)
    await printLink("Open")
    const token = String(lines.mock.lastCall).match(/#(\S+)/)?.[1] ?? ""
    be(1)
    expect(await linkIsOpen()).toBe(true)
    expect(await redeemSetupLink(`${token.slice(0, -1)}_`)).toBe(false)
    expect(await redeemSetupLink(token, Date.now() + LINK_MS)).toBe(false)
    expect(
      (await Promise.all([redeemSetupLink(token), redeemSetupLink(token), redeemSetupLink(token)])).filter(Boolean),
    ).toHaveLength(1)
    be(0)
    expect(await linkIsOpen()).toBe(false)
  })
}
