"use client"

import { Component, type ReactNode, Suspense } from "react"

/** A part whose script comes later: while it does, and when it can't be had (the network is gone), there is nothing. */
export class Later extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? null : <Suspense>{this.props.children}</Suspense>
  }
}
