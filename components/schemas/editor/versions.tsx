"use client"

import { RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useState } from "react"
import { ApiError, sentenceOf } from "@/components/base/api"
import { ReaderTime } from "@/components/base/reader-time"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { Changes } from "@/components/schemas/editor/changes"
import type { Editor } from "@/components/schemas/editor/use-editor"
import { fetchSchema, fetchVersion, fetchVersions, restoreVersion } from "@/components/schemas/library-api"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { toast } from "@/components/ui/toast"
import type { SchemaVersion, StoredSchema } from "@/lib/schemas/types"

interface Props {
  editor: Editor
  kept: StoredSchema
}

/** All versions, newest first, with their changes, and a button to restore each. */
export function Versions({ editor, kept }: Props) {
  const t = useTranslations("schemas.versions")
  const { id, version } = kept
  // biome-ignore lint/correctness/useExhaustiveDependencies: reloads when there is another version
  const read = useCallback(() => fetchVersions(id), [id, version])
  const { value, error, retry } = useFetchOnMount(read)
  if (error) return <Failed error={error} onRetry={retry} />
  if (!value) return <Spinner className="mark-late my-4" />
  return (
    <ol reversed className="flex flex-col">
      {value.map((one, index) => (
        <VersionItem key={one.version} version={one} before={value[index + 1]?.version} editor={editor} kept={kept} />
      ))}
      {value.length === 1 && <li className="py-2 text-[0.8125rem] text-muted-foreground">{t("only")}</li>}
    </ol>
  )
}

function Failed({ error, onRetry }: { error: string; onRetry: () => void }) {
  const t = useTranslations("common")
  return (
    <p role="alert" className="flex flex-wrap items-center gap-3 py-3 text-sm">
      {error}
      <Button size="sm" onClick={onRetry}>
        {t("retry")}
      </Button>
    </p>
  )
}

interface ItemProps extends Props {
  version: SchemaVersion
  /** The previous version that still exists. */
  before: number | undefined
}

function VersionItem({ version, before, editor, kept }: ItemProps) {
  const t = useTranslations("schemas.versions")
  const [compared, setCompared] = useState<"before" | "now" | null>(null)
  const { version: number, note, restoredFrom, createdAt } = version
  const isNewest = number === kept.version
  const toggle = (which: "before" | "now") => setCompared(compared === which ? null : which)
  return (
    <li className="border-b py-2.5 last:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-48">
          <p className="font-medium text-sm">
            {t("number", { number })}
            {isNewest && <span className="ms-2 font-normal text-muted-foreground text-xs">{t("newest")}</span>}
          </p>
          <p className="wrap-anywhere text-[0.8125rem] text-muted-foreground">
            <ReaderTime at={createdAt} time />
            {restoredFrom !== null && ` · ${t("restoredFrom", { number: restoredFrom })}`}
            {note && ` · ${note}`}
          </p>
        </div>
        {before !== undefined && (
          <Button size="sm" variant="ghost" aria-expanded={compared === "before"} onClick={() => toggle("before")}>
            {t("changes", { number })}
          </Button>
        )}
        {!isNewest && (
          <>
            <Button size="sm" variant="ghost" aria-expanded={compared === "now"} onClick={() => toggle("now")}>
              {t("untilNow", { number })}
            </Button>
            <Restore number={number} editor={editor} kept={kept} />
          </>
        )}
      </div>
      {compared && (
        <div className="mt-2 rounded-md border bg-surface p-3">
          <Compared
            id={kept.id}
            from={compared === "before" ? (before ?? number) : number}
            to={compared === "before" ? number : kept.version}
          />
        </div>
      )}
    </li>
  )
}

function Compared({ id, from, to }: { id: string; from: number; to: number }) {
  const read = useCallback(() => Promise.all([fetchVersion(id, from), fetchVersion(id, to)] as const), [id, from, to])
  const { value, error, retry } = useFetchOnMount(read)
  if (error) return <Failed error={error} onRetry={retry} />
  if (!value) return <Spinner className="mark-late" />
  const [before, after] = value
  return <Changes before={before.text} after={after.text} />
}

function Restore({ number, editor, kept }: Props & { number: number }) {
  const t = useTranslations("schemas.versions")
  const [busy, setBusy] = useState(false)
  const unsaved = editor.changed.length > 0
  const restore = async () => {
    setBusy(true)
    try {
      const restored = await restoreVersion(kept.id, kept.revision, number)
      editor.take(restored)
      toast.success(t("restored", { number, version: restored.version }))
    } catch (error) {
      toast.error(sentenceOf(error))
      // Loads the current version, unless that would discard unsaved changes.
      if (error instanceof ApiError && error.code === "schema:changed" && !unsaved)
        await fetchSchema(kept.id).then(editor.take, () => undefined)
    }
    setBusy(false)
  }
  return (
    <Button
      size="sm"
      aria-label={t("restoreOf", { number })}
      data-tip={unsaved ? t("saveFirst") : undefined}
      aria-disabled={busy || unsaved}
      className="aria-disabled:opacity-45"
      onClick={() => !busy && !unsaved && void restore()}
    >
      <RotateCcw className="size-3.5" aria-hidden /> {t("restore")}
    </Button>
  )
}
