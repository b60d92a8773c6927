/** Quotas are exact to the answer, on either database: run by `quotas.test.ts` and `quotas.postgres.test.ts`. */
import sharp from "sharp"
import { v7 as uuidv7 } from "uuid"
import { beforeEach, expect, onTestFinished, test } from "vitest"
import { config } from "@/lib/config"
import {
  ask,
  eventsOf,
  MODEL,
  MODELS,
  modules,
  newGuest,
  QUICK,
  send,
  started,
} from "@/lib/generation/generation.fixture"
import { changeSettings, type Quotas } from "@/lib/operator/settings"

const database = () => started.testDb.database
const NONE: Quotas = { answersPerDay: null, spendPerMonthUsd: null, storageMb: null }
const quotas = (guestQuotas: Partial<Quotas>) => changeSettings({ guestQuotas: { ...NONE, ...guestQuotas } })
const today = () => new Date().toISOString().slice(0, 10)
const usageOf = (userId: string) => database().usageDay.findMany({ where: { userId }, orderBy: { model: "asc" } })

export function quotaCases(): void {
  beforeEach(async () => void (await changeSettings({ guestQuotas: null, memberQuotas: null })))

  test("a user disabled between the request guard and the database can't start anything", async () => {
    const { acceptMessage } = await modules()
    const guest = await newGuest()
    await database().user.update({ where: { id: guest.id }, data: { disabledAt: new Date() } })
    const asked = ask("[[words n=1]]")
    await expect(acceptMessage(guest, asked)).rejects.toMatchObject({ code: "auth:required" })
    expect(await database().generation.count({ where: { userId: guest.id } })).toBe(0)
    expect(await database().conversation.count({ where: { userId: guest.id } })).toBe(0)
    await database().user.update({ where: { id: guest.id }, data: { disabledAt: null } })
    await acceptMessage(guest, asked)
    expect(await database().generation.count({ where: { userId: guest.id } })).toBe(1)
  })

  test("of 200 concurrent requests of one user, exactly the quota is served", { timeout: 240_000 }, async () => {
    const { acceptMessage } = await modules()
    await quotas({ answersPerDay: 7 })
    const guest = await newGuest()
    const rush = await Promise.allSettled(Array.from({ length: 200 }, () => acceptMessage(guest, ask("[[words n=1]]"))))
    const refused = rush.flatMap((result) => (result.status === "rejected" ? [result.reason] : []))
    expect(rush.length - refused.length).toBe(7)
    for (const reason of refused)
      expect(reason).toMatchObject({
        code: "limit:reached",
        message: expect.stringContaining("all 7 of today's answers"),
      })
    expect(refused[0].retryAfterS).toBeGreaterThan(0)
    expect(refused[0].retryAfterS).toBeLessThanOrEqual(86_400)
    expect(await database().message.count({ where: { conversation: { userId: guest.id }, role: "assistant" } })).toBe(7)
    // Refused requests have stored nothing.
    expect(await database().conversation.count({ where: { userId: guest.id } })).toBe(7)
    await expect(
      acceptMessage(await newGuest(), ask("[[words n=1]]")),
      "other users are unaffected",
    ).resolves.toBeDefined()
  })

  test("each answer of a comparison counts, and one that exceeds the quota is rejected as a whole", async () => {
    const { acceptMessage } = await modules()
    await quotas({ answersPerDay: 3 })
    const guest = await newGuest()
    const compare = () => ({ compare: MODELS.slice(0, 2).map((model) => ({ model, responseId: uuidv7() })) })
    await (await send(ask("[[words n=1]]", compare()), guest)).response?.text()
    const left = expect.stringMatching(/takes 2 answers, and you have 1 left/)
    await expect(acceptMessage(guest, ask("[[words n=1]]", compare()))).rejects.toMatchObject({ message: left })
    await acceptMessage(guest, ask("[[words n=1]]"))
    await expect(acceptMessage(guest, ask("[[words n=1]]"))).rejects.toMatchObject({ code: "limit:reached" })
  })

  test("a repeated request uses no quota, nor does one rejected for another reason", async () => {
    const { acceptMessage } = await modules()
    await quotas({ answersPerDay: 2 })
    const guest = await newGuest()
    const request = ask("[[words n=1]]")
    for (let n = 0; n < 3; n++) await acceptMessage(guest, request)
    await expect(acceptMessage(guest, ask("hi", { model: "no such model!" }))).rejects.toMatchObject({
      code: "model:unknown",
    })
    await acceptMessage(guest, ask("[[words n=1]]"))
    await expect(acceptMessage(guest, ask("[[words n=1]]"))).rejects.toMatchObject({ code: "limit:reached" })
  })

  test("a continued answer counts as another answer", async () => {
    const { continueAnswer, followMessages } = await modules()
    await quotas({ answersPerDay: 1 })
    const guest = await newGuest()
    const question = ask("[[words n=60]]", { settings: { maxTokens: 20 } })
    const { answerId, response } = await send(question, guest)
    await response?.text()
    const again = () => continueAnswer(guest, question.id, { messageId: answerId, generationId: uuidv7() })
    await expect(again()).rejects.toMatchObject({ code: "limit:reached" })
    await quotas({ answersPerDay: 2 })
    await again()
    await (await followMessages(guest.id, [answerId], { signal: new AbortController().signal }))?.text()
    const [used] = await usageOf(guest.id)
    expect(used).toMatchObject({ day: today(), model: MODEL, answers: 2 })
  })

  test("yesterday's answers don't count, and a user's own limit takes precedence over the default", async () => {
    const { acceptMessage } = await modules()
    await quotas({ answersPerDay: 1 })
    const guest = await newGuest()
    const change = (data: object) => database().user.update({ where: { id: guest.id }, data })
    await change({ answersDay: "2026-01-01", answersToday: 900 })
    await acceptMessage(guest, ask("[[words n=1]]"))
    await expect(acceptMessage(guest, ask("[[words n=1]]"))).rejects.toMatchObject({ code: "limit:reached" })
    await change({ answersPerDay: 2 })
    await acceptMessage(guest, ask("[[words n=1]]"))
    await change({ answersPerDay: 1_000_000_000 })
    await acceptMessage(guest, ask("[[words n=1]]"))
    await acceptMessage({ ...guest, guest: false, admin: true }, ask("[[words n=1]]"))
  })

  test("spending of this month counts, earlier spending does not", async () => {
    const { acceptMessage } = await modules()
    await quotas({ spendPerMonthUsd: 0.5 })
    const guest = await newGuest()
    const spent = (day: string, costUsd: number) =>
      database().usageDay.create({ data: { userId: guest.id, day, model: "m", answers: 1, costUsd } })
    await spent("2020-01-31", 100)
    await spent(`${today().slice(0, 8)}01`, 0.49)
    await acceptMessage(guest, ask("[[words n=1]]"))
    await database().usageDay.updateMany({ where: { userId: guest.id, model: "m" }, data: { costUsd: 0.5 } })
    await expect(acceptMessage(guest, ask("[[words n=1]]"))).rejects.toMatchObject({
      code: "limit:reached",
      message: expect.stringContaining("this month's budget of $0.50"),
    })
  })

  test("daily usage has the answers, their tokens and cost, matching the answers themselves", async () => {
    // Titles cost, too, and may arrive at any time.
    const { titleModel } = config()
    config().titleModel = QUICK
    onTestFinished(() => {
      config().titleModel = titleModel
    })
    const guest = await newGuest()
    const first = ask("[[echo]] one")
    for (const question of [first, ask("[[echo]] two")]) await eventsOf((await send(question, guest)).response)
    const answers = await database().message.findMany({
      where: { conversation: { userId: guest.id }, role: "assistant" },
    })
    const cost = answers.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
    const used = await usageOf(guest.id)
    const ofModel = used.find(({ model }) => model === MODEL)
    expect(ofModel).toMatchObject({ day: today(), answers: 2 })
    expect(cost).toBeGreaterThan(0)
    expect(ofModel?.costUsd).toBeCloseTo(cost, 10)
    await expect
      .poll(async () => (await usageOf(guest.id)).map(({ model, answers }) => [model, answers]))
      .toEqual([
        [QUICK, 0],
        [MODEL, 2],
      ])
  })

  test("a stopped answer is counted by its partial content", async () => {
    const { acceptMessage, followMessages, stopConversation } = { ...(await modules()) }
    const guest = await newGuest()
    const question = ask("[[words n=4000 rate=50]]")
    const { answerIds } = await acceptMessage(guest, question)
    const { readUntil } = await import("@/lib/generation/generation.fixture")
    const response = await followMessages(guest.id, answerIds, { signal: new AbortController().signal })
    await readUntil(response, "text-delta")
    await stopConversation(guest.id, question.id)
    await expect.poll(async () => (await usageOf(guest.id))[0]?.answers).toBe(1)
    expect((await usageOf(guest.id))[0]?.costUsd).toBeGreaterThan(0)
  })

  test("of images added concurrently, those within the quota are kept", async () => {
    const { addImage } = await import("@/lib/images/images")
    const { storageLimit } = await import("@/lib/quota/quotas")
    const guest = await newGuest()
    await quotas({ storageMb: 1 })
    expect(await storageLimit(guest)).toBe(1_000_000)
    const picture = (shade: number) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background: { r: shade, g: 9, b: 9 } } })
        .png()
        .toBuffer()
    const one = await addImage(guest.id, await picture(0), "0.png")
    const room = one.bytes * 4 + 3
    const added = await Promise.allSettled(
      Array.from({ length: 12 }, async (_, n) => addImage(guest.id, await picture(n + 1), `${n}.png`, room)),
    )
    const files = await database().file.findMany({ where: { userId: guest.id } })
    expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(room)
    expect(added.filter(({ status }) => status === "fulfilled")).toHaveLength(files.length - 1)
    for (const result of added)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "limit:reached" })
    expect(files.length).toBeGreaterThan(1)
    expect(files.length).toBeLessThan(13)
  })
}
