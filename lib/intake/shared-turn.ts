/**
 * A lock on an upload across processes: in Redis, with a lease. Whoever wants the lock asks the holder to finish. Late
 * writes by a process that lost its lease are harmless: see `ownBytes` (lib/intake/fence.ts).
 */
import { randomUUID } from "node:crypto"
import { setTimeout as wait } from "node:timers/promises"
import { AppError } from "@/lib/http/errors"
import type { RedisServer } from "@/lib/redis/connection"
import { scriptOf } from "@/lib/redis/script"

/** Milliseconds after which the lease of an unresponsive process expires. */
const LEASE_MS = 10_000
/** Milliseconds between renewals, which also report whether another process is waiting. */
const RENEW_MS = 500
const LOOK_MS = 100

/**
 * KEYS turn; ARGV who, lease. Returns 1 if the lock was acquired; otherwise tells the holder that someone is waiting.
 */
const takeTurn = scriptOf(`
if redis.call("HSETNX", KEYS[1], "holder", ARGV[1]) == 1 then
  redis.call("PEXPIRE", KEYS[1], ARGV[2])
  return 1
end
redis.call("HSET", KEYS[1], "wanted", ARGV[1])
return 0`)

/** KEYS turn; ARGV who, lease. Returns 0 if the lock is lost, 2 if someone is waiting, else 1. */
const renewTurn = scriptOf(`
if redis.call("HGET", KEYS[1], "holder") ~= ARGV[1] then return 0 end
redis.call("PEXPIRE", KEYS[1], ARGV[2])
return 1 + redis.call("HEXISTS", KEYS[1], "wanted")`)

/** KEYS turn; ARGV who. */
const leaveTurn = scriptOf(`
if redis.call("HGET", KEYS[1], "holder") == ARGV[1] then redis.call("DEL", KEYS[1]) end`)

export interface UploadLock {
  /** Throws if the lock was lost: then nothing more may be written. */
  check(): Promise<void>
  leave(): Promise<void>
}

const away = (cause?: unknown) => new AppError("upload:cut/away", { cause, retryAfterS: 2 })

/**
 * Waits for the lock, and keeps it until `leave`. `end` is called once when another process wants it, or it was lost.
 * Throws `upload:cut/away` if Redis is unreachable: without it, other writers can't be ruled out.
 */
export async function acquireUploadLock(
  redis: RedisServer,
  id: string,
  end: (cause: Error) => void,
): Promise<UploadLock> {
  const [keys, me] = [[redis.keys.turn(id)], randomUUID()]
  const ask = async (script: typeof takeTurn) => Number(await script(redis.commands, keys, [me, LEASE_MS]))
  while ((await ask(takeTurn).catch((cause) => Promise.reject(away(cause)))) === 0) await wait(LOOK_MS)
  let heldUntil = performance.now() + LEASE_MS
  const renew = async () => {
    const asked = performance.now()
    const state = await ask(renewTurn).catch(() => null)
    if (state !== null && state > 0) heldUntil = asked + LEASE_MS
    if (state === 2) end(new Error("the upload continues elsewhere"))
    if (state === 0 || performance.now() > heldUntil) end(new Error("lost the lock on this upload"))
  }
  const timer = setInterval(() => void renew(), RENEW_MS).unref()
  return {
    check: async () => {
      const state = await ask(renewTurn).catch((cause) => Promise.reject(away(cause)))
      if (state === 0) throw new AppError("upload:cut")
    },
    leave: async () => {
      clearInterval(timer)
      // If this fails, the lease expires on its own.
      await ask(leaveTurn).catch(() => {})
    },
  }
}
