"use client"

import { type ClipboardEventHandler, Component, createRef, type ReactNode } from "react"

interface Props {
  text: string
  growing: boolean
  onCopy: ClipboardEventHandler
  children: ReactNode
}

interface State {
  /** How often it has been remounted. */
  drawing: number
  failure: unknown
}

const MAX_FAILURES = 50

/**
 * A browser translator wraps each text in its own `<font>` elements, so React's later writes are lost and the nodes it
 * removes have moved. While a text grows, it opts out of translation; if it is translated anyway, it is remounted. At
 * its end it is remounted on a page that is being translated, so that it gets translated too.
 */
export class TranslationGuard extends Component<Props, State> {
  override state: State = { drawing: 0, failure: null }
  private box = createRef<HTMLDivElement>()
  private failures = 0

  static getDerivedStateFromError = (failure: unknown) => ({ failure })

  override componentDidCatch(failure: unknown) {
    this.failures++
    if (this.isForeign(failure)) this.drawAnew()
  }

  override componentDidUpdate({ text, growing }: Props) {
    if (text === this.props.text && growing === this.props.growing) return
    const ended = growing && !this.props.growing
    if (this.box.current?.querySelector("font") || (ended && isTranslated())) this.drawAnew()
  }

  override render() {
    const { growing, onCopy, children } = this.props
    const { drawing, failure } = this.state
    if (failure !== null && !this.isForeign(failure)) throw failure
    if (failure !== null) return null
    return (
      <div
        key={drawing}
        ref={this.box}
        onCopy={onCopy}
        translate={growing ? "no" : undefined}
        className={growing ? "notranslate contents" : "contents"}
      >
        {children}
      </div>
    )
  }

  private drawAnew() {
    this.setState(({ drawing }) => ({ drawing: drawing + 1, failure: null }))
  }

  /** An element is not where React left it. */
  private isForeign(failure: unknown) {
    return failure instanceof DOMException && failure.name === "NotFoundError" && this.failures < MAX_FAILURES
  }
}

/** The translators of Chrome and Edge mark the page. */
const isTranslated = () => document.documentElement.matches(".translated-ltr, .translated-rtl, [_msttexthash]")
