"use client"

import { useTranslations } from "next-intl"
import { useId } from "react"
import { choosable } from "@/components/models/model-choice"
import ModelOptions from "@/components/models/model-options"
import { Dialog } from "@/components/ui/dialog"
import type { ModelsResponse } from "@/lib/models/model.types"
import { rowOf } from "@/lib/models/ways"

interface Props {
  title: string
  description?: string
  known: ModelsResponse
  value: string
  onChoose: (id: string) => void
  onClose: () => void
}

/** All models, to choose one for something other than the next message. */
export default function ModelDialog({ title, description, known, value, onChoose, onClose }: Props) {
  const t = useTranslations("models")
  const id = useId()
  const choose = (chosen: string) => {
    onClose()
    onChoose(chosen)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description ?? t("model")}
      bodyClassName="px-3 pb-3"
    >
      <ModelOptions
        id={id}
        known={known}
        models={choosable(known.models, rowOf(known.models, value)?.id)}
        value={value}
        compared={{ models: [] }}
        comparing={false}
        onTick={() => {}}
        onChoose={(model) => choose(model.id)}
        onWay={choose}
        onLeave={onClose}
      />
    </Dialog>
  )
}
