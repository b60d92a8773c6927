"use client"

import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react"
import type { ButtonProps } from "@/components/ui/button"

interface Props {
  /** The button, as it looks before and after. */
  trigger: ReactElement<ButtonProps>
  /** The control behind the button, lazy and open from the start. */
  children: ReactNode
}

/** A control whose code is fetched when it is first used: menus and popovers are not worth waiting for at the start. */
export function OnDemand({ trigger, children }: Props) {
  const [used, setUsed] = useState(false)
  if (used) return <Suspense fallback={trigger}>{children}</Suspense>
  return cloneElement(trigger, { "aria-haspopup": true, onClick: () => setUsed(true) })
}
