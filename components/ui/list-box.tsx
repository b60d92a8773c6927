"use client"

import { createContext, type HTMLAttributes, type ReactNode, useContext, useEffect, useMemo } from "react"

interface Options {
  /** Id of the element that has the options. */
  id: string
  /** The values of all options, in their order; also of those that are not drawn. */
  values: string[]
  active: string | undefined
  onActive: (value: string) => void
  /** Behind the last comes the first. */
  loops?: boolean
  /** Home and End move: where they don't move a caret. */
  ends?: boolean
}

interface Box {
  id: string
  active: string | undefined
  onActive: (value: string) => void
}

const BoxContext = createContext<Box | null>(null)

/** An id has no blanks. */
const optionId = (id: string, value: string) => `${id}-${encodeURIComponent(value)}`

export type ListBox = ReturnType<typeof useListBox>

/**
 * A list whose options are reached by keys while the focus stays where it is, in a field or on the list (WAI-ARIA's
 * listbox). One option is active: ↑ and ↓ move to others, Enter chooses it as a click does. Lists of every look use it.
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
    /** Of what has the focus. */
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

/** Where a key moves to in a list of `count`; null for a key that doesn't move, and where there is nothing. */
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
  /** Names it among all. */
  value: string
  onChoose: () => void
  /** Is it what was chosen? Where options are chosen at once and the list goes: the active one. */
  selected?: boolean
  disabled?: boolean
  className?: string
  children: ReactNode
}

/** One of them, chosen by click or Enter. `data-highlighted` where the keys are. */
export function ListBoxOption({ value, onChoose, selected, disabled, ...props }: OptionProps) {
  const box = useContext(BoxContext)
  if (!box) throw new Error("an option stands in no list")
  const active = box.active === value
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: what has the focus has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays where it is
    <div
      {...props}
      id={optionId(box.id, value)}
      role="option"
      aria-selected={selected ?? active}
      aria-disabled={disabled}
      data-highlighted={active ? "" : undefined}
      onPointerMove={() => box.onActive(value)}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={disabled ? undefined : onChoose}
    />
  )
}
