"use client"

import {
  type Dispatch,
  type PointerEvent,
  type SetStateAction,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react"
import {
  fitted,
  held,
  type Point,
  type Size,
  type Swipe,
  swipeOf,
  type View,
  WHOLE,
  zoomed,
} from "@/components/images/image-view"
import type { ShownImage } from "@/components/images/shown-image"

const STEP = 1.5
/** A double click toggles this scale. */
const NEAR = 2.5
const PULL_PX = 80

/** The view of an image, and the wheel, touch and mouse handlers that change it. */
export function useImageView(shownNow: ShownImage | undefined, onSwipe: (swipe: Swipe) => void) {
  // The dialog renders after its opener, so the container comes later.
  const [room, setRoom] = useState<HTMLElement | null>(null)
  const [image, setImage] = useState<Size | null>(null)
  const [view, setView] = useState(WHOLE)
  // Resets for another image.
  const url = shownNow?.url
  const [shown, setShown] = useState(url)
  if (shown !== url) {
    setShown(url)
    setImage(null)
    setView(WHOLE)
  }
  const roomSize = useSizeOf(room)
  const size = useFitted(sizeOf(shownNow) ?? image, roomSize)
  const change = useCallback(
    (next: (view: View) => View) => setView((known) => (size && roomSize ? held(next(known), size, roomSize) : known)),
    [size, roomSize],
  )
  const zoom = useCallback((factor: number, at?: Point) => change((now) => zoomed(now, factor, at)), [change])
  useWheel(room, zoom)
  const hands = useHands({ room, view, change, setView, zoom, onSwipe })
  return {
    /** Size of the image in pixels; for images of earlier versions only once loaded. */
    natural: sizeOf(shownNow) ?? image ?? DOT,
    room: setRoom,
    size,
    view,
    hands,
    onLoad: (loaded: HTMLImageElement) => setImage({ width: loaded.naturalWidth, height: loaded.naturalHeight }),
    zoomIn: () => zoom(STEP),
    zoomOut: () => zoom(1 / STEP),
    showWhole: () => setView(WHOLE),
    /** Effective only where it is larger than its container. */
    pull: (x: number, y: number) => change((now) => ({ ...now, x: now.x + x * PULL_PX, y: now.y + y * PULL_PX })),
  }
}

const DOT: Size = { width: 1, height: 1 }

/** The size known before loading; null for images of earlier versions. */
const sizeOf = (image: ShownImage | undefined): Size | null =>
  image?.width && image.height ? { width: image.width, height: image.height } : null

/** Memoized by the values of both sizes. */
function useFitted(image: Size | null, room: Size | null): Size | null {
  const [width, height] = [image?.width, image?.height]
  return useMemo(() => (width && height && room ? fitted({ width, height }, room) : null), [width, height, room])
}

/** The current size of an element in pixels. */
function useSizeOf(element: HTMLElement | null): Size | null {
  const [size, setSize] = useState<Size | null>(null)
  useEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return size
}

type Zoom = (factor: number, at?: Point) => void

/** Relative to the container's center. */
function pointIn(room: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top, width, height } = room.getBoundingClientRect()
  return { x: clientX - left - width / 2, y: clientY - top - height / 2 }
}

function useWheel(element: HTMLElement | null, zoom: Zoom): void {
  useEffect(() => {
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      // Includes touchpad pinches, which would zoom the page.
      event.preventDefault()
      zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), pointIn(element, event))
    }
    element.addEventListener("wheel", onWheel, { passive: false })
    return () => element.removeEventListener("wheel", onWheel)
  }, [element, zoom])
}

interface HandsOptions {
  room: HTMLElement | null
  view: View
  change: (next: (view: View) => View) => void
  setView: Dispatch<SetStateAction<View>>
  zoom: Zoom
  onSwipe: (swipe: Swipe) => void
}

/**
 * One finger or the mouse pans, two fingers zoom; on an image shown whole, one finger swipes to the next one or closes.
 */
function useHands({ room, view, change, setView, zoom, onSwipe }: HandsOptions) {
  const fingers = useRef(new Map<number, PointerEvent>())
  const pulled = useRef<Point>({ x: 0, y: 0 })
  const moved = useRef(false)
  const [pulling, setPulling] = useState(false)
  const whole = view.scale === 1
  return {
    pulling,
    /** It was dragged, so the following click is ignored. */
    wasPulled: () => moved.current,
    on: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        if (fingers.current.size === 0) {
          moved.current = false
          pulled.current = { x: 0, y: 0 }
        }
        fingers.current.set(event.pointerId, event)
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const before = fingers.current.get(event.pointerId)
        if (!before) return
        const step = { x: event.clientX - before.clientX, y: event.clientY - before.clientY }
        const other = [...fingers.current.values()].find(({ pointerId }) => pointerId !== event.pointerId)
        fingers.current.set(event.pointerId, event)
        pulled.current = { x: pulled.current.x + step.x, y: pulled.current.y + step.y }
        if (Math.hypot(pulled.current.x, pulled.current.y) > 4) moved.current = true
        setPulling(true)
        if (other) zoom(distance(event, other) / (distance(before, other) || 1), between(event, other, room))
        else if (!whole) change((now) => ({ ...now, x: now.x + step.x, y: now.y + step.y }))
        else if (event.pointerType === "touch") setView({ scale: 1, ...pulled.current })
      },
      ...ends((event) => {
        if (!fingers.current.delete(event.pointerId) || fingers.current.size > 0) return
        setPulling(false)
        if (!whole) return
        setView(WHOLE)
        if (event.type === "pointerup" && event.pointerType === "touch") onSwipe(swipeOf(pulled.current))
      }),
      onDoubleClick: (event: { clientX: number; clientY: number; currentTarget: Element }) =>
        whole ? zoom(NEAR, pointIn(event.currentTarget, event)) : setView(WHOLE),
    },
  }
}

const ends = (onEnd: (event: PointerEvent) => void) => ({ onPointerUp: onEnd, onPointerCancel: onEnd })

const distance = (one: PointerEvent, other: PointerEvent) =>
  Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)

const between = (one: PointerEvent, other: PointerEvent, room: Element | null): Point | undefined =>
  room
    ? pointIn(room, { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 })
    : undefined
