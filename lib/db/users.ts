import { db } from "@/lib/db/client"
import { singleton } from "@/lib/singleton"

/** Guests whose row was seen; bounded, since a guest is made with every visit. */
const known = () => singleton("knownUsers", () => new Set<string>())
const MOST_KNOWN = 10_000

/** A guest's row is written with the first thing that they keep, not with each visit. */
export async function ensureUser(id: string): Promise<void> {
  if (known().has(id)) return
  await db().user.upsert({ where: { id }, create: { id, guest: true }, update: {} })
  if (known().size >= MOST_KNOWN) known().clear()
  known().add(id)
}
