import { Button, type ButtonProps } from "@/components/ui/button"

/** A button that shows an icon only: its label is its name for screen readers and its tooltip. */
export function IconButton({ label, variant = "ghost", size = "icon", ...props }: ButtonProps & { label: string }) {
  return <Button aria-label={label} title={label} variant={variant} size={size} {...props} />
}
