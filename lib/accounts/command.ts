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

  list               lists all accounts: address, name, role, status, and sign-in methods
  make-admin EMAIL   makes this account an administrator
  reset EMAIL        prints a link for choosing a new password (works once, within a day)`

/** Runs a command. Throws `CommandError`. */
export async function runCommand([command, email]: string[]): Promise<string> {
  if (command === undefined || command === "help" || command === "--help") return USAGE
  if (!["list", "make-admin", "reset"].includes(command))
    throw new CommandError(`Unknown command “${command}”.\n\n${USAGE}`)
  requireDatabase()
  if (command === "list") return list()
  const account = await accountOf(email)
  return command === "reset" ? reset(account) : makeAdmin(account)
}

/** SQLite would create an empty database when opening it. */
function requireDatabase(): void {
  const { databaseUrl } = config()
  if (isPostgres(databaseUrl) || existsSync(sqliteFile(databaseUrl))) return
  throw new CommandError(`No database found at ${sqliteFile(databaseUrl)}. Start Sparkler first, or set DATA_DIR.`)
}

interface Account {
  id: string
  name: string | null
  email: string | null
  disabledAt: Date | null
}

async function accountOf(email: string | undefined): Promise<Account> {
  const address = email === undefined ? null : addressOf(email)
  if (address === null) throw new CommandError(`Which account? Enter its email address.\n\n${USAGE}`)
  const account = await accountByEmail(address)
  if (account) return account
  throw new CommandError(`No account found for ${address}. “npm run admin -- list” shows all accounts.`)
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
        disabledAt ? "deactivated" : emailVerifiedAt ? "confirmed" : "not confirmed",
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
  if (count === 0) return `${email} is already an administrator. Nothing was changed.`
  await auditAdmin({ id, name: name ?? email }, "command line")
  return `${email} is now an administrator. A running Sparkler picks this up within seconds.`
}

async function reset({ id, name, email, disabledAt }: Account): Promise<string> {
  // A password link would have no effect.
  if (disabledAt) throw new CommandError(`${email} is deactivated. Reactivate it first, under Administration, People.`)
  const { url, expiresAt } = await makeResetLink(id)
  await audit({ actor: null, action: "account.reset_link_made", target: { id, name: name ?? email } })
  return `Open this link to choose a new password for ${email}. It works once, until ${expiresAt.toISOString()}:\n${url}`
}
