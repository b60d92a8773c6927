"use client"

import { ChevronRight, Folder, FolderOpen, MoreHorizontal } from "lucide-react"
import { useTranslations } from "next-intl"
import { type DragEvent, type KeyboardEvent, type RefObject, Suspense, useId, useRef, useState } from "react"
import { focusWhenRendered } from "@/components/base/focus"
import { ConversationItem, DRAG_TYPE } from "@/components/sidebar/conversation-item"
import type { ConversationGroup } from "@/components/sidebar/groups"
import { type PlacedGroup, ROW_PX, rowsWithin, type Span, toRem } from "@/components/sidebar/layout"
import { useListActions } from "@/components/sidebar/list-context"
import { Marks } from "@/components/sidebar/marks"
import { NameField } from "@/components/sidebar/name-field"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import { useContextMenu } from "@/components/ui/use-context-menu"
import type { FolderSummary, Section } from "@/lib/chat/list/sections"
import { cn } from "@/lib/cn"

const FolderOptions = lazyOverlay(() => import("@/components/sidebar/folder-options"))

export interface GroupProps {
  placed: PlacedGroup
  span: Span
  /** The folder it shows. */
  folder: FolderSummary | null
  chosen: ReadonlySet<string>
  /** Ids of the page's conversation, and of the focused row, which stays rendered. */
  current: string | null
  focused: string | null
  /** The page's conversation is in this group. */
  holdsCurrent: boolean
  onFold: (section: Section, open: boolean) => void
}

/**
 * A section of the list with a heading. Renders only rows near the viewport; a collapsible section opens on request.
 */
export function Group({ placed, span, folder, chosen, current, focused, holdsCurrent, onFold }: GroupProps) {
  const { group, height } = placed
  const { section, folds, label, conversations, total } = group
  const id = useId()
  const [first, end] = rowsWithin(placed, span)
  const drop = useDrop(section === "list" ? null : (folder ?? undefined))
  return (
    <section style={{ height: toRem(height) }} {...drop.handlers}>
      {folds ? (
        <FoldHead
          {...{ group, folds, folder, id, over: drop.over, holdsCurrent }}
          onFold={() => onFold(section, !folds.open)}
        />
      ) : (
        <h2 className="flex h-7 items-center px-2.5 pb-1 font-medium text-muted-foreground text-xs">{label}</h2>
      )}
      <ul
        id={id}
        hidden={folds !== null && !folds.open}
        aria-label={label}
        className={cn("relative rounded-md", drop.over && "outline-2 outline-ring/60 outline-dashed")}
        style={{ height: toRem(conversations.length * ROW_PX) }}
      >
        {conversations.map((conversation, row) => {
          if ((row < first || row >= end) && conversation.id !== focused) return null
          return (
            <ConversationItem
              key={conversation.id}
              conversation={conversation}
              current={conversation.id === current}
              chosen={chosen.has(conversation.id)}
              choosing={chosen.size > 0}
              top={row * ROW_PX}
              place={row + 1}
              total={total}
              inset={folder !== null}
            />
          )
        })}
      </ul>
    </section>
  )
}

/** Accepts dropped conversations, into a folder or (null) out of it. Undefined: not a drop target. */
function useDrop(folder: FolderSummary | null | undefined) {
  const actions = useListActions()
  const [over, setOver] = useState(false)
  if (folder === undefined) return { over: false, handlers: {} }
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAG_TYPE)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = "move"
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false)
    },
    onDrop: (event: DragEvent) => {
      setOver(false)
      if (!event.dataTransfer.types.includes(DRAG_TYPE)) return
      event.preventDefault()
      actions.drop(folder)
    },
  }
  return { over, handlers }
}

interface FoldHeadProps {
  group: ConversationGroup
  folds: NonNullable<ConversationGroup["folds"]>
  folder: FolderSummary | null
  /** Id of the list that it shows and hides. */
  id: string
  /** A drag is over it. */
  over: boolean
  holdsCurrent: boolean
  onFold: () => void
}

/** The heading of a collapsible section, which toggles it; a folder's name can be edited in place. */
function FoldHead(props: FoldHeadProps) {
  const { group, folds, folder, over, holdsCurrent } = props
  const t = useTranslations("sidebar")
  const actions = useListActions()
  const [naming, setNaming] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const menu = useContextMenu()
  if (naming && folder) {
    const endNaming = (name: string | null, byKey: boolean) => {
      setNaming(false)
      if (name) void actions.renameFolder(folder.id, name)
      if (byKey) focusWhenRendered(() => button.current)
    }
    return (
      <div className="h-9">
        <NameField label={t("folderName")} name={group.label} onEnd={endNaming} />
      </div>
    )
  }
  return (
    <div
      {...(folder && menu.handlers)}
      className={cn(
        "group relative h-9 rounded-md hover:bg-muted/60",
        // When closed, it represents its contents.
        holdsCurrent && !folds.open && "bg-muted",
        over && "bg-spark-soft",
      )}
    >
      <h2>
        <FoldButton ref={button} {...props} onName={() => setNaming(true)} />
      </h2>
      {folder && <FolderMenu folder={folder} onName={() => setNaming(true)} />}
      {folder && menu.at && (
        <Suspense>
          <FolderOptions at={menu.at} onClose={menu.close} {...{ folder, actions }} onName={() => setNaming(true)} />
        </Suspense>
      )}
    </div>
  )
}

interface FoldButtonProps extends Omit<FoldHeadProps, "over"> {
  ref: RefObject<HTMLButtonElement | null>
  onName: () => void
}

function FoldButton({ ref, group: { label }, folds, folder, id, holdsCurrent, onFold, onName }: FoldButtonProps) {
  const t = useTranslations("sidebar")
  const actions = useListActions()
  const { open, count, running, unseen } = folds
  const Icon = open ? FolderOpen : Folder
  const onKeyDown = (event: KeyboardEvent) => {
    if (!folder) return
    if (event.key === "F2") onName()
    if (event.key !== "Delete") return
    // Deletes the folder, not the selection.
    event.preventDefault()
    void actions.removeFolder(folder.id, label)
  }
  return (
    <button
      ref={ref}
      type="button"
      data-row=""
      aria-expanded={open}
      aria-current={holdsCurrent && !open ? "true" : undefined}
      aria-controls={id}
      onClick={onFold}
      onDoubleClick={folder ? onName : undefined}
      onKeyDown={onKeyDown}
      data-tip={label}
      data-tip-cut=""
      data-tip-aside=""
      className={cn(
        "flex h-9 w-full items-center gap-1.5 rounded-md ps-1 text-start -outline-offset-2",
        folder ? "pe-9 text-[0.84375rem] text-foreground/85" : "pe-2.5 font-medium text-muted-foreground text-xs",
      )}
    >
      <ChevronRight
        className={cn("size-3.5 shrink-0 transition-transform", open ? "rotate-90" : "rtl:rotate-180")}
        aria-hidden
      />
      {folder && <Icon className="size-4 shrink-0 text-muted-foreground" aria-hidden />}
      <span className="truncate">{label}</span>
      {!open && <Marks running={running} unseen={unseen} />}
      <span aria-hidden className="ms-auto text-muted-foreground text-xs tabular-nums">
        {count}
      </span>
      <span className="sr-only">{t("holds", { count })}</span>
    </button>
  )
}

function FolderMenu({ folder, onName }: { folder: FolderSummary; onName: () => void }) {
  const t = useTranslations("sidebar")
  const actions = useListActions()
  const trigger = (
    <IconButton
      label={t("folderOptions", { name: folder.name })}
      data-tip={t("moreOptions")}
      className="size-7 pointer-coarse:h-9"
    >
      <MoreHorizontal className="size-4" />
    </IconButton>
  )
  return (
    <div className="absolute top-1 end-1 opacity-0 pointer-coarse:top-0 pointer-coarse:end-0 focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100">
      <OnDemand trigger={trigger}>
        <FolderOptions {...{ trigger, folder, actions, onName }} />
      </OnDemand>
    </div>
  )
}
