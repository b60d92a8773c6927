"use client"

import { useInBrowser } from "@/components/base/store"
import { Button, type ButtonProps } from "@/components/ui/button"
import { cn } from "@/lib/cn"

const here = () => true

/**
 * Sends a form that needs this page's scripts. Until they run it is off, and so is Enter in the form's fields: the browser
 * would send the form by itself, and what was typed would be lost.
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
