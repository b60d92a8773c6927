/**
 * The turn of one process among several at an upload: a lock in Redis with a lease. Whoever comes asks the one before to
 * end. What a process that lost its lease still writes is harmless: see `ownBytes` (lib/intake/fence.ts).
 */
import { randomUUID } from "node:crypto"
import { setTimeout as wait } from "node:timers/promises"
import { AppError } from "@/lib/http/errors"
import type { RedisServer } from "@/lib/redis/connection"
import { scriptOf } from "@/lib/redis/script"

/** Milliseconds after which the turn of a process that isn't heard of is over. */
const LEASE_MS = 10_000
/** Milliseconds between two renewals, at which it learns that somebody waits. */
const RENEW_MS = 500
const LOOK_MS = 100

/** KEYS turn; ARGV who, lease. Returns 1 when it has the turn; else whoever has it learns that it is waited for. */
const takeTurn = scriptOf(`
if redis.call("HSETNX", KEYS[1], "holder", ARGV[1]) == 1 then
  redis.call("PEXPIRE", KEYS[1], ARGV[2])
  return 1
end
redis.call("HSET", KEYS[1], "wanted", ARGV[1])
return 0`)

/** KEYS turn; ARGV who, lease. Returns 0 when it has it no more, 2 when somebody waits, else 1. */
const renewTurn = scriptOf(`
if redis.call("HGET", KEYS[1], "holder") ~= ARGV[1] then return 0 end
redis.call("PEXPIRE", KEYS[1], ARGV[2])
return 1 + redis.call("HEXISTS", KEYS[1], "wanted")`)

/** KEYS turn; ARGV who. */
const leaveTurn = scriptOf(`
if redis.call("HGET", KEYS[1], "holder") == ARGV[1] then redis.call("DEL", KEYS[1]) end`)

export interface SharedTurn {
  /** Throws when the turn was lost: then nothing may be written any more. */
  check(): Promise<void>
  leave(): Promise<void>
}

const away = (cause?: unknown) => new AppError("upload:cut/away", { cause, retryAfterS: 2 })

/**
 * Waits for the turn, and keeps it until `leave`. `end` is called once when somebody else wants it, or it was lost. Throws
 * `upload:cut/away` where Redis is out of reach: without it nobody knows who else writes.
 */
export async function sharedTurn(redis: RedisServer, id: string, end: (cause: Error) => void): Promise<SharedTurn> {
  const [keys, me] = [[redis.keys.turn(id)], randomUUID()]
  const ask = async (script: typeof takeTurn) => Number(await script(redis.commands, keys, [me, LEASE_MS]))
  while ((await ask(takeTurn).catch((cause) => Promise.reject(away(cause)))) === 0) await wait(LOOK_MS)
  let heldUntil = performance.now() + LEASE_MS
  const renew = async () => {
    const asked = performance.now()
    const state = await ask(renewTurn).catch(() => null)
    if (state !== null && state > 0) heldUntil = asked + LEASE_MS
    if (state === 2) end(new Error("the upload goes on elsewhere"))
    if (state === 0 || performance.now() > heldUntil) end(new Error("the turn at this upload was lost"))
  }
  const timer = setInterval(() => void renew(), RENEW_MS).unref()
  return {
    check: async () => {
      const state = await ask(renewTurn).catch((cause) => Promise.reject(away(cause)))
      if (state === 0) throw new AppError("upload:cut")
    },
    leave: async () => {
      clearInterval(timer)
      // Where this fails the lease ends by itself.
      await ask(leaveTurn).catch(() => {})
    },
  }
}
