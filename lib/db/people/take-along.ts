/** Moves a guest's data to an account: every row, in the caller's transaction. */
import type { Transaction } from "@/lib/db/client"

/** Source and target user. */
export interface Move {
  from: string
  to: string
}

/** Rows that can't collide with any of the account's. */
export async function moveRows(client: Transaction, { from, to }: Move): Promise<void> {
  const move = { where: { userId: from }, data: { userId: to } }
  await client.folder.updateMany(move)
  await client.file.updateMany(move)
  await client.share.updateMany(move)
  await client.outputSchema.updateMany(move)
  await client.generation.updateMany(move)
  await client.recording.updateMany(move)
  await client.job.updateMany(move)
  await client.grid.updateMany(move)
  await client.eval.updateMany(move)
}

/** Moves conversations in which nothing is being written. Returns how many are left, in which something is. */
export async function moveConversations(client: Transaction, { from, to }: Move): Promise<number> {
  await client.conversation.updateMany({ where: { userId: from, running: 0 }, data: { userId: to } })
  return client.conversation.count({ where: { userId: from } })
}

/** A running job still works for the guest. */
export const runningJobs = (client: Transaction, { from }: Move) =>
  client.job.count({ where: { userId: from, state: "running" } })

/** The account's own default preset stays the default. */
export async function movePresets(client: Transaction, { from, to }: Move): Promise<void> {
  const own = await client.preset.count({ where: { userId: to, isDefault: true } })
  await client.preset.updateMany({
    where: { userId: from },
    data: own > 0 ? { userId: to, isDefault: false } : { userId: to },
  })
}

/** Characters of a prompt's command. */
const MAX_COMMAND = 40

/** A prompt whose command the account also has gets a different one, unless both have the same text. */
export async function movePrompts(client: Transaction, { from, to }: Move): Promise<void> {
  const select = { id: true, command: true, text: true }
  const [theirs, own] = await Promise.all([
    client.prompt.findMany({ where: { userId: from }, select, orderBy: { createdAt: "asc" } }),
    client.prompt.findMany({ where: { userId: to }, select }),
  ])
  const taken = new Map([...own, ...theirs].map(({ command, text }) => [command, text]))
  const mine = new Map(own.map(({ command, text }) => [command, text]))
  for (const { id, command, text } of theirs) {
    if (mine.get(command) === text) {
      await client.prompt.delete({ where: { id } })
      continue
    }
    const free = mine.has(command) ? freeCommand(command, taken) : command
    taken.set(free, text)
    await client.prompt.update({ where: { id }, data: { userId: to, command: free } })
  }
}

function freeCommand(command: string, taken: ReadonlyMap<string, string>): string {
  for (let number = 2; ; number++) {
    const end = `-${number}`
    const free = `${command.slice(0, MAX_COMMAND - end.length)}${end}`
    if (!taken.has(free)) return free
  }
}

/** Rows that the account may also have: then its own stays. */
export async function moveMarks(client: Transaction, { from, to }: Move): Promise<void> {
  const sights = await client.modelSight.findMany({ where: { userId: to }, select: { model: true } })
  const known = sights.map(({ model }) => model)
  await client.modelSight.deleteMany({ where: { userId: from, model: { in: known } } })
  await client.modelSight.updateMany({ where: { userId: from }, data: { userId: to } })

  const choices = await client.modelChoice.findMany({ where: { userId: to }, select: { comparisonId: true } })
  const judged = new Set(choices.map(({ comparisonId }) => comparisonId))
  for (const choice of await client.modelChoice.findMany({ where: { userId: from } }))
    if (judged.has(choice.comparisonId))
      await client.modelChoice.delete({
        where: { userId_comparisonId: { userId: from, comparisonId: choice.comparisonId } },
      })
  await client.modelChoice.updateMany({ where: { userId: from }, data: { userId: to } })

  const nameOf = ({ source, externalId }: { source: string; externalId: string }) => `${source} ${externalId}`
  const marks = await client.importedChat.findMany({
    where: { userId: to },
    select: { source: true, externalId: true },
  })
  const imported = new Set(marks.map(nameOf))
  for (const { source, externalId } of await client.importedChat.findMany({ where: { userId: from } }))
    if (imported.has(nameOf({ source, externalId })))
      await client.importedChat.delete({ where: { userId_source_externalId: { userId: from, source, externalId } } })
  await client.importedChat.updateMany({ where: { userId: from }, data: { userId: to } })

  const grants = await client.shareGrant.findMany({ where: { userId: to }, select: { shareId: true } })
  await client.shareGrant.deleteMany({ where: { userId: from, shareId: { in: grants.map(({ shareId }) => shareId) } } })
  await client.shareGrant.updateMany({ where: { userId: from }, data: { userId: to } })
}

/** Usage of the same model on the same day is added up. */
export async function moveUsage(client: Transaction, { from, to }: Move): Promise<void> {
  for (const { userId: _, day, model, ...sums } of await client.usageDay.findMany({ where: { userId: from } })) {
    const increased = Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, { increment: value }]))
    await client.usageDay.upsert({
      where: { userId_day_model: { userId: to, day, model } },
      create: { userId: to, day, model, ...sums },
      update: increased,
    })
  }
}

/** Adds the answers of the guest's latest day to the account's: signing in doesn't increase the quota. */
export async function moveAnswersToday(client: Transaction, { from, to }: Move): Promise<void> {
  const select = { answersDay: true, answersToday: true }
  const [theirs, own] = await Promise.all(
    [from, to].map((id) => client.user.findUniqueOrThrow({ where: { id }, select })),
  )
  const day = theirs?.answersDay
  if (!theirs || !own || !day || (own.answersDay !== null && own.answersDay > day)) return
  const before = own.answersDay === day ? own.answersToday : 0
  await client.user.update({
    where: { id: to },
    data: { answersDay: day, answersToday: before + theirs.answersToday },
  })
}

/** The account's own key stays; if it has none, it gets the guest's. */
export async function moveKey(client: Transaction, { from, to }: Move): Promise<void> {
  const own = await client.ownKey.count({ where: { userId: to } })
  if (own === 0) await client.ownKey.updateMany({ where: { userId: from }, data: { userId: to } })
}

/** Whether both exist, as a guest and as an account that may sign in. Locks both until the end. */
export async function lockGuestAndAccount(client: Transaction, { from, to }: Move): Promise<boolean> {
  // Writes first: on PostgreSQL this locks both rows, on SQLite the database.
  const { count: guest } = await client.user.updateMany({
    where: { id: from, guest: true, disabledAt: null },
    data: { guest: true },
  })
  const { count: account } = await client.user.updateMany({
    where: { id: to, guest: false, disabledAt: null },
    data: { guest: false },
  })
  return guest === 1 && account === 1
}

export const removeGuest = (client: Transaction, id: string) => client.user.delete({ where: { id, guest: true } })
