"use client"

/**
 * Parts of the page whose code is fetched when they are first shown. It can't be had while the network is gone, nor after
 * another version was installed: then the rest of the page stays as it is, and the part is fetched again when the person
 * says so, when the browser is online again, and when it is shown anew. `React.lazy` would fail for good, and with the page.
 */
import { useTranslations } from "next-intl"
import { type ComponentType, cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useEffect } from "react"
import { isNotLoaded, loadCode } from "@/components/base/load-code"
import { Store, useStore } from "@/components/base/store"
import { Button, type ButtonProps } from "@/components/ui/button"
import { dismiss, toast } from "@/components/ui/toast"

type Load<P> = () => Promise<{ default: ComponentType<P> }>

interface Missing<P> {
  /** As the part would have had them. */
  props: P
  retry: () => void
  /** It was fetched again before, in vain. */
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
          if (!isNotLoaded(error)) throw error
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

/** A part in its place: a line says that it is missing. `says`: what is. Its place while it loads is the caller's `Suspense`. */
export const lazyPart = <P extends object>(load: Load<P>, says: "part" | "result" = "part"): ComponentType<P> =>
  lazily(load, ({ retry, again }) => <MissingPart {...{ says, retry, again }} />)

/** A part that has something to show in its stead (a text as it was written). A notice says so, one for all of them. */
export const lazyLook = <P extends object>(load: Load<P>, instead: (props: P) => ReactNode): ComponentType<P> =>
  lazily(load, ({ props, retry, again }) => {
    useLookNotice({ retry, again })
    return instead(props)
  })

/** What nobody misses: without it there is nothing. */
export const lazyExtra = <P extends object>(load: Load<P>): ComponentType<P> => lazily(load, () => null)

interface OverlayProps {
  /** The button that opens it, where it is part of it. */
  trigger?: ReactElement<ButtonProps>
  onClose?: () => void
}

/** What a person opens: a dialog, a menu. A notice says that it can't be, and opening it again fetches it again. */
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

/** How the parts that have something in their stead are fetched again. */
const replaced = new Set<Missing<object>["retry"]>()
const NOTICE = "not-loaded"

/** Says that something is shown as it was written; one notice, until none is. Null: this is not. */
export function useLookNotice(missing: Pick<Missing<object>, "retry" | "again"> | null): void {
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

/** Says in its place that something is missing. */
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
