"use client"

import { FolderPlus, Tag, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { Suspense, useRef, useState } from "react"
import { focusWhenRendered } from "@/components/base/focus"
import { useOutline } from "@/components/conversations/store"
import { useListActions } from "@/components/sidebar/list-context"
import { NameField } from "@/components/sidebar/name-field"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay, lazyPart } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import type { Section } from "@/lib/chat/list/sections"

const SelectionBar = lazyPart(() => import("@/components/sidebar/selection-bar"))
const TagOptions = lazyOverlay(() => import("@/components/sidebar/tag-options"))

interface Props {
  chosen: ReadonlySet<string>
  /** All rows in display order. */
  order: ConversationSummary[]
  /** The only section shown. */
  only: Section | null
  onOnly: (only: Section | null) => void
  /** There is nothing to organize. */
  empty: boolean
}

/** Above the list: actions on the selection; otherwise the tag filter and a button for new folders. */
export function ListBar({ chosen, order, only, onOnly, empty }: Props) {
  const t = useTranslations("sidebar")
  const { makeFolder } = useListActions()
  const { tags, folders } = useOutline()
  const [naming, setNaming] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  if (chosen.size > 0)
    return (
      <Suspense fallback={<div className="mb-1 h-9 shrink-0" />}>
        <SelectionBar many={order.filter(({ id }) => chosen.has(id))} order={order} />
      </Suspense>
    )
  if (empty && folders.length === 0) return null
  if (naming) {
    const endNaming = (name: string | null, byKey: boolean) => {
      setNaming(false)
      if (name) void makeFolder(name)
      if (byKey) focusWhenRendered(() => button.current)
    }
    return (
      <div className="mb-1 h-9 shrink-0 px-2">
        <NameField label={t("folderName")} name="" onEnd={endNaming} />
      </div>
    )
  }
  const tag = only?.startsWith("tag:") ? only.slice("tag:".length) : null
  const filter = (
    <IconButton label={t("byTag")} className="size-7">
      <Tag className="size-4" />
    </IconButton>
  )
  return (
    <div className="mb-1 flex h-9 shrink-0 items-center pe-3 ps-4.5 pointer-coarse:h-10">
      {only === null ? (
        <span className="me-auto truncate font-medium text-muted-foreground text-xs">{t("conversations")}</span>
      ) : (
        <OnlyChip tag={tag} onLeave={() => onOnly(null)} />
      )}
      {tags.length > 0 && (
        <OnDemand trigger={filter}>
          <TagOptions
            trigger={filter}
            tags={tags}
            tag={tag}
            onTag={(chosenTag) => onOnly(chosenTag === null ? null : `tag:${chosenTag}`)}
          />
        </OnDemand>
      )}
      <IconButton ref={button} label={t("newFolder")} className="size-7" onClick={() => setNaming(true)}>
        <FolderPlus className="size-4" />
      </IconButton>
    </div>
  )
}

/** The only section shown, a tag or the archive, with a button to leave it. */
function OnlyChip({ tag, onLeave }: { tag: string | null; onLeave: () => void }) {
  const t = useTranslations("sidebar")
  const back = tag === null ? t("leaveArchive") : t("leaveTag", { tag })
  return (
    <button
      type="button"
      aria-label={back}
      data-tip={back}
      onClick={onLeave}
      className="-ms-2 me-auto flex h-7 min-w-0 items-center gap-1 rounded-md bg-spark-soft px-2 font-medium text-spark-text text-xs"
    >
      <span className="truncate">{tag === null ? t("archived") : `#${tag}`}</span>
      <X className="size-3.5 shrink-0" aria-hidden />
    </button>
  )
}
