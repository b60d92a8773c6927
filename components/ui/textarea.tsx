"use client"

import { type ComponentProps, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from "react"
import { useStore } from "@/components/base/store"
import { chosenSendKey, isComposing, sends } from "@/components/ui/enter"
import { cn } from "@/lib/cn"

interface Props extends Omit<ComponentProps<"textarea">, "value" | "onChange" | "onSubmit" | "ref"> {
  ref?: RefObject<HTMLTextAreaElement | null>
  value: string
  onValue: (value: string) => void
  /** Called on the send key (`enter.ts`), and always on Ctrl or ⌘ with Enter. */
  onSubmit: () => void
  onEscape?: () => void
}

/**
 * A text field that grows with its text up to its max-height. By default Enter sends and Shift+Enter inserts a new
 * line; the user can change that. An Enter that ends an input method's composition does neither. On-screen keyboards
 * have no Shift+Enter: there Enter inserts a new line, and the button sends.
 */
export function Textarea({
  ref: outer,
  value,
  onValue,
  onSubmit,
  onEscape,
  className,
  onKeyDown,
  autoFocus,
  ...props
}: Props) {
  const own = useRef<HTMLTextAreaElement>(null)
  const enterKeyHint = useKeyHint()
  const ref = outer ?? own

  useLayoutEffect(() => {
    const field = ref.current
    if (!autoFocus || !field) return
    field.focus({ preventScroll: true })
    field.setSelectionRange(field.value.length, field.value.length)
  }, [autoFocus, ref])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text
  useLayoutEffect(() => {
    const field = ref.current
    // For browsers without `field-sizing`.
    if (!field || CSS.supports("field-sizing", "content")) return
    field.style.height = "auto"
    field.style.height = `${field.scrollHeight}px`
  }, [value])

  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    onKeyDown?.(event)
    if (event.defaultPrevented || isComposing(event.nativeEvent)) return
    if (sends(event.nativeEvent)) {
      event.preventDefault()
      onSubmit()
    } else if (event.key === "Escape" && onEscape) {
      event.preventDefault()
      onEscape()
    }
  }

  return (
    <textarea
      ref={ref}
      dir="auto"
      rows={1}
      value={value}
      enterKeyHint={enterKeyHint}
      onChange={(event) => onValue(event.target.value)}
      onKeyDown={keyDown}
      className={cn(
        "field-sizing-content block w-full resize-none bg-transparent leading-relaxed outline-hidden placeholder:text-muted-foreground",
        className,
      )}
      {...props}
    />
  )
}

/** The label of Enter on an on-screen keyboard. */
const useKeyHint = () => (useStore(chosenSendKey, chosenSendKey.first) === "enter" ? "send" : "enter")
