"use client"

import { type ReactNode, useId } from "react"
import { ListBoxOption } from "@/components/ui/list-box"
import { cn } from "@/lib/cn"

interface ItemProps {
  /** Identifies it among all items. */
  value: string
  onSelect: () => void
  className?: string
  children: ReactNode
}

/** An item of the palette, chosen by click or Enter. */
export function PaletteItem({ className, onSelect, ...props }: ItemProps) {
  return <ListBoxOption onChoose={onSelect} className={cn("panel-item cursor-pointer", className)} {...props} />
}

export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options is not a fieldset
    <div role="group" aria-labelledby={id} className="mb-2">
      <p id={id} className="px-2.5 pt-1.5 pb-1 font-medium text-muted-foreground text-xs">
        {heading}
      </p>
      {children}
    </div>
  )
}
