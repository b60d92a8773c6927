import pg from "pg"
import { Prisma } from "@/lib/db/generated/sqlite/client"
import { MissingRow } from "@/lib/db/raw"

const hasCode = (error: unknown, code: string) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === code

/** Error codes of the drivers themselves, for SQLite and PostgreSQL. */
const UNIQUE: unknown[] = ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"]

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined)

/** A row with this key already exists. Checks only the code, because `meta` differs between the databases. */
export const isUniqueViolation = (error: unknown) => hasCode(error, "P2002") || UNIQUE.includes(codeOf(error))

const FOREIGN: unknown[] = ["SQLITE_CONSTRAINT_FOREIGNKEY", "SQLITE_CONSTRAINT_TRIGGER", "23503"]

/** A referenced row doesn't exist, or a row to delete is still referenced. */
export const isMissingTarget = (error: unknown) => hasCode(error, "P2003") || FOREIGN.includes(codeOf(error))

/** A row to change doesn't exist, or not in the required state. */
export const isMissingRow = (error: unknown) =>
  hasCode(error, "P2025") || (error instanceof Error && error.name === MissingRow.name)

/**
 * The database was unreachable, or refused a query, as opposed to an error from another server. Also checks the cause.
 */
export const isDatabaseFault = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name.startsWith("PrismaClient") ||
    error.name === "DriverAdapterError" ||
    error instanceof pg.DatabaseError ||
    isDatabaseFault(error.cause))
