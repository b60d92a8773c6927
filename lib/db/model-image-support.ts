/** A user's settings for which models accept images. */
import { db, raw } from "@/lib/db/client"

export async function imageSupportOf(userId: string): Promise<{ model: string; images: boolean }[]> {
  const rows = await raw().read({
    sql: `SELECT "model", "images" FROM "ModelSight" WHERE "userId" = ?`,
    values: [userId],
  })
  return rows.map(({ model, images }) => ({ model: String(model), images: Boolean(images) }))
}

export const imageSupportOfModel = (userId: string, model: string) =>
  db().modelSight.findUnique({ where: { userId_model: { userId, model } }, select: { images: true } })

/** Stores the setting; null removes it. */
export async function storeImageSupport(userId: string, model: string, images: boolean | null): Promise<void> {
  const { modelSight } = db()
  if (images === null) await modelSight.deleteMany({ where: { userId, model } })
  else
    await modelSight.upsert({
      where: { userId_model: { userId, model } },
      create: { userId, model, images },
      update: { images },
    })
}
