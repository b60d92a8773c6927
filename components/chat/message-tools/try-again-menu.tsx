"use client"

import { Ellipsis, RotateCcw, Zap } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, useRef } from "react"
import { goOn } from "@/components/base/focus"
import { useStore } from "@/components/base/store"
import type { RegenerateContextValue } from "@/components/chat/message-tools/again-context"
import { againModels, otherWays } from "@/components/models/again-models"
import { useModelLabel, useModelName } from "@/components/models/model-name"
import { comparedModels, favoriteModels } from "@/components/models/model-preferences"
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  message: ChatMessage
  trigger: ReactNode
  again: RegenerateContextValue
}

/** Regenerates with the chat's model, with another one this once, or with the same one served differently. */
export default function TryAgainMenu({ message, trigger, again }: Props) {
  const t = useTranslations("message")
  const ofModels = useTranslations("models")
  const { models, model, regenerate, chooseOther } = again
  const label = useModelLabel()
  const name = useModelName(models.models)
  const favorites = useStore(favoriteModels, favoriteModels.first)
  const answered = message.metadata?.model
  const offered = againModels({
    ...{ models: models.models, current: model, answered, favorites },
    ...{ recent: recentOf(again), images: asksWithImage(again, message) },
  })
  const ways = otherWays(models.models, answered ?? model).filter(({ id }) => offered.every((one) => one.id !== id))
  const chosen = useRef(false)
  const ask = (id?: string) => {
    chosen.current = true
    regenerate(message.id, id)
  }
  return (
    <Menu trigger={trigger} align="start" defaultOpen onLeft={() => chosen.current && goesOn()}>
      <MenuItem onSelect={() => ask()}>
        <RotateCcw /> {t("sameModel")}
        <span className="ms-auto ps-4 text-muted-foreground text-xs">{name(model)}</span>
      </MenuItem>
      {ways.length > 0 && <MenuSeparator />}
      {ways.length > 0 && <MenuLabel>{ofModels("ways")}</MenuLabel>}
      {ways.map(({ id, kind }) => (
        <MenuItem key={id} onSelect={() => ask(id)}>
          <Zap /> {ofModels(`way.${kind}`)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuLabel>{t("againOnce")}</MenuLabel>
      {offered.map((one) => (
        <MenuItem key={one.id} onSelect={() => ask(one.id)} className="ps-9">
          <span className="max-w-64 truncate">{label(one)}</span>
        </MenuItem>
      ))}
      <MenuItem onSelect={() => chooseOther(message)}>
        <Ellipsis /> {t("otherModel")}
      </MenuItem>
    </Menu>
  )
}

/** The button that opened the menu is removed together with its answer. */
function goesOn(): boolean {
  goOn()
  return true
}

/** Models that answered in this chat, newest first, then those compared last. */
const recentOf = ({ messages }: RegenerateContextValue): string[] => [
  ...messages()
    .toReversed()
    .flatMap(({ metadata }) => metadata?.model ?? []),
  ...comparedModels.get(),
]

const asksWithImage = ({ messages }: RegenerateContextValue, { metadata }: ChatMessage): boolean =>
  messages().some(({ id, parts }) => id === metadata?.parentId && parts.some(({ type }) => type === "file"))
