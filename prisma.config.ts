import { defineConfig } from "prisma/config"

const url = process.env.DATABASE_URL ?? "file:./data/sparkler.db"
const provider = process.env.PRISMA_PROVIDER ?? (/^postgres(ql)?:/.test(url) ? "postgresql" : "sqlite")

/** `PRISMA_PROVIDER` or the scheme of `DATABASE_URL` selects the schema folder and its migrations. */
export default defineConfig({
  schema: `prisma/${provider}`,
  migrations: { path: `prisma/${provider}/migrations` },
  datasource: { url },
})
