/**
 * Watches the whole page for elements with tooltips: one set of listeners for any number of buttons.
 * - `data-tip`: its text. `aria-keyshortcuts` are shown too.
 * - `data-tip-cut`: shown only if the element's text is truncated, and only for the mouse.
 * - `data-tip-aside`: shown to the side.
 * The text is the element's name or repeats its content, so screen readers have already read it.
 */

export interface Tip {
  target: HTMLElement
  text: string
  /** In `aria-keyshortcuts` syntax; may be empty. */
  keys: string
  aside: boolean
}

/** Milliseconds of hovering before it shows; none right after another tooltip. */
const WAIT_MS = 450
const NEIGHBOR_MS = 350
/** Milliseconds to move from the target onto the tooltip. */
const LEAVE_MS = 150
/** Milliseconds of a long press, and how long its tooltip stays after the finger lifts. */
const PRESS_MS = 500
const READ_MS = 2_000
/** Pixels of movement after which a touch counts as scrolling. */
const MOVED_PX = 10
/** Focus counts as moved by keyboard if one of these was pressed just before. */
const MOVES = new Set(["Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"])
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta"])
const BY_KEY_MS = 200

const BY_FOCUS = "[data-tip]:not([data-tip-cut])"
export const TOOLTIP_SELECTOR = "[data-part=tooltip]"

const isCut = (element: HTMLElement) =>
  [element, ...element.querySelectorAll<HTMLElement>(".truncate")].some((one) => one.scrollWidth > one.clientWidth)

/** An open menu says more than a tooltip. */
const isOpened = (element: HTMLElement) =>
  element.ariaExpanded === "true" && element.ariaHasPopup !== null && element.ariaHasPopup !== "false"

const targetAt = (at: EventTarget | null): HTMLElement | null =>
  at instanceof Element ? at.closest<HTMLElement>("[data-tip]") : null

export class TooltipTracker {
  private readonly left = new AbortController()
  private shown: HTMLElement | null = null
  /** Hovered or clicked: not shown again until the mouse has been elsewhere. */
  private over: HTMLElement | null = null
  private press: { target: HTMLElement; x: number; y: number; held: boolean } | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  /** The mouse position, and where it was when Escape closed a tooltip: elements then uncovered don't show theirs. */
  private mouse = { x: -1, y: -1 }
  private escapedAt: { x: number; y: number } | null = null
  private shownUntil = Number.NEGATIVE_INFINITY
  private movedAt = Number.NEGATIVE_INFINITY
  /** Detect the removal of the target by any means. */
  private readonly sizes = new ResizeObserver(() => this.look())
  private readonly changes = new MutationObserver(() => this.look())

  /** `show` receives the tooltip to show, or null. `began`: the first event, from before this was loaded. */
  constructor(
    private readonly show: (tip: Tip | null) => void,
    began: Event | null = null,
  ) {
    const on = <Type extends keyof DocumentEventMap>(
      type: Type,
      hear: (event: DocumentEventMap[Type]) => void,
      passive = true,
    ) => document.addEventListener(type, hear, { capture: true, passive, signal: this.left.signal })
    on("pointerover", this.pointerOver)
    on("pointerout", ({ pointerType, relatedTarget }) => pointerType === "mouse" && !relatedTarget && this.moveTo(null))
    on("pointerdown", this.pointerDown)
    on("pointermove", this.pointerMove)
    on("pointerup", this.release)
    on("pointercancel", this.release)
    on("click", this.click, false)
    on("contextmenu", this.contextMenu, false)
    on("keydown", this.keyDown)
    on("focusin", this.focusIn)
    on("focusout", ({ target }) => target === this.shown && this.hide())
    on("scroll", ({ target }) => this.shown && target instanceof Node && target.contains(this.shown) && this.hide())
    window.addEventListener("blur", () => this.hide(), { signal: this.left.signal })
    // Handles what was requested while loading: hovering, keyboard focus, a long press.
    this.moveTo([...document.querySelectorAll<HTMLElement>("[data-tip]:hover")].at(-1) ?? null)
    const { activeElement } = document
    const byKey = began instanceof KeyboardEvent && MOVES.has(began.key)
    if (byKey && activeElement instanceof HTMLElement && activeElement.matches(BY_FOCUS)) this.open(activeElement)
    if (began instanceof PointerEvent && began.type === "pointerdown") this.pointerDown(began)
  }

  leave(): void {
    this.hide()
    this.left.abort()
  }

  private readonly pointerOver = ({ pointerType, target, clientX, clientY }: PointerEvent) => {
    if (pointerType === "touch") return
    this.mouse = { x: clientX, y: clientY }
    if (this.escapedAt?.x === clientX && this.escapedAt.y === clientY) return
    this.escapedAt = null
    if (target instanceof Element && target.closest(TOOLTIP_SELECTOR)) return clearTimeout(this.timer)
    this.moveTo(targetAt(target))
  }

  /** The mouse is now on this element. */
  private moveTo(target: HTMLElement | null): void {
    if (target && target === this.shown) clearTimeout(this.timer)
    if (target === this.over) return
    this.over = target
    clearTimeout(this.timer)
    if (!target) {
      if (this.shown) this.timer = setTimeout(() => this.hide(), LEAVE_MS)
      return
    }
    const soon = this.shown !== null || performance.now() - this.shownUntil < NEIGHBOR_MS
    if (soon) this.open(target)
    else this.timer = setTimeout(() => this.open(target), WAIT_MS)
  }

  private readonly pointerDown = (event: PointerEvent) => {
    // A click on the tooltip doesn't count as outside of the dialog it belongs to.
    if (event.target instanceof Element && event.target.closest(TOOLTIP_SELECTOR)) event.stopPropagation()
    this.hide()
    this.press = null
    const target = targetAt(event.target)
    if (event.pointerType !== "touch" || !event.isPrimary || !target || target.dataset.tipCut !== undefined) return
    const press = { target, x: event.clientX, y: event.clientY, held: false }
    this.press = press
    this.timer = setTimeout(() => {
      press.held = this.open(target)
    }, PRESS_MS)
  }

  private readonly pointerMove = ({ clientX, clientY }: PointerEvent) => {
    this.mouse = { x: clientX, y: clientY }
    if (!this.press || this.press.held) return
    if (Math.hypot(clientX - this.press.x, clientY - this.press.y) < MOVED_PX) return
    clearTimeout(this.timer)
    this.press = null
  }

  private readonly release = ({ pointerType }: PointerEvent) => {
    if (pointerType !== "touch") return
    clearTimeout(this.timer)
    if (this.press?.held) this.timer = setTimeout(() => this.hide(), READ_MS)
  }

  /** A long press shows the tooltip without activating the button. */
  private readonly click = (event: MouseEvent) => {
    const { press } = this
    this.press = null
    if (!press?.held || !(event.target instanceof Node && press.target.contains(event.target))) return
    event.preventDefault()
    event.stopPropagation()
  }

  private readonly contextMenu = (event: MouseEvent) => {
    if (this.press && targetAt(event.target) === this.press.target) event.preventDefault()
  }

  private readonly keyDown = ({ key }: KeyboardEvent) => {
    if (MODIFIERS.has(key)) return
    if (MOVES.has(key)) this.movedAt = performance.now()
    if (key === "Escape" && this.shown) this.escapedAt = this.mouse
    this.hide()
  }

  private readonly focusIn = ({ target }: FocusEvent) => {
    const byKey = performance.now() - this.movedAt < BY_KEY_MS
    if (!byKey || !(target instanceof HTMLElement) || !target.matches(BY_FOCUS)) return
    clearTimeout(this.timer)
    this.open(target)
  }

  /** False when there is nothing to show. */
  private open(target: HTMLElement): boolean {
    const { tip: text, tipCut, tipAside } = target.dataset
    const visible = target.isConnected && target.checkVisibility() && !isOpened(target)
    if (!text || !visible || (tipCut !== undefined && !isCut(target))) {
      this.hide()
      return false
    }
    if (target !== this.shown) this.observe(target)
    this.shown = target
    this.show({ target, text, keys: target.ariaKeyShortcuts ?? "", aside: tipAside !== undefined })
    return true
  }

  private observe(target: HTMLElement): void {
    this.sizes.disconnect()
    this.changes.disconnect()
    this.sizes.observe(target)
    this.changes.observe(target, { attributes: true, attributeFilter: ["data-tip", "aria-expanded", "disabled"] })
  }

  /** The target has changed. */
  private look(): void {
    if (this.shown) this.open(this.shown)
  }

  private hide(): void {
    clearTimeout(this.timer)
    if (!this.shown) return
    this.shown = null
    this.shownUntil = performance.now()
    this.sizes.disconnect()
    this.changes.disconnect()
    this.show(null)
  }
}
