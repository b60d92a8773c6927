"use client"

import { ArrowUpRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { putKey } from "@/components/setup/api"
import { EnvLine } from "@/components/setup/env-line"
import { KeyEntry } from "@/components/setup/key-entry"
import type { KeptKey } from "@/lib/setup/types"

/** Where Fireworks makes keys. */
const KEYS_PAGE = "https://app.fireworks.ai/settings/users/api-keys"

/** A key that is not sent yet: here until it is, on this page and nowhere else, whatever else is opened meanwhile. */
let typed = ""

interface Props {
  /** The server that the key is for, when it isn't Fireworks. */
  server: string | null
  onKept: (kept: KeptKey) => void
  /** Set where there is a key already: leaves it as it is. */
  onCancel?: () => void
}

/** Takes Sparkler's key, and says where one comes from. */
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

/** Where a key comes from, and the other way to set it. */
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
