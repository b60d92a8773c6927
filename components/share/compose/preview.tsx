"use client"

import { RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useMemo, useRef } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { useHighlights } from "@/components/share/compose/mark-secrets"
import { PreviewContext } from "@/components/share/compose/preview-context"
import { PreviewFrame } from "@/components/share/compose/preview-frame"
import { type Compose, distinct, withSecrets } from "@/components/share/compose/use-compose"
import { SharedBody } from "@/components/share/page/shared-body"
import { SharedTitle } from "@/components/share/page/shared-head"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { isRedacted } from "@/lib/share/options"
import { countCompared } from "@/lib/share/snapshot"
import type { ShareInfo } from "@/lib/share/types"

const NO_NAMES: Record<string, string> = {}

interface Props {
  compose: Compose
  link: ShareInfo | null
  /** The link's content stays as it is. */
  kept: boolean
}

/** What readers will see, rendered as on the shared page. */
export function Preview({ compose, link, kept }: Props) {
  const t = useTranslations("share.preview")
  const common = useTranslations("common")
  const { preview, error, again } = compose
  return (
    <section
      aria-label={t("title")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable by keyboard
      tabIndex={0}
      data-scroller
      className="min-h-0 min-w-0 bg-background max-md:border-t md:overflow-y-auto md:overscroll-contain md:border-s"
    >
      {error && (
        <div className="p-5">
          <p role="alert" className="mb-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
            {error}
          </p>
          <Button onClick={again}>
            <RotateCcw className="size-4" aria-hidden /> {common("tryAgain")}
          </Button>
        </div>
      )}
      {!preview && !error && (
        <p className="flex items-center gap-2 p-5 text-muted-foreground text-sm">
          <Spinner /> {t("loading")}
        </p>
      )}
      {preview && <Shown compose={compose} link={link} kept={kept} />}
    </section>
  )
}

/** The link's page, as it is or as it would be. */
function Shown({ compose, link, kept }: Props) {
  const { preview, shown, options, setOptions, secretsIn, difference, terms } = compose
  const root = useRef<HTMLDivElement>(null)
  const names = preview?.names ?? NO_NAMES
  const locale = useFormatLocale()
  const leftOut = useMemo(() => new Set(options.leftOut), [options.leftOut])
  const all = useMemo(() => distinct(secretsIn), [secretsIn])
  const open = useMemo(
    () =>
      new Map(
        [...secretsIn].map(([place, secrets]) => [place, secrets.filter((one) => !isRedacted(one, options.blackOut))]),
      ),
    [secretsIn, options.blackOut],
  )
  useHighlights(
    root,
    useMemo(() => (kept ? [] : distinct(open).map(({ text }) => text)), [open, kept]),
  )
  if (!preview || !shown) return null
  const messages = kept ? (preview.shared ?? []) : shown.messages
  const begin = messages.length - countCompared(messages)
  const at = kept ? (link?.updatedAt ?? link?.createdAt) : undefined
  const date = at ? new Date(at) : new Date()
  return (
    <PreviewContext
      value={{
        ...{ leftOut, open, difference },
        onInclude: (id, include) =>
          setOptions({ leftOut: include ? options.leftOut.filter((one) => one !== id) : [...options.leftOut, id] }),
        onBlackOut: (secrets) => setOptions({ blackOut: withSecrets(options.blackOut, { secrets, all, black: true }) }),
      }}
    >
      <div ref={root} data-preview>
        <div className="px-4 sm:px-6">
          <SharedTitle
            {...{ names, messages }}
            title={kept ? terms.title : shown.title}
            createdAt={date.toISOString()}
            date={date.toLocaleDateString(locale, { dateStyle: "long" })}
            authorName={kept ? null : shown.authorName}
            level="h3"
          />
        </div>
        <SharedBody
          messages={messages.slice(0, begin)}
          compared={messages.slice(begin)}
          systemPrompt={kept ? null : shown.systemPrompt}
          names={names}
          Frame={kept ? undefined : PreviewFrame}
        />
      </div>
    </PreviewContext>
  )
}
