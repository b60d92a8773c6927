"use client"

import { Command } from "cmdk"
import type { ReactNode } from "react"
import { cn } from "@/lib/cn"

interface ItemProps {
  /** Names it among all that are shown. */
  value: string
  onSelect: () => void
  className?: string
  children: ReactNode
}

/** One line of the palette, chosen by click or Enter. */
export function PaletteItem({ className, ...props }: ItemProps) {
  return (
    <Command.Item
      className={cn(
        "flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 text-[13.5px] data-[selected=true]:bg-muted forced-colors:data-[selected=true]:outline [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted-foreground",
        className,
      )}
      {...props}
    />
  )
}

export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="mb-2 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  )
}
