"use client"

import { useTranslations } from "next-intl"
import type { KeyboardEvent } from "react"
import { useOutline } from "@/components/conversations/store"
import type { SearchState } from "@/components/search/searching"
import { Button } from "@/components/ui/button"
import { type Filter, passes, readFilters } from "@/lib/search/filters"

/** For buttons in the palette, where Enter would choose the active item. */
export const stopEnterPropagation = (event: KeyboardEvent) => {
  if (event.key === "Enter") event.stopPropagation()
}

interface Props {
  state: SearchState
  /** There are no conversations yet. */
  empty: boolean
  /** Items match that need no search: they stay in place while results change. */
  fits: boolean
  onRetry: () => void
}

/** The search has completed. */
const isSettled = ({ text, hits, waiting, error }: SearchState) =>
  text.trim() !== "" && !waiting && !error && hits !== null

/** States what the list can't: no results, a failure, or the number of results. */
export function PaletteNotice({ state, empty, fits, onRetry }: Props) {
  const t = useTranslations("search")
  const { text, hits, cursor, indexing, waiting, error } = state
  const asked = text.trim() !== ""
  const settled = isSettled(state)
  return (
    <div className="px-2">
      <p role="status" className="sr-only">
        {settled && hits ? t("count", { count: hits.length, more: String(cursor !== null) }) : null}
      </p>
      {!asked && empty && <p className="px-2.5 py-2 text-muted-foreground text-sm">{t("noConversations")}</p>}
      {asked && waiting && hits === null && !fits && (
        <p className="mark-late px-2.5 py-2 text-muted-foreground text-sm">{t("searching")}</p>
      )}
      {asked && error && (
        <div role="alert" className="mb-2 flex items-center gap-3 rounded-md bg-danger-soft px-2.5 py-1.5 text-sm">
          <span className="flex-1 text-danger">{error}</span>
          <Button size="sm" onClick={onRetry} onKeyDown={stopEnterPropagation}>
            {t("retry")}
          </Button>
        </div>
      )}
      {!fits && <NothingFound state={state} />}
      {settled && indexing && <p className="px-2.5 pb-2 text-muted-foreground text-xs">{t("indexing")}</p>}
    </div>
  )
}

/** Below the items: no results while other items match, and the keyboard hints. */
export const PaletteFooter = ({ state, fits }: Pick<Props, "state" | "fits">) => (
  <>
    {fits && (
      <div className="shrink-0 border-t px-2 empty:hidden">
        <NothingFound state={state} />
      </div>
    )}
    <PaletteFoot />
  </>
)

/** States that the search found nothing. */
function NothingFound({ state }: Pick<Props, "state">) {
  const t = useTranslations("search")
  const { text, hits } = state
  const unknown = useUnknownPlace(text)
  if (!isSettled(state) || hits?.length !== 0) return null
  return (
    <div className="px-2.5 pt-2 pb-3 text-sm">
      <p className="wrap-anywhere line-clamp-2 font-medium">{t("nothing", { text: text.trim().slice(0, 200) })}</p>
      <p className="text-muted-foreground">
        {unknown ? t(unknown.kind === "tag" ? "noTag" : "noFolder", { name: unknown.name }) : t("nothingHint")}
      </p>
    </div>
  )
}

/** The first tag or folder in the text that does not exist. */
function useUnknownPlace(text: string): Filter | undefined {
  const { tags, folders } = useOutline()
  const names = { tag: tags.map(({ name }) => name), folder: folders.map(({ name }) => name) }
  return readFilters(text).filters.find((filter) => !names[filter.kind].some((name) => passes(filter, name)))
}

/** Keyboard hints, on devices with a keyboard. */
function PaletteFoot() {
  const t = useTranslations("search")
  const { tags, folders } = useOutline()
  const keys = [
    ["↑↓", t("move")],
    ["↵", t("open")],
    ["Esc", t("leave")],
  ]
  return (
    <div
      aria-hidden
      className="flex h-9 shrink-0 items-center gap-4 border-t px-4 text-muted-foreground text-xs max-sm:hidden pointer-coarse:hidden"
    >
      {keys.map(([key, what]) => (
        <span key={key}>
          <kbd className="font-medium font-sans text-foreground/80">{key}</kbd> {what}
        </span>
      ))}
      {tags.length + folders.length > 0 && <span className="ms-auto truncate">{t("placesHint")}</span>}
    </div>
  )
}
