"use client"

import { Component, type ReactNode, Suspense } from "react"

/**
 * A part whose script comes later: while it does, and when it can't be had (the network is gone), there is nothing.
 * What goes wrong in the part itself is an error as anywhere.
 */
export class Later extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return <Suspense>{this.props.children}</Suspense>
    if (isNotLoaded(error)) return null
    throw error
  }
}

/** As the bundler names it when a script can't be fetched. */
const isNotLoaded = (error: unknown) => error instanceof Error && error.name === "ChunkLoadError"
