/** Settings for accounts: sign-in issuers and email. */
import { z } from "zod"
import { addressOf } from "@/lib/addresses"
import { ConfigError } from "@/lib/config-error"
import { text, url } from "@/lib/config-values"

/** The client that is registered with an issuer. */
export interface IssuerClient {
  id: string
  secret: string
}

export interface AccountConfig {
  /** The administrator's account, once its address is confirmed; normalized by `addressOf`. */
  adminEmail: string | null
  github: IssuerClient | null
  google: IssuerClient | null
  /** Any other OpenID Connect issuer. `issuer` has no trailing slash. */
  oidc: (IssuerClient & { issuer: string; name: string }) | null
  mail: { smtpUrl: string; from: string } | null
}

const mailAddress = text.pipe(
  z
    .string()
    .transform((value, context) => {
      const address = addressOf(value)
      if (address === null) context.addIssue({ code: "custom", message: "allowed: an email address" })
      return address ?? z.NEVER
    })
    .optional(),
)

/** `Name <address>`, or only an address. */
const sender = text.pipe(
  z
    .string()
    .refine((value) => addressOf(/^[^<>\r\n]*<([^<>]+)>$/.exec(value)?.[1] ?? value) !== null, {
      error: "allowed: chat@example.com, or Sparkler <chat@example.com>",
    })
    .optional(),
)

export const accountValues = {
  ADMIN_EMAIL: mailAddress,
  GITHUB_ID: text,
  GITHUB_SECRET: text,
  GOOGLE_ID: text,
  GOOGLE_SECRET: text,
  OIDC_ISSUER: url("an OpenID Connect issuer"),
  OIDC_ID: text,
  OIDC_SECRET: text,
  OIDC_NAME: text.pipe(z.string().max(40, { error: "allowed: at most 40 characters" }).optional()),
  SMTP_URL: text.pipe(
    z.url({ protocol: /^smtps?$/, error: "allowed: smtp://USER:PASSWORD@HOST:PORT or smtps://…" }).optional(),
  ),
  MAIL_FROM: sender,
}

type Values = z.infer<z.ZodObject<typeof accountValues>>

/** Throws `ConfigError` if one of several settings that belong together is missing. */
export function accountConfig(e: Values): AccountConfig {
  const oidc = whole("OIDC", { ISSUER: e.OIDC_ISSUER, ID: e.OIDC_ID, SECRET: e.OIDC_SECRET })
  const mail = together({ SMTP_URL: e.SMTP_URL, MAIL_FROM: e.MAIL_FROM })
  return {
    adminEmail: e.ADMIN_EMAIL ?? null,
    github: clientOf(whole("GITHUB", { ID: e.GITHUB_ID, SECRET: e.GITHUB_SECRET })),
    google: clientOf(whole("GOOGLE", { ID: e.GOOGLE_ID, SECRET: e.GOOGLE_SECRET })),
    oidc: oidc && {
      issuer: oidc.ISSUER.replace(/\/+$/, ""),
      id: oidc.ID,
      secret: oidc.SECRET,
      name: e.OIDC_NAME ?? new URL(oidc.ISSUER).host,
    },
    mail: mail && { smtpUrl: mail.SMTP_URL, from: mail.MAIL_FROM },
  }
}

const clientOf = (given: { ID: string; SECRET: string } | null): IssuerClient | null =>
  given && { id: given.ID, secret: given.SECRET }

const whole = <K extends string>(prefix: string, values: Record<K, string | undefined>) =>
  together(values, (name) => `${prefix}_${name}`)

/** All of these, or null if none is set. */
function together<K extends string>(
  values: Record<K, string | undefined>,
  shown: (name: string) => string = (name) => name,
): Record<K, string> | null {
  if (isWhole(values)) return values
  const names = Object.keys(values)
  const missing = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [shown(name)] : []))
  if (missing.length === names.length) return null
  throw new ConfigError(
    `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing (${names.map(shown).join(", ")} go together).`,
  )
}

const isWhole = <K extends string>(values: Record<K, string | undefined>): values is Record<K, string> =>
  Object.values(values).every((value) => value !== undefined)

/** Values that must not be shown, stored, or logged. */
export function accountSecrets({ github, google, oidc, mail }: AccountConfig): (string | undefined)[] {
  const password = mail ? decodeURIComponent(new URL(mail.smtpUrl).password) : undefined
  return [github?.secret, google?.secret, oidc?.secret, password]
}
