"use client"

import { useTranslations } from "next-intl"
import { Check } from "@/components/share/compose/check"
import { PeopleField } from "@/components/share/compose/people-field"
import { SecretsPanel } from "@/components/share/compose/secrets-panel"
import { type Compose, distinct, type Expiry, withSecrets } from "@/components/share/compose/use-compose"
import { Button } from "@/components/ui/button"
import { MAX_SHARE_TITLE, PASSCODE, SHOWN } from "@/lib/share/options"
import { SECRET_KINDS } from "@/lib/share/secrets"
import type { ShareInfo } from "@/lib/share/types"

interface Props {
  compose: Compose
  /** The link being edited. */
  link: ShareInfo | null
  /** Its content stays as it is. */
  kept: boolean
}

/** What is shown, and how the link can be opened. */
export function Choices({ compose, link, kept }: Props) {
  const t = useTranslations("share")
  const { options, setOptions, preview, secretsIn } = compose
  const all = distinct(secretsIn)
  const lacking = { author: !preview?.authorName, systemPrompt: !preview?.systemPrompt }
  return (
    <>
      {!kept && (
        <fieldset>
          <legend className="mb-1 font-medium text-sm">{t("shows")}</legend>
          {SHOWN.map((what) => {
            const none = preview !== null && what in lacking && lacking[what === "author" ? "author" : "systemPrompt"]
            return (
              <Check
                key={what}
                label={
                  what === "author" && preview?.authorName
                    ? t("show.authorNamed", { name: preview.authorName })
                    : t(`show.${what}`)
                }
                meaning={none && (what === "author" || what === "systemPrompt") ? t(`none_${what}`) : undefined}
                disabled={none}
                checked={options[what] && !none}
                onChange={(checked) => setOptions({ [what]: checked })}
              />
            )
          })}
        </fieldset>
      )}
      {!kept && (
        <SecretsPanel
          secrets={all}
          blackOut={options.blackOut}
          onChange={(secrets, black) =>
            setOptions({ blackOut: withSecrets(options.blackOut, { secrets, all, black }) })
          }
          onKind={(kind, black) => {
            const kinds = kind ? [kind] : [...SECRET_KINDS]
            const others = options.blackOut.kinds.filter((one) => !kinds.includes(one))
            const ids = new Set(all.filter((secret) => kinds.includes(secret.kind)).map(({ id }) => id))
            setOptions({
              blackOut: {
                kinds: black ? [...others, ...kinds] : others,
                ids: options.blackOut.ids.filter((id) => !ids.has(id)),
              },
            })
          }}
        />
      )}
      <Terms compose={compose} link={link} />
    </>
  )
}

const FIELD = "h-9 w-full rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"
const EXPIRIES: readonly Expiry[] = ["never", "1", "7", "30", "90"]

function Terms({ compose, link }: Pick<Props, "compose" | "link">) {
  const { terms, setTerms } = compose
  const t = useTranslations("share.terms")
  const expiries: Expiry[] = link?.expiresAt ? ["keep", ...EXPIRIES] : [...EXPIRIES]
  return (
    <fieldset className="mt-5 grid gap-3">
      <legend className="mb-2 font-medium text-sm">{t("title")}</legend>
      <label className="grid gap-1 text-[0.8125rem]">
        {t("name")}
        <input
          value={terms.title}
          maxLength={MAX_SHARE_TITLE}
          onChange={({ target }) => setTerms({ title: target.value })}
          className={FIELD}
        />
      </label>
      {!link && <Who compose={compose} />}
      {terms.inside && !link && <PeopleField people={terms.people} onChange={(people) => setTerms({ people })} />}
      <label className="grid gap-1 text-[0.8125rem]">
        {t("expires")}
        <select
          value={terms.expiry}
          onChange={({ target }) => {
            const expiry = expiries.find((one) => one === target.value)
            if (expiry) setTerms({ expiry })
          }}
          className={FIELD}
        >
          {expiries.map((expiry) => (
            <option key={expiry} value={expiry}>
              {expiry === "never" || expiry === "keep" ? t(expiry) : t("days", { count: Number(expiry) })}
            </option>
          ))}
        </select>
      </label>
      {!terms.inside && (
        <PasscodeField
          passcode={terms.passcode}
          has={link?.passcode ?? false}
          onChange={(passcode) => setTerms({ passcode })}
        />
      )}
      {!terms.inside && (
        <Check
          label={t("listed")}
          meaning={t("listedMeaning")}
          checked={terms.listed}
          onChange={(listed) => setTerms({ listed })}
        />
      )}
    </fieldset>
  )
}

function Who({ compose: { terms, setTerms, preview } }: Pick<Props, "compose">) {
  const t = useTranslations("share.terms")
  return (
    <label className="grid gap-1 text-[0.8125rem]">
      {t("who")}
      <select
        value={terms.inside ? "inside" : "anyone"}
        onChange={({ target }) => setTerms({ inside: target.value === "inside" })}
        className={FIELD}
      >
        <option value="anyone">{t("anyone")}</option>
        <option value="inside" disabled={!preview?.mayInside}>
          {t(preview?.mayInside === false ? "insideNoAccount" : "inside")}
        </option>
      </select>
    </label>
  )
}

interface PasscodeProps {
  passcode: string | null | undefined
  /** The link has a passcode. */
  has: boolean
  onChange: (passcode: string | null | undefined) => void
}

function PasscodeField({ passcode, has, onChange }: PasscodeProps) {
  const t = useTranslations("share.terms")
  const short = typeof passcode === "string" && passcode !== "" && passcode.length < PASSCODE.least
  return (
    <div className="grid gap-1 text-[0.8125rem]">
      <label htmlFor="share-passcode">{t("passcode")}</label>
      <div className="flex gap-2">
        <input
          id="share-passcode"
          value={passcode ?? ""}
          maxLength={PASSCODE.most}
          autoComplete="off"
          spellCheck={false}
          placeholder={t(has && passcode === undefined ? "passcodeSet" : "passcodeNone")}
          aria-describedby="share-passcode-meaning"
          aria-invalid={short}
          onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
          className={FIELD}
        />
        {has && (
          <Button size="sm" className="h-9" onClick={() => onChange(passcode === null ? undefined : null)}>
            {t(passcode === null ? "passcodeKeep" : "passcodeRemove")}
          </Button>
        )}
      </div>
      <p id="share-passcode-meaning" className={short ? "text-danger" : "text-muted-foreground"}>
        {passcode === null ? t("passcodeRemoved") : t("passcodeMeaning", { count: PASSCODE.least })}
      </p>
    </div>
  )
}
