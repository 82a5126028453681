interface Edges {
  inlineStart: number
  inlineEnd: number
  blockStart: number
  blockEnd: number
}

interface Placement {
  anchor: Edges
  popover: { inlineSize: number; blockSize: number }
  screen: { inlineSize: number; blockSize: number }
  align: 'start' | 'end'
}

const GAP = 6
const MARGIN = 8

const clamp = (value: number, lowest: number, highest: number) =>
  Math.max(lowest, Math.min(value, Math.max(lowest, highest)))

/** Under its button where there is room, else above, and never off the screen. Distances from the start of the line of reading. */
export function placePopover({ anchor, popover, screen, align }: Placement): {
  inlineStart: number
  blockStart: number
} {
  const wanted = align === 'start' ? anchor.inlineStart : anchor.inlineEnd - popover.inlineSize
  const below = anchor.blockEnd + GAP
  const fitsBelow = below + popover.blockSize <= screen.blockSize - MARGIN
  const above = anchor.blockStart - GAP - popover.blockSize
  return {
    inlineStart: clamp(wanted, MARGIN, screen.inlineSize - popover.inlineSize - MARGIN),
    blockStart:
      fitsBelow || above < MARGIN ? clamp(below, MARGIN, screen.blockSize - popover.blockSize - MARGIN) : above,
  }
}

/** An element's place as logical edges, whatever the direction of the page. */
export function edgesOf(element: Element, rtl: boolean): Edges {
  const { x, y, right: far, bottom: under } = element.getBoundingClientRect()
  const screen = document.documentElement.clientWidth
  return rtl
    ? { inlineStart: screen - far, inlineEnd: screen - x, blockStart: y, blockEnd: under }
    : { inlineStart: x, inlineEnd: far, blockStart: y, blockEnd: under }
}
