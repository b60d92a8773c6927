/** Invitation links: how administrators create, list, and revoke them. */
import { z } from "zod"
import type { Actor } from "@/lib/admin/actor"
import { allInvitations, makeInvitation, revokeInvitation } from "@/lib/auth/invitations"
import { AppError } from "@/lib/http/errors"

const DAY_MS = 86_400_000

export const invitationSchema = z.strictObject({
  note: z.string().trim().max(200).default(""),
  uses: z.number().int().min(1).max(10_000).default(1),
  /** Days until it expires; null: works until it is used up or revoked. */
  days: z.number().int().min(1).max(3_650).nullable().default(null),
})

export const invitationNotFound = () => new AppError("invitation:not_found")

/** Creates an invitation. Its URL is only known now. */
export async function invite(actor: Actor, { note, uses, days }: z.infer<typeof invitationSchema>) {
  const made = await makeInvitation({
    ...{ createdById: actor.user.id, note: note || null, maxUses: uses },
    expiresAt: days === null ? null : new Date(Date.now() + days * DAY_MS),
  })
  await actor.note({ action: "invitation.made", target: { id: made.id, name: note || null }, details: { uses, days } })
  return made
}

/** Throws `invitation:not_found`, also if it was revoked before. */
export async function uninvite(actor: Actor, id: string): Promise<void> {
  if (!(await revokeInvitation(id))) throw invitationNotFound()
  await actor.note({ action: "invitation.revoked", target: { id, name: null } })
}

export interface InvitationLine {
  id: string
  note: string | null
  uses: number
  maxUses: number
  createdAt: Date
  expiresAt: Date | null
  /** Who created it. */
  by: string | null
}

/** Invitations that still work, newest first. */
export async function openInvitations(now = new Date()): Promise<InvitationLine[]> {
  const all = await allInvitations()
  return all
    .filter(
      ({ revokedAt, expiresAt, uses, maxUses }) => !revokedAt && uses < maxUses && !(expiresAt && expiresAt <= now),
    )
    .map(({ createdBy, revokedAt: _, ...line }) => ({ ...line, by: createdBy && (createdBy.name ?? createdBy.email) }))
}
