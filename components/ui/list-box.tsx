"use client"

import { createContext, type HTMLAttributes, type ReactNode, useContext, useEffect, useMemo } from "react"

interface Options {
  /** Id of the element containing the options. */
  id: string
  /** The values of all options in order, including those not rendered. */
  values: string[]
  active: string | undefined
  onActive: (value: string) => void
  /** Moves from the last to the first. */
  loops?: boolean
  /** Home and End move, for lists where they don't move a caret. */
  ends?: boolean
}

interface Box {
  id: string
  active: string | undefined
  onActive: (value: string) => void
}

const BoxContext = createContext<Box | null>(null)

/** Ids have no spaces. */
const optionId = (id: string, value: string) => `${id}-${encodeURIComponent(value)}`

export type ListBox = ReturnType<typeof useListBox>

/**
 * A keyboard-navigable list whose focus stays in a field or on the list (WAI-ARIA listbox). One option is active: ↑ and
 * ↓ move it, Enter chooses it like a click. Used by lists of all styles.
 */
export function useListBox({ id, values, active, onActive, loops = false, ends = false }: Options) {
  const descendant = active === undefined ? undefined : optionId(id, active)
  useEffect(() => {
    if (descendant) document.getElementById(descendant)?.scrollIntoView({ block: "nearest" })
  }, [descendant])
  const moveTo = (place: number) => {
    const next = values[place]
    if (next !== undefined) onActive(next)
  }
  const box = useMemo(() => ({ id, active, onActive }), [id, active, onActive])
  return {
    box,
    /** Props for the focused element. */
    focused: { "aria-controls": id, "aria-activedescendant": descendant },
    /** True when the key moved. */
    move: (key: string): boolean => {
      const place = placeAfter(key, values.indexOf(active ?? ""), values.length, { loops, ends })
      if (place === null) return false
      moveTo(place)
      return true
    },
    choose: (): void => {
      if (descendant) document.getElementById(descendant)?.click()
    },
  }
}

/** Where a key moves to in a list of `count`; null if it doesn't move or the list is empty. */
export function placeAfter(
  key: string,
  place: number,
  count: number,
  { loops = false, ends = false }: Pick<Options, "loops" | "ends">,
): number | null {
  if (count === 0) return null
  const last = count - 1
  if (key === "ArrowDown") return place < last ? place + 1 : loops ? 0 : last
  if (key === "ArrowUp") return place > 0 ? place - 1 : loops ? last : 0
  if (ends && key === "Home") return 0
  return ends && key === "End" ? last : null
}

interface ListProps extends HTMLAttributes<HTMLDivElement> {
  box: Box
  label: string
  ref?: React.Ref<HTMLDivElement>
}

export function ListBoxOptions({ box, label, ...props }: ListProps) {
  return (
    <BoxContext value={box}>
      <div {...props} id={box.id} role="listbox" aria-label={label} />
    </BoxContext>
  )
}

interface OptionProps {
  /** Identifies it among all options. */
  value: string
  onChoose: () => void
  /** Whether it is the chosen option; in lists that close on choosing, the active one. */
  selected?: boolean
  disabled?: boolean
  className?: string
  children: ReactNode
}

/** An option, chosen by click or Enter. `data-highlighted` when active. */
export function ListBoxOption({ value, onChoose, selected, disabled, ...props }: OptionProps) {
  const box = useContext(BoxContext)
  if (!box) throw new Error("an option must be inside a list box")
  const active = box.active === value
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the focused element handles keys
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field or list
    <div
      {...props}
      id={optionId(box.id, value)}
      role="option"
      aria-selected={selected ?? active}
      aria-disabled={disabled}
      data-highlighted={active ? "" : undefined}
      onPointerMove={() => box.onActive(value)}
      // Keeps focus in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={disabled ? undefined : onChoose}
    />
  )
}
