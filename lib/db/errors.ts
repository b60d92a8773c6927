import { Prisma } from "@/lib/db/generated/sqlite/client"

/** A row with this key is there already. Judged by the code alone: `meta` differs between the databases. */
export const isUniqueViolation = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002"
