"use client"

import { ChevronDown, Merge } from "lucide-react"
import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu"

/** A model that can merge several answers into one. */
export interface MergeModel {
  id: string
  name: string
}

interface Props {
  /** The chat's own model first. */
  mergers: MergeModel[]
  /** A merged answer exists and is replaced. */
  again: boolean
  disabled: boolean
  onMerge: (model: string) => void
}

/** Has a model merge the compared answers into one. */
export function MergeButton({ mergers, again, disabled, onMerge }: Props) {
  const t = useTranslations("compare")
  const [first] = mergers
  if (!first) return null
  return (
    <div className="mt-4 flex justify-center">
      <Button
        className="rounded-e-none border-e-0"
        disabled={disabled}
        aria-label={t(again ? "mergeAgainBy" : "mergeBy", { model: first.name })}
        onClick={() => onMerge(first.id)}
      >
        <Merge className="size-4" aria-hidden /> {t(again ? "mergeAgain" : "merge")}
      </Button>
      <Menu
        trigger={
          <Button
            className="rounded-s-none px-2"
            disabled={disabled}
            aria-label={t("mergeWith")}
            data-tip={t("mergeWith")}
          >
            <ChevronDown className="size-4" aria-hidden />
          </Button>
        }
      >
        <MenuLabel>{t("mergeWith")}</MenuLabel>
        {mergers.map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => onMerge(id)}>
            <span className="wrap-anywhere min-w-0">{name}</span>
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}
