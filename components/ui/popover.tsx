"use client"

import { Popover as Primitive } from "radix-ui"
import type { ReactNode } from "react"
import { cn } from "@/lib/cn"

interface PopoverProps {
  trigger: ReactNode
  label: string
  children: ReactNode
  open?: boolean
  /** Initially open, since it is loaded on demand. */
  defaultOpen?: boolean
  onOpenChange?: (open: boolean) => void
  align?: "start" | "center" | "end"
  className?: string
}

/** A popover anchored to its trigger (an element that accepts a ref). */
export function Popover({
  trigger,
  label,
  children,
  open,
  defaultOpen,
  onOpenChange,
  align = "start",
  className,
}: PopoverProps) {
  return (
    <Primitive.Root open={open} defaultOpen={defaultOpen} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          align={align}
          sideOffset={8}
          collisionPadding={8}
          className={cn(
            "z-50 max-w-[calc(100vw-16px)] rounded-lg border bg-popover p-3 text-sm shadow-float focus:outline-hidden",
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
