/** Stored grids and their inputs. Every query includes the owner. */
import { config } from "@/lib/config"
import { cleanText, toJson, toNullableJson } from "@/lib/db/clean"
import { db, isPostgres, raw, type Transaction } from "@/lib/db/client"
import { type Grid, Prisma } from "@/lib/db/generated/sqlite/client"

export type GridRecord = Grid

export interface NewGrid {
  id: string
  userId: string
  title: string
  instructions: string
  output: unknown
  models: string[]
  settings: unknown
  columns: string[]
  spendLimitUsd: number | null
}

const MAX_LISTED = 500

/** The user's grids, most recently changed first. */
export const gridsOf = (userId: string): Promise<GridRecord[]> =>
  db().grid.findMany({ where: { userId, deletedAt: null }, orderBy: { updatedAt: "desc" }, take: MAX_LISTED })

/** A grid of this user; null if there is none, or it is deleted. */
export const findGrid = (id: string, userId: string): Promise<GridRecord | null> =>
  db().grid.findFirst({ where: { id, userId, deletedAt: null } })

/** A grid of any user, for its runner. */
export const gridById = (id: string): Promise<GridRecord | null> => db().grid.findUnique({ where: { id } })

/** Current spending limit of a grid in US dollars; null: none. */
export const spendLimitOf = async (id: string): Promise<number | null> =>
  (await db().grid.findUnique({ where: { id }, select: { spendLimitUsd: true } }))?.spendLimitUsd ?? null

export const countGrids = (client: Transaction, userId: string): Promise<number> =>
  client.grid.count({ where: { userId, deletedAt: null } })

/** Creates a grid without rows. Fails if the ID is taken. */
export async function createGrid(client: Transaction, grid: NewGrid): Promise<void> {
  const { title, instructions, output, models, settings, columns, ...rest } = grid
  await client.grid.create({
    data: {
      ...rest,
      title: cleanText(title),
      instructions: cleanText(instructions),
      output: toJson(output),
      models: toJson(models),
      settings: toJson(settings),
      columns: toJson(columns),
    },
    select: { id: true },
  })
}

export interface GridChange {
  title?: string
  instructions?: string
  output?: unknown
  models?: string[]
  settings?: unknown
  spendLimitUsd?: number | null
}

/** Changes a grid of this user, only in one of these states if given. False if there is none. */
export async function updateGrid(
  id: string,
  userId: string,
  change: GridChange,
  states?: Grid["state"][],
): Promise<boolean> {
  const { title, instructions, output, models, settings, ...rest } = change
  const { count } = await db().grid.updateMany({
    where: { id, userId, deletedAt: null, ...(states && { state: { in: states } }) },
    data: {
      ...rest,
      updatedAt: new Date(),
      ...(title !== undefined && { title: cleanText(title) }),
      ...(instructions !== undefined && { instructions: cleanText(instructions) }),
      ...(output !== undefined && { output: toJson(output) }),
      ...(models !== undefined && { models: toJson(models) }),
      ...(settings !== undefined && { settings: toJson(settings) }),
    },
  })
  return count === 1
}

/** Soft-deletes, and ends what is running: no more rows are started. False if there is none. */
export async function softDeleteGrid(id: string, userId: string, now = new Date()): Promise<boolean> {
  const { count } = await db().grid.updateMany({
    where: { id, userId, deletedAt: null },
    data: { deletedAt: now, run: { increment: 1 } },
  })
  if (count === 0) return false
  await db().grid.updateMany({ where: { id, userId, state: "running" }, data: { state: "paused" } })
  return true
}

/** Restores a deleted grid; a running one is restored as paused. False if there is none. */
export async function undeleteGrid(id: string, userId: string): Promise<boolean> {
  const { count } = await db().grid.updateMany({
    where: { id, userId, deletedAt: { not: null } },
    data: { deletedAt: null, updatedAt: new Date() },
  })
  return count === 1
}

/**
 * Starts or continues a grid; returns its count of starts, which identifies its runner. Null if there is none to start.
 */
export async function beginRun(id: string, userId: string, upTo: number | null): Promise<number | null> {
  const { count } = await db().grid.updateMany({
    where: { id, userId, deletedAt: null, state: { not: "running" } },
    data: { state: "running", run: { increment: 1 }, upTo, stopped: toNullableJson(null), updatedAt: new Date() },
  })
  if (count === 0) return null
  return (await gridById(id))?.run ?? null
}

/** Ends a run: `stopped` says why it is paused. False if another run has replaced it, or it has ended. */
export async function endRun(
  id: string,
  run: number | null,
  state: "paused" | "done",
  stopped: unknown = null,
): Promise<boolean> {
  const { count } = await db().grid.updateMany({
    where: { id, state: "running", ...(run !== null && { run }) },
    data: { state, stopped: toNullableJson(stopped), updatedAt: new Date() },
  })
  return count === 1
}

/** Running grids that may have no runner: for restarting them after a crash. */
export const runningGrids = () =>
  db().grid.findMany({ where: { state: "running", deletedAt: null }, select: { id: true, userId: true, run: true } })

export type RowsAdded = "added" | "not_there" | "not_next" | "full" | "large"

interface Adding {
  start: number
  inputs: unknown[]
  /** The files that the rows are, or are pages of. */
  fileIds: string[]
  /** Number of models that answer each row. */
  places: number
  /** Maximum rows per grid, and characters of them as JSON. */
  most: number
  mostCharacters: number
}

/** Appends rows while the grid has not started. Repeating a request adds nothing. */
export function addRows(gridId: string, userId: string, adding: Adding): Promise<RowsAdded> {
  const { start, inputs, fileIds, places, most, mostCharacters } = adding
  return db().$transaction(async (client) => {
    // Writes first: on PostgreSQL this locks the row, on SQLite the database.
    const { count } = await client.grid.updateMany({
      where: { id: gridId, userId, deletedAt: null, state: "ready" },
      data: { updatedAt: new Date() },
    })
    if (count === 0) return "not_there"
    const there = await client.gridRow.count({ where: { gridId } })
    if (there >= start + inputs.length) return "added"
    if (there !== start) return "not_next"
    if (start + inputs.length > most) return "full"
    if ((await charactersOf(client, gridId)) + JSON.stringify(inputs).length > mostCharacters) return "large"
    await client.gridRow.createMany({
      data: inputs.map((input, at) => ({ gridId, number: start + at, input: toJson(input) })),
    })
    await client.gridAnswer.createMany({ data: answersFor(gridId, start, inputs.length, places) })
    const known = await client.gridFile.findMany({ where: { gridId }, select: { fileId: true } })
    const had = new Set(known.map(({ fileId }) => fileId))
    const fresh = [...new Set(fileIds)].filter((id) => !had.has(id))
    if (fresh.length > 0) await client.gridFile.createMany({ data: fresh.map((fileId) => ({ gridId, fileId })) })
    return "added"
  })
}

async function charactersOf(client: Transaction, gridId: string): Promise<number> {
  const input = isPostgres(config().databaseUrl) ? Prisma.sql`"input"::text` : Prisma.sql`"input"`
  const [sum] = await client.$queryRaw<{ characters: bigint | number | null }[]>`
    SELECT SUM(LENGTH(${input})) AS "characters" FROM "GridRow" WHERE "gridId" = ${gridId}`
  return Number(sum?.characters ?? 0)
}

const answersFor = (gridId: string, start: number, count: number, places: number): Prisma.GridAnswerCreateManyInput[] =>
  Array.from({ length: count * places }, (_, at) => ({
    gridId,
    number: start + Math.floor(at / places),
    place: at % places,
  }))

/**
 * Creates the answers of a second model for all rows, while the grid is not running. False if there is no such grid, or
 * it already has as many models.
 */
export function addSecondModel(gridId: string, userId: string, models: string[]): Promise<boolean> {
  return db().$transaction(async (client) => {
    const where = { id: gridId, userId, deletedAt: null }
    // Writes first: on PostgreSQL this locks the row, on SQLite the database.
    const { count } = await client.grid.updateMany({
      where: { ...where, state: { not: "running" } },
      data: { updatedAt: new Date() },
    })
    if (count === 0) return false
    const grid = await client.grid.findUnique({ where: { id: gridId }, select: { models: true } })
    if (!Array.isArray(grid?.models) || grid.models.length >= models.length) return false
    await client.grid.updateMany({ where, data: { models: toJson(models), upTo: null } })
    // A grid that has not started still accepts rows, so its state stays.
    await client.grid.updateMany({ where: { ...where, state: "done" }, data: { state: "paused" } })
    const place = models.length - 1
    const rows = await client.gridRow.findMany({ where: { gridId }, select: { number: true } })
    await client.gridAnswer.createMany({ data: rows.map(({ number }) => ({ gridId, number, place })) })
    return true
  })
}

/** Permanently removes those deleted before then. Returns how many. */
export async function purgeGrids(before: Date): Promise<number> {
  const { count } = await db().grid.deleteMany({ where: { deletedAt: { lt: before } } })
  return count
}

export interface StoredRow {
  number: number
  input: unknown
}

/** The inputs of these rows, unordered. The caller has checked the owner. */
export const rowsBy = (gridId: string, numbers: number[]): Promise<StoredRow[]> =>
  db().gridRow.findMany({ where: { gridId, number: { in: numbers } }, select: { number: true, input: true } })

export const countRows = (gridId: string): Promise<number> => db().gridRow.count({ where: { gridId } })

/** Row count of each of the user's grids, and how many of its answers have ended. */
export async function sizesOf(userId: string): Promise<Map<string, { rows: number; answers: number; ended: number }>> {
  const rows = await raw().read({
    sql: `SELECT g."id",
      (SELECT COUNT(*) FROM "GridRow" r WHERE r."gridId" = g."id") AS "rows",
      (SELECT COUNT(*) FROM "GridAnswer" a WHERE a."gridId" = g."id") AS "answers",
      (SELECT COUNT(*) FROM "GridAnswer" a WHERE a."gridId" = g."id" AND a."state" IN ('done', 'failed', 'skipped')) AS "ended"
      FROM "Grid" g WHERE g."userId" = ? AND g."deletedAt" IS NULL`,
    values: [userId],
  })
  return new Map(
    rows.map((row) => [
      String(row.id),
      { rows: Number(row.rows), answers: Number(row.answers), ended: Number(row.ended) },
    ]),
  )
}
