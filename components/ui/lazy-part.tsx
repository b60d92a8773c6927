"use client"

/**
 * Parts of the page whose code loads when they are first shown. It is unavailable while offline, or after another
 * version was deployed: then the rest of the page keeps working, and the part is loaded again when the user asks, when
 * the browser is online again, and when it is mounted again. `React.lazy` would fail permanently, along with the page.
 */
import { useTranslations } from "next-intl"
import { type ComponentType, cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useEffect } from "react"
import { isChunkLoadError, loadCode } from "@/components/base/load-code"
import { Store, useStore } from "@/components/base/store"
import { Button, type ButtonProps } from "@/components/ui/button"
import { dismiss, toast } from "@/components/ui/toast"

type Load<P> = () => Promise<{ default: ComponentType<P> }>

interface Missing<P> {
  /** The props of the missing part. */
  props: P
  retry: () => void
  /** A retry has already failed. */
  again: boolean
}

function lazily<P extends object>(load: Load<P>, Instead: ComponentType<Missing<P>>): ComponentType<P> {
  let failures = 0
  const fetched = () => {
    const part = lazy(() =>
      loadCode(load).then(
        (module) => {
          failures = 0
          return module
        },
        (error: unknown) => {
          if (!isChunkLoadError(error)) throw error
          failures++
          return { default: Absent }
        },
      ),
    )
    const retry = () => {
      if (current.get() === part) current.set(fetched())
    }
    function Absent(props: P) {
      useEffect(() => {
        window.addEventListener("online", retry)
        return () => {
          window.removeEventListener("online", retry)
          retry()
        }
      }, [])
      return <Instead props={props} retry={retry} again={failures > 1} />
    }
    return part
  }
  const current = new Store<ComponentType<P>>(fetched())

  return function LazyPart(props: P) {
    const Part = useStore(current)
    return <Part {...props} />
  }
}

/**
 * A part that is replaced in place by an error line. `says`: what is missing. The caller's `Suspense` provides the
 * loading state.
 */
export const lazyPart = <P extends object>(load: Load<P>, says: "part" | "result" = "part"): ComponentType<P> =>
  lazily(load, ({ retry, again }) => <MissingPart {...{ says, retry, again }} />)

/** A part with a fallback to show (such as the raw text). A single notice covers all of them. */
export const lazyWithFallback = <P extends object>(load: Load<P>, instead: (props: P) => ReactNode): ComponentType<P> =>
  lazily(load, ({ props, retry, again }) => {
    useFallbackNotice({ retry, again })
    return instead(props)
  })

/** An optional part: renders nothing when missing. */
export const lazyOptional = <P extends object>(load: Load<P>): ComponentType<P> => lazily(load, () => null)

interface OverlayProps {
  /** The button that opens it, if it is part of the component. */
  trigger?: ReactElement<ButtonProps>
  onClose?: () => void
}

/** Something the user opens: a dialog or menu. A notice reports that it can't be loaded; opening it again retries. */
export function lazyOverlay<P extends object>(load: Load<P>): ComponentType<P & OverlayProps> {
  const Overlay = lazily<P & OverlayProps>(load, ({ props: { trigger, onClose }, retry, again }) => {
    const t = useTranslations("missing")
    useEffect(() => {
      const action = again ? { label: t("reload"), onClick: reload } : undefined
      toast.error(t(again ? "again" : "opened"), { id: "not-opened", action })
    }, [again, t])
    useEffect(() => onClose?.(), [onClose])
    return trigger ? cloneElement(trigger, { onClick: retry }) : null
  })
  return function LazyOverlay(props: P & OverlayProps) {
    return (
      <Suspense fallback={props.trigger}>
        <Overlay {...props} />
      </Suspense>
    )
  }
}

const reload = () => window.location.reload()

/** Retry functions of the parts showing a fallback. */
const replaced = new Set<Missing<object>["retry"]>()
const NOTICE = "not-loaded"

/** Reports that a fallback is shown; a single notice until none is. Null: this part shows none. */
export function useFallbackNotice(missing: Pick<Missing<object>, "retry" | "again"> | null): void {
  const t = useTranslations("missing")
  const { retry, again = false } = missing ?? {}
  useEffect(() => {
    if (!retry) return
    const own = () => retry()
    replaced.add(own)
    const retryAll = () => {
      for (const one of [...replaced]) one()
    }
    const action = again ? { label: t("reload"), onClick: reload } : { label: t("retry"), onClick: retryAll }
    toast.error(t(again ? "again" : "look"), { id: NOTICE, action, duration: Number.POSITIVE_INFINITY })
    return () => {
      replaced.delete(own)
      if (replaced.size === 0) dismiss([NOTICE])
    }
  }, [retry, again, t])
}

interface MissingPartProps {
  says: "part" | "result"
  retry: () => void
  again: boolean
}

/** States in place that something is missing. */
export function MissingPart({ says, retry, again }: MissingPartProps) {
  const t = useTranslations("missing")
  return (
    <div
      role="status"
      className="flex min-h-11 flex-wrap items-center gap-2 rounded-lg border bg-surface px-3.5 py-1.5 text-[0.84375rem] print:hidden"
    >
      <p className="me-auto min-w-0 basis-48">
        {t(says)}
        {again && ` ${t("again")}`}
      </p>
      {again && (
        <Button size="sm" variant="ghost" onClick={reload}>
          {t("reload")}
        </Button>
      )}
      <Button size="sm" onClick={retry}>
        {t("retry")}
      </Button>
    </div>
  )
}
