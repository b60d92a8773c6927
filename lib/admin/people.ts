/** An administrator's actions on accounts. */
import { z } from "zod"
import { deleteAccount, switchOff, switchOn } from "@/lib/accounts/accounts"
import { setEmail } from "@/lib/accounts/email"
import type { Actor } from "@/lib/admin/actor"
import { invalidateSessions } from "@/lib/auth/ending"
import { type MadeLink, makeResetLink } from "@/lib/auth/one-time-links"
import {
  countPeople,
  findPerson,
  type Kind,
  listPeople,
  type OwnQuotas,
  type PersonRow,
  setAdmin,
  setQuotas,
} from "@/lib/db/people/directory"
import { revokeHandedOutLinks } from "@/lib/db/people/one-time-links"
import { dayOf, usedBy } from "@/lib/db/quota"
import { AppError } from "@/lib/http/errors"
import { NO_LIMIT } from "@/lib/limits"
import { defaultQuotas } from "@/lib/quota/quotas"

export const PEOPLE_PER_PAGE = 50

const monthBegan = (now: Date) => `${dayOf(now).slice(0, 8)}01`

/** A page of people, and the total number. */
export async function peoplePage(query: { kind: Kind; text: string; page: number }) {
  const text = query.text.trim().slice(0, 200)
  const offset = (query.page - 1) * PEOPLE_PER_PAGE
  const asked = { kind: query.kind, text }
  const [people, total] = await Promise.all([
    listPeople({ ...asked, since: monthBegan(new Date()), limit: PEOPLE_PER_PAGE, offset }),
    countPeople(asked),
  ])
  return { people, total }
}

/** One person, or null. */
export const personOf = (id: string): Promise<PersonRow | null> => findPerson(id, monthBegan(new Date()))

/**
 * A person's quotas, the defaults for their kind of account, and today's number of answers; null if there is no such
 * person.
 */
export async function quotasOf(id: string) {
  const [person, used] = await Promise.all([personOf(id), usedBy(id, new Date())])
  return person && used && { own: used.own, answersToday: used.answers, defaults: await defaultQuotas(person) }
}

const limit = z.number().min(0).max(NO_LIMIT).nullable()

export const personChangeSchema = z.union([
  z.strictObject({ disabled: z.boolean() }),
  z.strictObject({ admin: z.boolean() }),
  z.strictObject({ email: z.string().max(400) }),
  /** Null: the default for their kind of account; a billion: no limit. */
  z.strictObject({
    quotas: z.strictObject({
      answersPerDay: limit.refine((value) => value === null || Number.isInteger(value)),
      spendPerMonthUsd: limit,
      storageMb: limit.refine((value) => value === null || Number.isInteger(value)),
    }),
  }),
])
export type PersonChange = z.infer<typeof personChangeSchema>

export const personNotFound = () => new AppError("person:not_found")

/**
 * Changes someone's account. Administrators can't remove their own role or account, and an administrator must lose the
 * role before anything else. Throws `person:not_found`, `person:self`, `person:admin`, `person:guest`, `account:email`,
 * `account:taken`.
 */
export async function changePerson(actor: Actor, id: string, change: PersonChange): Promise<void> {
  const person = await personOf(id)
  if (!person) throw personNotFound()
  const target = { id, name: nameOf(person) }
  if ("quotas" in change) return quotas(actor, target, change.quotas)
  if ("email" in change) return email(actor, person, change.email)
  if (id === actor.user.id) throw new AppError("person:self")
  if ("admin" in change) return role(actor, person, change.admin)
  if (change.disabled && person.admin) throw new AppError("person:admin")
  await (change.disabled ? switchOff(id) : switchOn(id))
  await actor.note({ action: change.disabled ? "account.switched_off" : "account.switched_on", target })
}

async function role(actor: Actor, person: PersonRow, admin: boolean): Promise<void> {
  if (person.guest || (admin && person.disabledAt)) throw new AppError("person:guest")
  if (!(await setAdmin(person.id, admin))) throw new AppError("person:last_admin")
  // The former administrator still knows the links they created, and could get into any account with them.
  if (!admin) await revokeHandedOutLinks()
  // The rights of their open pages have changed.
  invalidateSessions(person.id)
  const target = { id: person.id, name: nameOf(person) }
  await actor.note({ action: admin ? "admin.made" : "admin.removed", target })
}

async function email(actor: Actor, person: PersonRow, typed: string): Promise<void> {
  const to = await setEmail(person.id, typed, actor.language)
  const target = { id: person.id, name: person.name ?? to }
  if (to !== person.email)
    await actor.note({ action: "account.email_changed", target, details: { from: person.email, to } })
}

async function quotas(actor: Actor, target: { id: string; name: string | null }, own: OwnQuotas): Promise<void> {
  await setQuotas(target.id, own)
  await actor.note({ action: "account.quotas_changed", target, details: { ...own } })
}

/** Deletes an account with all of its data immediately. Throws like `changePerson`. */
export async function deletePerson(actor: Actor, id: string): Promise<void> {
  const person = await personOf(id)
  if (!person) throw personNotFound()
  if (id === actor.user.id) throw new AppError("person:self")
  if (person.admin) throw new AppError("person:admin")
  await deleteAccount(id)
  await actor.note({ action: "account.deleted", target: { id, name: nameOf(person) } })
}

/**
 * A password reset link to hand to someone. Throws `person:not_found`, and `person:guest` for people without an account
 * or with a deactivated one.
 */
export async function resetLinkFor(actor: Actor, id: string): Promise<MadeLink> {
  const person = await personOf(id)
  if (!person) throw personNotFound()
  if (person.guest || person.disabledAt) throw new AppError("person:guest/link")
  const made = await makeResetLink(id)
  await actor.note({ action: "account.reset_link_made", target: { id, name: nameOf(person) } })
  return made
}

/** A person's name in the log and in lists. */
export const nameOf = ({ name, email }: Pick<PersonRow, "name" | "email">): string | null => name ?? email
