/** The commands of `npm run admin`. Each returns the text to print. */
import { existsSync } from "node:fs"
import { auditAdmin } from "@/lib/accounts/rules"
import { addressOf } from "@/lib/addresses"
import { makeResetLink } from "@/lib/auth/one-time-links"
import { config } from "@/lib/config"
import { db, isPostgres, sqliteFile } from "@/lib/db/client"
import { accountByEmail, allAccounts, makeAdminRow } from "@/lib/db/people/accounts"
import { audit } from "@/lib/operator/audit"

/** A command that can't be executed; the message says why. */
export class CommandError extends Error {
  override name = "CommandError"
}

const USAGE = `npm run admin -- COMMAND

  list               every account: its address, name, role, and how it signs in
  make-admin EMAIL   makes this account an administrator
  reset EMAIL        prints a link, good once within a day, to choose a new password`

/** Runs a command. Throws `CommandError`. */
export async function runCommand([command, email]: string[]): Promise<string> {
  if (command === undefined || command === "help" || command === "--help") return USAGE
  if (!["list", "make-admin", "reset"].includes(command))
    throw new CommandError(`There is no command “${command}”.\n\n${USAGE}`)
  requireDatabase()
  if (command === "list") return list()
  const account = await accountOf(email)
  return command === "reset" ? reset(account) : makeAdmin(account)
}

/** SQLite would create an empty database when opening it. */
function requireDatabase(): void {
  const { databaseUrl } = config()
  if (isPostgres(databaseUrl) || existsSync(sqliteFile(databaseUrl))) return
  throw new CommandError(`There is no database at ${sqliteFile(databaseUrl)}. Start Sparkler first, or set DATA_DIR.`)
}

interface Account {
  id: string
  name: string | null
  email: string | null
  disabledAt: Date | null
}

async function accountOf(email: string | undefined): Promise<Account> {
  const address = email === undefined ? null : addressOf(email)
  if (address === null) throw new CommandError(`Which account? Give its email address.\n\n${USAGE}`)
  const account = await accountByEmail(address)
  if (account) return account
  throw new CommandError(`There is no account with ${address}. “npm run admin -- list” shows all.`)
}

async function list(): Promise<string> {
  const accounts = await allAccounts()
  if (accounts.length === 0) return "There are no accounts yet."
  return accounts
    .map(({ email, name, admin, disabledAt, emailVerifiedAt, passwordHash, accounts }) =>
      [
        email ?? "(no address)",
        name ?? "(no name)",
        admin ? "administrator" : "member",
        disabledAt ? "switched off" : emailVerifiedAt ? "confirmed" : "not confirmed",
        [...(passwordHash ? ["password"] : []), ...accounts.map(({ provider }) => provider)].join(" and "),
      ]
        .map(printable)
        .join(" · "),
    )
    .join("\n")
}

/** Control characters in a name must not affect the terminal. */
const printable = (text: string) => text.replace(/\p{C}/gu, "?")

async function makeAdmin({ id, name, email }: Account): Promise<string> {
  const { count } = await makeAdminRow(db(), id)
  if (count === 0) return `${email} is an administrator already. Nothing was changed.`
  await auditAdmin({ id, name: name ?? email }, "command line")
  return `${email} is an administrator now. A running Sparkler knows within seconds.`
}

async function reset({ id, name, email, disabledAt }: Account): Promise<string> {
  // A password link would have no effect.
  if (disabledAt) throw new CommandError(`${email} is switched off. Switch it on under Administration, People first.`)
  const { url, expiresAt } = await makeResetLink(id)
  await audit({ actor: null, action: "account.reset_link_made", target: { id, name: name ?? email } })
  return `Open this link to choose a new password for ${email}. It works once, until ${expiresAt.toISOString()}:\n${url}`
}
