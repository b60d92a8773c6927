"use client"

import { type RefObject, useRef } from "react"

/**
 * Where the focus goes with a dialog: to the element that has `data-autofocus`, if there is one, and back to `back`, or to where it was.
 * The primitive knows the button that opened it only when it is its own.
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
