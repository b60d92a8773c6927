"use client"

import { ArrowUpRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { putKey } from "@/components/setup/api"
import { EnvLine } from "@/components/setup/env-line"
import { KeyEntry } from "@/components/setup/key-entry"
import type { KeptKey } from "@/lib/setup/types"

/** Where to create a Fireworks API key. */
const KEYS_PAGE = "https://app.fireworks.ai/settings/users/api-keys"

/** A key not sent yet: kept in this page only, whatever else is opened in the meantime. */
let typed = ""

interface Props {
  /** The server that the key is for, if not Fireworks. */
  server: string | null
  onKept: (kept: KeptKey) => void
  /** Set when there already is a key: keeps it. */
  onCancel?: () => void
}

/** Takes the installation's key, and explains where to get one. */
export function KeyForm({ server, onKept, onCancel }: Props) {
  const t = useTranslations("setup")
  return (
    <>
      <div className="mt-3.5">
        <KeyEntry
          put={putKey}
          save={t("connect")}
          typed={typed}
          onType={(key) => {
            typed = key
          }}
          {...{ onKept, onCancel }}
        />
      </div>
      <HowElse server={server} />
    </>
  )
}

/** Where to get a key, and the other way to set it. */
function HowElse({ server }: { server: string | null }) {
  const t = useTranslations("setup")
  return (
    <div className="mt-3.5 flex gap-x-8 gap-y-3 text-[0.84375rem] text-muted-foreground max-sm:flex-col sm:items-end">
      {!server && (
        <a
          href={KEYS_PAGE}
          target="_blank"
          rel="noreferrer"
          className="inline-flex shrink-0 items-center gap-0.5 self-start font-medium text-spark-text underline underline-offset-4 sm:mb-1.5 sm:self-auto"
        >
          {t("get")} <ArrowUpRight className="size-3.5" aria-hidden />
        </a>
      )}
      <div className="min-w-0 flex-1">
        <p className="mb-1">{t.rich("orFile", { code: (chunks) => <code className="font-mono">{chunks}</code> })}</p>
        <EnvLine />
      </div>
    </div>
  )
}
