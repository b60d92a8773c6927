import { Prisma } from "@/lib/db/generated/sqlite/client"

const hasCode = (error: unknown, code: string) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === code

/** A row with this key is there already. Judged by the code alone: `meta` differs between the databases. */
export const isUniqueViolation = (error: unknown) => hasCode(error, "P2002")

/** What a row points at is not there. */
export const isMissingTarget = (error: unknown) => hasCode(error, "P2003")

/** A row that was to be changed is not there, or not as the change wants it. */
export const isMissingRow = (error: unknown) => hasCode(error, "P2025")
