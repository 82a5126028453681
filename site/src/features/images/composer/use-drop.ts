import { useEffect, useRef, useState } from 'preact/hooks'
import { hasPictures, itemIn, picturesIn, strangersIn } from './dropped-pictures.ts'

export interface DropHandlers {
  onFiles: (files: File[]) => void
  onItem: (id: string) => void
  onStrangers: () => void
}

/** Pictures dropped anywhere on the page, or pasted into it. Answers whether something is held over it. */
export function useDrop(handlers: DropHandlers): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    // Each element that is passed says enter and leave; only the last leave leaves the page.
    let depth = 0
    const blocked = () => document.querySelector('dialog[open]') !== null
    const wanted = (event: DragEvent) => event.dataTransfer !== null && hasPictures(event.dataTransfer) && !blocked()
    const take = (bag: DataTransfer) => {
      const files = picturesIn(bag)
      if (files.length > 0) latest.current.onFiles(files)
      else if (strangersIn(bag) > 0) latest.current.onStrangers()
      return files.length > 0
    }
    const onEnter = (event: DragEvent) => {
      if (!wanted(event)) return
      depth += 1
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (!wanted(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const onOver = (event: DragEvent) => {
      if (wanted(event)) event.preventDefault()
    }
    const onDrop = (event: DragEvent) => {
      depth = 0
      setOver(false)
      if (!event.dataTransfer || !wanted(event)) return
      event.preventDefault()
      const id = itemIn(event.dataTransfer)
      if (id) latest.current.onItem(id)
      else take(event.dataTransfer)
    }
    const onPaste = (event: ClipboardEvent) => {
      // Text with a picture beside it, as word processors copy it, is meant as text.
      if (!event.clipboardData || blocked() || event.clipboardData.types.includes('text/plain')) return
      if (take(event.clipboardData)) event.preventDefault()
    }
    const listeners = { dragenter: onEnter, dragleave: onLeave, dragover: onOver, drop: onDrop, paste: onPaste }
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener)
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        window.removeEventListener(name, listener as EventListener)
    }
  }, [])
  return over
}
