"use client"

import { useInBrowser } from "@/components/base/store"
import { Button, type ButtonProps } from "@/components/ui/button"
import { cn } from "@/lib/cn"

const here = () => true

/**
 * Submits a form that needs JavaScript. Disabled before hydration, which also disables Enter in the fields: a native
 * submit would lose what was typed.
 */
export function SubmitButton({ className, disabled = false, ...props }: Omit<ButtonProps, "type">) {
  const runs = useInBrowser(here)
  return (
    <Button
      {...props}
      type="submit"
      disabled={disabled || !runs}
      className={cn(!disabled && "disabled:opacity-100", className)}
    />
  )
}
