"use client"

import { Folder, Tag } from "lucide-react"
import { useTranslations } from "next-intl"
import { useOutline } from "@/components/conversations/store"
import { PaletteGroup, PaletteItem } from "@/components/search/palette-item"
import { type FilterKind, filterText, unfinishedFilter } from "@/lib/search/filters"
import { fold } from "@/lib/search/fold"

/** Maximum places offered. */
const MOST = 6
/** Minimum characters of a word to match a name. */
const LEAST = 2

interface SearchPlace {
  kind: FilterKind
  name: string
}

export const placeKey = ({ kind, name }: SearchPlace) => filterText(kind, name)

/** Tags and folders matching the last word. `first`: the word is a filter being typed, so they are listed first. */
export function usePlaces(text: string): { places: SearchPlace[]; first: boolean } {
  const { tags, folders } = useOutline()
  const { kind, name } = unfinishedFilter(text)
  if (kind === null && name.length < LEAST) return { places: [], first: false }
  const all: SearchPlace[] = [
    ...tags.map((tag) => ({ kind: "tag" as const, name: tag.name })),
    ...folders.map((folder) => ({ kind: "folder" as const, name: folder.name })),
  ]
  const places = all.filter((place) => (kind ?? place.kind) === place.kind && fold(place.name).startsWith(name))
  return { places: places.slice(0, MOST), first: kind !== null }
}

interface Props {
  places: SearchPlace[]
  onChoose: (place: SearchPlace) => void
}

/** Tags and folders to search in. */
export function PlaceItems({ places, onChoose }: Props) {
  const t = useTranslations("search")
  if (places.length === 0) return null
  return (
    <PaletteGroup heading={t("places")}>
      {places.map((place) => (
        <PaletteItem key={placeKey(place)} value={placeKey(place)} onSelect={() => onChoose(place)}>
          {place.kind === "tag" ? <Tag aria-hidden /> : <Folder aria-hidden />}
          <span className="min-w-0 flex-1 truncate">
            {t(place.kind === "tag" ? "inTag" : "inFolder", { name: place.name })}
          </span>
        </PaletteItem>
      ))}
    </PaletteGroup>
  )
}
