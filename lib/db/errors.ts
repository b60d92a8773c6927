import pg from "pg"
import { Prisma } from "@/lib/db/generated/sqlite/client"
import { MissingRow } from "@/lib/db/raw"

const hasCode = (error: unknown, code: string) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === code

/** What the drivers themselves say of it, SQLite's and PostgreSQL's. */
const UNIQUE: unknown[] = ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"]

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined)

/** A row with this key is there already. Judged by the code alone: `meta` differs between the databases. */
export const isUniqueViolation = (error: unknown) => hasCode(error, "P2002") || UNIQUE.includes(codeOf(error))

const FOREIGN: unknown[] = ["SQLITE_CONSTRAINT_FOREIGNKEY", "SQLITE_CONSTRAINT_TRIGGER", "23503"]

/** What a row points at is not there, or something points at a row that was to go. */
export const isMissingTarget = (error: unknown) => hasCode(error, "P2003") || FOREIGN.includes(codeOf(error))

/** A row that was to be changed is not there, or not as the change wants it. */
export const isMissingRow = (error: unknown) =>
  hasCode(error, "P2025") || (error instanceof Error && error.name === MissingRow.name)

/** The database could not be asked, or refused: nothing that another server said. Also of what caused it. */
export const isDatabaseFault = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name.startsWith("PrismaClient") ||
    error.name === "DriverAdapterError" ||
    error instanceof pg.DatabaseError ||
    isDatabaseFault(error.cause))
