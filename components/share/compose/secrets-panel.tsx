"use client"

import { ShieldAlert, ShieldCheck } from "lucide-react"
import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { type FoundSecret, isRedacted, type ShareOptions } from "@/lib/share/options"
import { SECRET_KINDS, type SecretKind } from "@/lib/share/secrets"

/** Maximum secrets of a kind listed individually. */
const MAX_LISTED = 50

interface Props {
  /** All that would be visible. */
  secrets: FoundSecret[]
  blackOut: ShareOptions["blackOut"]
  /** Redacts these, or shows them. */
  onChange: (secrets: FoundSecret[], black: boolean) => void
  /** Redacts a whole kind, including in future messages, or shows it; null: all kinds. */
  onKind: (kind: SecretKind | null, black: boolean) => void
}

/** The likely secrets in the shared content, to redact individually, by kind, or all at once. */
export function SecretsPanel({ secrets, blackOut, onChange, onKind }: Props) {
  const t = useTranslations("share.secrets")
  if (secrets.length === 0) return null
  const open = secrets.filter((secret) => !isRedacted(secret, blackOut))
  const Icon = open.length > 0 ? ShieldAlert : ShieldCheck
  return (
    <section aria-label={t("title")} className="mt-4 rounded-lg border p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="flex items-center gap-2 font-medium text-sm">
          <Icon className={open.length > 0 ? "size-4 text-danger" : "size-4 text-muted-foreground"} aria-hidden />
          <span role="status">{open.length > 0 ? t("found", { count: open.length }) : t("allBlack")}</span>
        </h3>
        <Button size="sm" className="ms-auto" onClick={() => onKind(null, open.length > 0)}>
          {t(open.length > 0 ? "blackAll" : "showAll")}
        </Button>
      </div>
      {SECRET_KINDS.map((kind) => {
        const ofKind = secrets.filter((secret) => secret.kind === kind)
        return (
          ofKind.length > 0 && (
            <Kind
              key={kind}
              kind={kind}
              secrets={ofKind}
              {...{ blackOut, onChange }}
              onKind={(black) => onKind(kind, black)}
            />
          )
        )
      })}
    </section>
  )
}

interface KindProps extends Pick<Props, "secrets" | "blackOut" | "onChange"> {
  kind: SecretKind
  onKind: (black: boolean) => void
}

function Kind({ kind, secrets, blackOut, onChange, onKind }: KindProps) {
  const t = useTranslations("share.secrets")
  const open = secrets.some((secret) => !isRedacted(secret, blackOut))
  const name = t(`kind.${kind}`)
  return (
    <div className="mt-3 border-t pt-2">
      <div className="flex items-center justify-between gap-3 text-[0.8125rem] text-muted-foreground">
        <h4>{name}</h4>
        {secrets.length > 1 && (
          <button
            type="button"
            aria-label={t(open ? "blackKindNamed" : "showKindNamed", { kind: name })}
            onClick={() => onKind(open)}
            className="min-h-7 font-medium text-spark-text underline underline-offset-4 pointer-coarse:min-h-10"
          >
            {t(open ? "blackKind" : "showKind")}
          </button>
        )}
      </div>
      <ul>
        {secrets.slice(0, MAX_LISTED).map((secret) => {
          const black = isRedacted(secret, blackOut)
          return (
            <li key={secret.id} className="flex items-center gap-2 py-1">
              <code className="min-w-0 flex-1 truncate font-mono text-[0.78125rem]">{secret.text}</code>
              <button
                type="button"
                aria-pressed={black}
                aria-label={t("blackOne", { text: secret.text.slice(0, 80) })}
                onClick={() => onChange([secret], !black)}
                className="min-h-7 shrink-0 rounded-md border px-2 text-[0.78125rem] aria-pressed:bg-primary aria-pressed:text-primary-foreground pointer-coarse:min-h-10"
              >
                {t(black ? "black" : "blackOut")}
              </button>
            </li>
          )
        })}
      </ul>
      {secrets.length > MAX_LISTED && (
        <p className="text-[0.78125rem] text-muted-foreground">{t("more", { count: secrets.length - MAX_LISTED })}</p>
      )}
    </div>
  )
}
