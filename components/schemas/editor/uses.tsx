"use client"

import { useTranslations } from "next-intl"
import { useCallback } from "react"
import { ReaderTime } from "@/components/base/reader-time"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { fetchUses } from "@/components/schemas/library-api"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { TextLink } from "@/components/ui/text-link"
import type { SchemaUses, StoredSchema } from "@/lib/schemas/types"

/** The chats and presets that use this schema, and in which version. */
export function Uses({ kept: { id, version } }: { kept: StoredSchema }) {
  const t = useTranslations("schemas.uses")
  const common = useTranslations("common")
  const read = useCallback(() => fetchUses(id), [id])
  const { value, error, retry } = useFetchOnMount(read)
  if (error)
    return (
      <p role="alert" className="flex flex-wrap items-center gap-3 py-3 text-sm">
        {error}
        <Button size="sm" onClick={retry}>
          {common("retry")}
        </Button>
      </p>
    )
  if (!value) return <Spinner className="mark-late my-4" />
  if (value.chats.length + value.presets.length === 0)
    return <p className="py-4 text-pretty text-muted-foreground text-sm">{t("none")}</p>
  return <UseLists uses={value} newest={version} />
}

function UseLists({ uses: { chats, presets }, newest }: { uses: SchemaUses; newest: number }) {
  const t = useTranslations("schemas.uses")
  const said = (used: number) => (
    <span className="shrink-0 text-[0.8125rem] text-muted-foreground">
      {t(used === newest ? "newest" : "older", { version: used })}
    </span>
  )
  return (
    <div className="flex flex-col gap-4">
      <p className="text-pretty text-[0.8125rem] text-muted-foreground leading-5">{t("meaning")}</p>
      {chats.length > 0 && (
        <section>
          <h2 className="mb-1 font-medium text-[0.8125rem]">{t("chats")}</h2>
          <ul>
            {chats.map((chat) => (
              <li
                key={`${chat.id} ${chat.version}`}
                className="flex flex-wrap items-baseline gap-x-3 border-b py-2 last:border-0"
              >
                <TextLink href={`/c/${chat.id}`} className="min-w-0 flex-1 basis-40 truncate text-sm">
                  {chat.title}
                </TextLink>
                {said(chat.version)}
                <ReaderTime at={chat.usedAt} className="shrink-0 text-[0.8125rem] text-muted-foreground" />
              </li>
            ))}
          </ul>
        </section>
      )}
      {presets.length > 0 && (
        <section>
          <h2 className="mb-1 font-medium text-[0.8125rem]">{t("presets")}</h2>
          <ul>
            {presets.map((preset) => (
              <li key={preset.id} className="flex flex-wrap items-baseline gap-x-3 border-b py-2 last:border-0">
                <span className="min-w-0 flex-1 truncate text-sm">{preset.name}</span>
                {said(preset.version)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
