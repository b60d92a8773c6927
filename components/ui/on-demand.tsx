"use client"

import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react"
import type { ButtonProps } from "@/components/ui/button"

interface Props {
  /** The button before and after loading. */
  trigger: ReactElement<ButtonProps>
  /** The lazy control behind the button, initially open. */
  children: ReactNode
}

/** A control whose code loads on first use, since menus and popovers should not delay the initial load. */
export function OnDemand({ trigger, children }: Props) {
  const [used, setUsed] = useState(false)
  if (used) return <Suspense fallback={trigger}>{children}</Suspense>
  return cloneElement(trigger, { "aria-haspopup": true, onClick: () => setUsed(true) })
}
