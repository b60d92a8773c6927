import { Button, type ButtonProps } from "@/components/ui/button"

interface Props extends ButtonProps {
  label: string
  /** The tooltip text, if different from the label. */
  tip?: string
}

/**
 * A button with only an icon: its label is its accessible name and its tooltip, which also shows its
 * `aria-keyshortcuts`.
 */
export function IconButton({ label, tip = label, variant = "ghost", size = "icon", ...props }: Props) {
  return (
    <Button
      aria-label={label}
      aria-description={tip === label ? undefined : tip}
      data-tip={tip}
      variant={variant}
      size={size}
      {...props}
    />
  )
}
