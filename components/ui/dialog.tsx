"use client"

import { X } from "lucide-react"
import { useTranslations } from "next-intl"
import { Dialog as Primitive } from "radix-ui"
import { type ReactNode, type RefObject, useRef } from "react"
import { useLeaveConfirmation } from "@/components/history/leave-confirmation"
import { Button } from "@/components/ui/button"
import { useDialogFocus } from "@/components/ui/dialog-focus"
import { IconButton } from "@/components/ui/icon-button"
import { UnsavedContext, useUnsavedWork } from "@/components/ui/unsaved"
import { cn } from "@/lib/cn"

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  children?: ReactNode
  /** Its buttons, in a row at the end that is always visible, however long the content is. */
  footer?: ReactNode
  className?: string
  /** For the scrolling part between title and buttons. */
  bodyClassName?: string
  /** Receives focus on close; by default the element that had it before. */
  focusBack?: RefObject<Element | null>
}

/**
 * A modal dialog whose title and buttons stay while the content scrolls. Escape and a click outside close it, and focus
 * returns to where it was. On a phone it is a bottom sheet. Focus starts at the element with `data-autofocus`, if any.
 * Closing asks first if a form inside has unsaved changes (`useUnsaved`).
 */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, className, bodyClassName, focusBack } = props
  const focus = useDialogFocus(focusBack)
  const { work, some, asking, typing, keep, discard } = useUnsavedWork()
  useLeaveConfirmation(open && some ? work.ask : null)
  const content = useRef<HTMLDivElement>(null)
  return (
    <Primitive.Root
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : work.ask(() => onOpenChange(false)))}
    >
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-black/40" />
        <Primitive.Content
          {...focus}
          ref={content}
          onEscapeKeyDown={(event) => {
            if (!isForDialog(content.current)) event.preventDefault()
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[min(85dvh,56rem)] w-[min(92vw,30rem)] flex-col overflow-hidden rounded-xl border bg-popover shadow-float focus:outline-hidden max-sm:top-auto max-sm:bottom-[calc(100dvh-var(--visible-height,100dvh))] max-sm:left-0 max-sm:max-h-[calc(var(--visible-height,100dvh)-2rem)] max-sm:w-full max-sm:translate-x-0 max-sm:translate-y-0 max-sm:rounded-b-none max-sm:border-x-0 max-sm:border-b-0 max-sm:pb-[env(safe-area-inset-bottom)]",
            className,
          )}
        >
          <DialogHead title={title} description={description} />
          {children && (
            <DialogBody className={bodyClassName}>
              <UnsavedContext value={work}>{children}</UnsavedContext>
            </DialogBody>
          )}
          {footer && (
            <div
              data-dialog-footer
              className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t bg-popover px-5 py-3"
            >
              {footer}
            </div>
          )}
          {asking && <DiscardQuestion typing={typing} onKeep={keep} onDiscard={discard} />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/**
 * Escape belongs to the focused element: a field with its own use of it, or a dialog above this one, which the
 * primitive doesn't know until its next render.
 */
function isForDialog(dialog: Element | null): boolean {
  const focused = document.activeElement
  if (focused?.closest("[data-own-escape]")) return false
  const around = focused?.closest('[role="dialog"], [role="alertdialog"]')
  return !around || around === dialog
}

/** Leaves room for the focus rings of elements at its edge. */
function DialogBody({ className, children }: { className: string | undefined; children: ReactNode }) {
  return (
    <div
      data-dialog-body
      className={cn("dialog-body min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-2 pb-5", className)}
    >
      {children}
    </div>
  )
}

interface DiscardQuestionProps {
  /** The field the user was typing in, to return to. */
  typing: RefObject<Element | null>
  onKeep: () => void
  onDiscard: () => void
}

/** Asks before discarding what was typed. */
function DiscardQuestion({ typing, onKeep, onDiscard }: DiscardQuestionProps) {
  const t = useTranslations("common")
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onKeep()}
      title={t("discardTitle")}
      description={t("discardMeaning")}
      className="w-[min(92vw,24rem)]"
      focusBack={typing}
      footer={
        <>
          <Button data-autofocus onClick={onKeep}>
            {t("keepEditing")}
          </Button>
          <Button variant="danger" className="border" onClick={onDiscard}>
            {t("discard")}
          </Button>
        </>
      }
    />
  )
}

function DialogHead({ title, description }: Pick<DialogProps, "title" | "description">) {
  const t = useTranslations("common")
  return (
    <div className="flex shrink-0 items-start justify-between gap-4 px-5 pt-4 pb-2">
      <div className="min-w-0 pt-0.5">
        <Primitive.Title className="wrap-anywhere line-clamp-3 font-semibold text-base tracking-tight">
          {title}
        </Primitive.Title>
        {description && (
          <Primitive.Description className="mt-1 text-muted-foreground text-sm">{description}</Primitive.Description>
        )}
      </div>
      <Primitive.Close asChild>
        <IconButton label={t("close")} className="-me-2">
          <X className="size-4" />
        </IconButton>
      </Primitive.Close>
    </div>
  )
}
