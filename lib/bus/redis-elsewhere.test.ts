/** Redis over TLS, and a Redis whose address moves to another server, as after a failover. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest"
import type { Bus } from "@/lib/bus/bus"
import { createRedisBus } from "@/lib/bus/redis-bus"
import { createRedisLog, type RedisLog } from "@/lib/bus/redis-log"
import { connectRedis, type RedisServer } from "@/lib/redis/connection"
import { OwnRedis } from "@/lib/redis/own-redis.fixture"

interface Joined {
  server: RedisServer
  bus: Bus
  log: RedisLog
}

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-redis-"))
afterAll(() => rmSync(folder, { recursive: true }))
let ends: (() => unknown)[] = []
beforeEach(() => void vi.spyOn(console, "info").mockImplementation(() => {}))
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

async function join(url: string, caFile?: string): Promise<Joined> {
  const server = await connectRedis({ url, prefix: "t:", caFile }, 3_000)
  const log = createRedisLog(server)
  ends.push(() => {
    log.close()
    server.close()
  })
  return { server, bus: createRedisBus(server), log }
}

async function own(...args: Parameters<typeof OwnRedis.start>): Promise<OwnRedis> {
  const redis = await OwnRedis.start(...args)
  ends.push(() => redis.close())
  return redis
}

const sees = (log: RedisLog, id: string) =>
  log.read(id, -1).then(
    (events) => events?.map(({ json }) => json).join(" "),
    () => "away",
  )

function certificate(name: string) {
  const [key, certificate] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.crt`)]
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
      ...["-keyout", key, "-out", certificate, "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
    ],
    { stdio: "pipe" },
  )
  return { key, certificate }
}

test("rediss://: logs and messages use TLS; only a trusted certificate is accepted, and nothing is sent unencrypted", async () => {
  const [trusted, other] = [certificate("trusted"), certificate("other")]
  const redis = await own("a p@ss/word", trusted)
  expect(redis.url).toMatch(/^rediss:/)
  const [one, two] = [await join(redis.url, trusted.certificate), await join(redis.url, trusted.certificate)]
  const heard: string[] = []
  await two.bus.subscribe("t", { hear: (text) => void heard.push(text) })
  await one.bus.publish("t", "hello")
  await expect.poll(() => heard).toEqual(["hello"])
  await one.log.open("g")
  await one.log.append("g", ["1", "2"])
  expect(await sees(two.log, "g")).toBe("1 2")
  await expect(join(redis.url, other.certificate)).rejects.toThrow(
    /REDIS_URL: Redis at 127\.0\.0\.1:\d+ doesn't respond.*certificate/,
  )
  await expect(join(redis.url)).rejects.toThrow(/doesn't respond.*certificate/)
  await expect(join(redis.url.replace("rediss:", "redis:"))).rejects.toThrow("doesn't respond")
  // It recovers like any other Redis.
  await redis.stop()
  await redis.begin()
  await expect.poll(() => sees(two.log, "g")).toBe("1 2")
})

/**
 * An address that leads to one server, then to another: affects new connections only, like a DNS name or a virtual IP.
 */
async function movingAddress(first: OwnRedis) {
  let port = first.port
  const open = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(port, "127.0.0.1")
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from)
      from.on("data", (bytes) => to.write(bytes))
      from.on("error", () => {})
      from.on("close", () => {
        open.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
  ends.push(() => {
    for (const socket of open) socket.destroy()
    proxy.close()
  })
  return {
    url: `redis://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    moveTo: (next: OwnRedis) => {
      port = next.port
    },
  }
}

const isReplica = async (redis: OwnRedis) =>
  String(await redis.tell("INFO", "replication")).includes("master_link_status:up")

/** Two processes that use one address, and the servers behind it: a primary and its replica. */
async function two() {
  const primary = await own()
  const replica = await own("", null, ["--replicaof", "127.0.0.1", String(primary.port)])
  await expect.poll(() => isReplica(replica)).toBe(true)
  const address = await movingAddress(primary)
  const [one, other] = [await join(address.url), await join(address.url)]
  const heard: string[] = []
  await other.bus.subscribe("t", { hear: (text) => void heard.push(text), missed: () => void heard.push("missed") })
  await one.log.open("g")
  await one.log.append("g", ["1", "2"])
  await expect.poll(() => sees(other.log, "g")).toBe("1 2")
  return { primary, replica, address, one, other, heard }
}

/** Everything works with the new server: the log is complete, and messages arrive. */
async function worksOn({ one, other, heard, replica }: Awaited<ReturnType<typeof two>>) {
  await expect.poll(() => heard).toContain("missed")
  await expect
    .poll(() =>
      one.bus.publish("t", "after").then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  await expect.poll(() => heard).toContain("after")
  await one.log.append("g", ["4"])
  await one.log.end("g", ["5"])
  await expect.poll(() => sees(other.log, "g")).toBe("1 2 3 4 5")
  expect(String(await replica.tell("KEYS", "t:log:*"))).toBe("t:log:g")
}

test("failover: the server dies, its replica takes over the address, and everything continues", async () => {
  const all = await two()
  await all.primary.stop()
  await expect.poll(() => all.one.server.isUp()).toBe(false)
  expect(await all.one.log.append("g", ["3"])).toBe(2)
  // The address moves before the replica is promoted: until then it refuses writes.
  all.address.moveTo(all.replica)
  await expect.poll(() => all.one.server.isUp()).toBe(true)
  await all.replica.tell("REPLICAOF", "NO", "ONE")
  await worksOn(all)
})

test("planned switchover: the old server becomes a replica, and nobody stays connected to it", async () => {
  const all = await two()
  await all.replica.tell("REPLICAOF", "NO", "ONE")
  all.address.moveTo(all.replica)
  // Connections to it stay open; writes to it are refused from now on.
  await all.primary.tell("REPLICAOF", "127.0.0.1", String(all.replica.port))
  await all.one.log.append("g", ["3"])
  await worksOn(all)
})
