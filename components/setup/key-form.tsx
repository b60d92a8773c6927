"use client"

import { ArrowUpRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { type FormEvent, type RefObject, useId, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { putKey } from "@/components/setup/api"
import { EnvLine } from "@/components/setup/env-line"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { useUnsaved } from "@/components/ui/unsaved"
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

/** Notes what is typed; the browser asks before it is lost. */
function useTyped(): (key: string) => void {
  const [some, setSome] = useState(typed !== "")
  useUnsaved(some)
  return (key) => {
    typed = key
    setSome(key !== "")
  }
}

/** Takes a key, has it tried, and says what is wrong with it. */
export function KeyForm({ server, onKept, onCancel }: Props) {
  const t = useTranslations("setup")
  const common = useTranslations("common")
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const type = useTyped()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const key = field.current?.value ?? ""
    if (busy) return
    if (!key.trim()) {
      setProblem(t("empty"))
      field.current?.focus()
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      onKept(await putKey(key))
      type("")
    } catch (error) {
      setProblem(sentenceOf(error, t("failed")))
      setBusy(false)
      field.current?.focus()
    }
  }
  return (
    <>
      <form onSubmit={submit} className="mt-3.5">
        <label htmlFor={id} className="sr-only">
          {t("label")}
        </label>
        <div className="flex gap-2 max-sm:flex-col">
          <KeyField ref={field} {...{ id, busy }} wrong={problem !== null} onType={type} />
          <Button type="submit" variant="primary" className="h-10 px-4" aria-disabled={busy}>
            {busy ? (
              <>
                <Spinner /> {t("checking")}
              </>
            ) : (
              t("connect")
            )}
          </Button>
          {onCancel && (
            <Button variant="ghost" className="h-10" onClick={onCancel}>
              {common("cancel")}
            </Button>
          )}
        </div>
        {problem && <Problem id={`${id}-problem`}>{problem}</Problem>}
      </form>
      <HowElse server={server} />
    </>
  )
}

function Problem({ id, children }: { id: string; children: string }) {
  return (
    <p id={id} role="alert" className="wrap-anywhere mt-2 text-[0.875rem] text-danger">
      {children}
    </p>
  )
}

interface FieldProps {
  ref: RefObject<HTMLInputElement | null>
  id: string
  busy: boolean
  onType: (key: string) => void
  /** What is wrong stands in the element of the same id with `-problem`. */
  wrong: boolean
}

function KeyField({ ref, id, busy, wrong, onType }: FieldProps) {
  const t = useTranslations("setup")
  return (
    <input
      ref={ref}
      id={id}
      type="password"
      autoComplete="off"
      spellCheck={false}
      data-1p-ignore
      data-lpignore="true"
      placeholder={t("placeholder")}
      defaultValue={typed}
      onInput={({ currentTarget }) => onType(currentTarget.value)}
      readOnly={busy}
      aria-invalid={wrong}
      aria-describedby={wrong ? `${id}-problem` : undefined}
      className="h-10 min-w-0 flex-1 rounded-md border border-input bg-background px-3 text-[0.9375rem] max-sm:flex-none"
    />
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
