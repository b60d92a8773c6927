"use client"

import { Sparkles } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { describeSchema } from "@/components/schemas/library-api"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { SubmitButton } from "@/components/ui/submit-button"
import { MAX_SCHEMA_WORDS } from "@/lib/limits"

interface Props {
  onMade: (made: { text: string; name: string }) => void
}

/** The user describes the data; a model writes the schema. */
export function DescribeField({ onMade }: Props) {
  const t = useTranslations("schemas.begin")
  const [words, setWords] = useState("")
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const asking = useRef<AbortController | null>(null)
  useEffect(() => () => asking.current?.abort(), [])
  const make = async () => {
    const controller = new AbortController()
    asking.current = controller
    setProblem(null)
    setBusy(true)
    try {
      onMade(await describeSchema(words, null, controller.signal))
    } catch (error) {
      if (!controller.signal.aborted) setProblem(sentenceOf(error))
    }
    setBusy(false)
  }
  const can = words.trim() !== ""
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (can && !busy) void make()
      }}
    >
      <textarea
        aria-label={t("describeLabel")}
        placeholder={t("describeHint")}
        value={words}
        rows={3}
        maxLength={MAX_SCHEMA_WORDS}
        readOnly={busy}
        onChange={({ target }) => setWords(target.value)}
        className="w-full resize-y rounded-md border border-input bg-background px-3 py-2 text-sm leading-normal max-sm:text-base"
      />
      <div className="mt-1 flex flex-wrap items-center gap-3">
        <SubmitButton aria-disabled={!can || busy} className="aria-disabled:opacity-45">
          <Sparkles className="size-4" aria-hidden /> {t("describeButton")}
        </SubmitButton>
        {busy && (
          <>
            <Spinner />
            <Button variant="ghost" size="sm" onClick={() => asking.current?.abort()}>
              {t("stop")}
            </Button>
          </>
        )}
        <p role="status" className="min-w-0 flex-1 text-[0.8125rem] text-muted-foreground leading-5">
          {problem ? <span className="text-danger">{problem}</span> : t(busy ? "describing" : "describeMeaning")}
        </p>
      </div>
    </form>
  )
}
