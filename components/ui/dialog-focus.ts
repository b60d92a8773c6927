"use client"

import { type RefObject, useRef } from "react"

/**
 * Manages focus for a dialog: moves it to the element with `data-autofocus`, if any, and afterwards back to `back`, or
 * to where it was. The primitive knows the opening button only if it is its own trigger.
 */
export function useDialogFocus(back?: RefObject<Element | null>) {
  const opener = useRef<Element | null>(null)
  return {
    onOpenAutoFocus: (event: Event) => {
      opener.current = document.activeElement
      const wanted = event.currentTarget instanceof Element && event.currentTarget.querySelector("[data-autofocus]")
      if (!(wanted instanceof HTMLElement)) return
      event.preventDefault()
      wanted.focus()
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      const next = back?.current?.isConnected ? back.current : opener.current
      if (next instanceof HTMLElement) next.focus()
    },
  }
}
