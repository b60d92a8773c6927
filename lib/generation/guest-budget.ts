/** The day's answers for all guests together: many guests can be made, so limits by person alone bound no bill. */
import { z } from "zod"
import type { SessionUser } from "@/lib/auth/sessions"
import { topicOf } from "@/lib/bus/topic"
import { config } from "@/lib/config"
import { generationsOfGuests } from "@/lib/db/generations"
import { takenByGuests } from "@/lib/db/quota"
import { runtime } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"
import { operatorSettings } from "@/lib/operator/settings"
import { singleton } from "@/lib/singleton"

interface Day {
  /** UTC, `2026-11-28`. */
  name: string
  /** Answers so far; counted in the database once a day, from then on here. */
  answers: Promise<number>
  /** Taken since it was counted, by whichever process. */
  taken: number
}

interface Budget {
  day?: Day
  /** Other processes are heard. */
  joined?: Promise<unknown>
}

/** What a process takes, or gives back (below zero). */
const takings = topicOf("guest-answers", z.object({ nodeId: z.string(), day: z.string(), count: z.number().int() }))

/**
 * Takes `count` answers from today's budget if the user is a guest. Returns how to give them back when nothing was
 * started. Throws `limit:reached`, and `auth:guests_off` where the operator wants guests no more.
 */
export async function takeGuestAnswers(user: SessionUser, count: number, now = new Date()): Promise<() => void> {
  if (!user.guest) return () => undefined
  // Who was one before may still look, and take everything along into an account.
  if (!(await operatorSettings()).guests) throw new AppError("auth:guests_off")
  const day = today(now)
  // Taken before anything is waited for: of many at once, no more get through than there are left.
  const take = (more: number) => {
    day.taken += more
    void takings.publish({ nodeId: runtime().nodeId, day: day.name, count: more })
  }
  take(count)
  const giveBack = () => take(-count)
  const before = await day.answers.catch((error: unknown) => {
    giveBack()
    throw error
  })
  if (before + day.taken <= config().limits.guestAnswersPerDay) return giveBack
  giveBack()
  throw new AppError("limit:reached/guest_budget")
}

function today(now: Date): Day {
  const kept = singleton<Budget>("guestBudget", () => ({}))
  const name = now.toISOString().slice(0, 10)
  if (kept.day?.name === name) return kept.day
  const day: Day = { name, answers: hearOthers(kept).then(() => answersOf(name)), taken: 0 }
  // What could not be counted is counted again.
  day.answers.catch(() => {
    if (kept.day === day) kept.day = undefined
  })
  kept.day = day
  return day
}

/** Answers of chats, also those that a key of one's own paid for; or all that was taken of quotas, if that is more. */
async function answersOf(day: string): Promise<number> {
  const [written, taken] = await Promise.all([generationsOfGuests(new Date(day)), takenByGuests(day)])
  return Math.max(written, taken)
}

/** From before the count on, so that nothing is left out; what is taken in that moment may count twice. */
async function hearOthers(kept: Budget): Promise<void> {
  kept.joined ??= takings.subscribe(({ nodeId, day, count }) => {
    if (nodeId !== runtime().nodeId && kept.day?.name === day) kept.day.taken += count
  })
  await kept.joined.catch((error: unknown) => {
    kept.joined = undefined
    throw error
  })
}
