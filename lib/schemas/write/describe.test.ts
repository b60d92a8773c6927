/** A schema written by a model, through the real provider. */
import { expect, test } from "vitest"
import { never, newGuest, setUp, started } from "@/lib/generation/generation.fixture"

setUp({ QUOTA_GUEST_ANSWERS_PER_DAY: "2" })

const describing = () => import("@/lib/schemas/write/describe")

test("a description becomes a usable schema; it counts as an answer toward the daily quota", async () => {
  const { describeSchema } = await describing()
  const guest = await newGuest()
  const { text, name } = await describeSchema(guest, { words: "For each book: title, year and price" }, never)
  expect(name).toBe("Book")
  expect(Object.keys(JSON.parse(text).properties.items.items.properties)).toEqual(["title", "year", "price"])
  const used = await started.testDb.database.usageDay.findMany({ where: { userId: guest.id } })
  expect(used.map(({ answers }) => answers)).toEqual([1])
  await describeSchema(guest, { words: "name, age" }, never)
  await expect(describeSchema(guest, { words: "name, age" }, never)).rejects.toMatchObject({ code: "limit:reached" })
})

test("an unavailable model is named, and nothing is generated", async () => {
  const { describeSchema } = await describing()
  const asked = describeSchema(await newGuest(), { words: "a, b", model: "accounts/fireworks/models/none" }, never)
  await expect(asked).rejects.toMatchObject({ name: "AppError" })
})
