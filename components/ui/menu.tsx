"use client"

import { Check } from "lucide-react"
import { DropdownMenu as Primitive } from "radix-ui"
import type { ComponentProps, ReactNode } from "react"
import { cn } from "@/lib/cn"

const ITEM =
  "flex select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-hidden pointer-coarse:py-2.5 data-[disabled]:pointer-events-none data-[highlighted]:bg-muted data-[disabled]:opacity-45 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground"

/** A menu that opens from `trigger` (one element that takes a ref). */
export function Menu({
  trigger,
  children,
  align = "end",
  defaultOpen,
}: {
  trigger: ReactNode
  children: ReactNode
  align?: "start" | "end"
  /** Open from the start: it comes on demand. */
  defaultOpen?: boolean
}) {
  return (
    <Primitive.Root defaultOpen={defaultOpen}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-44 rounded-lg border bg-popover p-1 shadow-float"
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
  return <Primitive.Item className={cn(ITEM, danger && "text-danger [&_svg]:text-danger", className)} {...props} />
}

/** One of several that exclude each other; `RadioItem`s inside. */
export const MenuRadioGroup = Primitive.RadioGroup

export function MenuRadioItem({ className, children, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(ITEM, "pe-8 data-[state=checked]:font-medium", className)} {...props}>
      {children}
      <Primitive.ItemIndicator className="absolute end-3">
        <Check />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  )
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-border" />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2.5 pt-1.5 pb-1 text-muted-foreground text-xs">{children}</Primitive.Label>
}
