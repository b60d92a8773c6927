"use client"

import { X } from "lucide-react"
import { useTranslations } from "next-intl"
import { Dialog as Primitive } from "radix-ui"
import { type ReactNode, useRef } from "react"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  children: ReactNode
  className?: string
}

/**
 * A modal window with a title; Escape and a click outside close it, the focus returns to where it was. It begins at
 * the element that has `data-autofocus`, if there is one.
 */
export function Dialog({ open, onOpenChange, title, description, children, className }: DialogProps) {
  const t = useTranslations("common")
  const opener = useRef<Element | null>(null)
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40 backdrop-blur-[2px]" />
        <Primitive.Content
          // The primitive knows the button that opened it only when it is its own.
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            const wanted =
              event.currentTarget instanceof Element && event.currentTarget.querySelector("[data-autofocus]")
            if (!(wanted instanceof HTMLElement)) return
            event.preventDefault()
            wanted.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[min(92vw,30rem)] overflow-y-auto rounded-xl border bg-popover p-5 shadow-float focus:outline-hidden",
            className,
          )}
        >
          <div className="mb-3 flex items-start justify-between gap-4">
            <div>
              <Primitive.Title className="font-semibold text-base tracking-tight">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="mt-1 text-muted-foreground text-sm">
                  {description}
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label={t("close")} className="-mt-1 -me-1">
                <X className="size-4" />
              </IconButton>
            </Primitive.Close>
          </div>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
