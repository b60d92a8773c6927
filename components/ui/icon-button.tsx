import { Button, type ButtonProps } from "@/components/ui/button"

interface Props extends ButtonProps {
  label: string
  /** What the tooltip says, where it is more than the label. */
  tip?: string
}

/**
 * A button that shows an icon only: its label is its name for screen readers and its tooltip, which shows its
 * `aria-keyshortcuts`, too.
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
