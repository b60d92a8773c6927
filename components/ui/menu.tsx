"use client"

import { Check, ChevronRight } from "lucide-react"
import { DropdownMenu as Primitive } from "radix-ui"
import { type ComponentProps, type ReactNode, useState } from "react"
import { cn } from "@/lib/cn"

const ITEM = "panel-item relative data-[disabled]:pointer-events-none data-[disabled]:opacity-45"

const CONTENT =
  "panel z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[min(22rem,calc(100vw-1rem))] overflow-y-auto"

/** A menu opened by `trigger` (an element that accepts a ref). */
export function Menu({
  trigger,
  children,
  align = "end",
  defaultOpen,
  onLeft,
}: {
  trigger: ReactNode
  children: ReactNode
  align?: "start" | "end"
  /** Initially open, since it is loaded on demand. */
  defaultOpen?: boolean
  /** Moves focus after closing instead of returning it to the trigger. Returns true when it did. */
  onLeft?: () => boolean
}) {
  return (
    <Primitive.Root defaultOpen={defaultOpen}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          onCloseAutoFocus={(event) => onLeft?.() && event.preventDefault()}
          sideOffset={6}
          collisionPadding={8}
          className={CONTENT}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** Coordinates in window pixels. */
export interface Point {
  x: number
  y: number
}

interface ContextMenuProps {
  /** Where it was requested. */
  at: Point
  /** Accessible name: what the menu is about. */
  label: string
  /** Called when closed and focus has been restored. */
  onClose: () => void
  children: ReactNode
}

/** A context menu at a right click or long press: open as long as it is mounted. */
export function ContextMenu({ at, label, onClose, children }: ContextMenuProps) {
  const [asked] = useState(() => document.activeElement)
  return (
    <Primitive.Root open onOpenChange={(open) => open || onClose()}>
      <Primitive.Trigger asChild>
        <span aria-hidden className="pointer-events-none fixed size-0" style={{ left: at.x, top: at.y }} />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          aria-labelledby={undefined}
          side="right"
          align="start"
          // Offset so that releasing the button chooses nothing.
          sideOffset={3}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (asked instanceof HTMLElement) asked.focus()
          }}
          onContextMenu={(event) => event.preventDefault()}
          className={CONTENT}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export function MenuItem({
  className,
  danger,
  ...props
}: ComponentProps<typeof Primitive.Item> & { danger?: boolean }) {
  return <Primitive.Item className={cn(ITEM, danger && "text-danger [&>svg]:text-danger", className)} {...props} />
}

/** A group of mutually exclusive `RadioItem`s. */
export const MenuRadioGroup = Primitive.RadioGroup

export function MenuRadioItem({ className, children, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(ITEM, "pe-8 data-[state=checked]:font-medium", className)} {...props}>
      {children}
      <Primitive.ItemIndicator className="absolute end-3">
        <Check className="size-4 text-muted-foreground" />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  )
}

/** An item that opens a submenu. */
export function Submenu({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <Primitive.Sub>
      <Primitive.SubTrigger className={cn(ITEM, "data-[state=open]:bg-muted")}>
        {label} <ChevronRight className="ms-auto rtl:rotate-180" aria-hidden />
      </Primitive.SubTrigger>
      <Primitive.Portal>
        <Primitive.SubContent sideOffset={4} collisionPadding={8} className={CONTENT}>
          {children}
        </Primitive.SubContent>
      </Primitive.Portal>
    </Primitive.Sub>
  )
}

export function MenuSeparator() {
  return <Primitive.Separator className="panel-rule" />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <Primitive.Label className="px-2.5 pt-1.5 pb-1 font-medium text-muted-foreground text-xs">
      {children}
    </Primitive.Label>
  )
}
