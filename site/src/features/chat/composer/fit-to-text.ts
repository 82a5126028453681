/** Makes a text field as tall as its text; how tall that may become is the style sheet's business. */
export function fitToText(area: HTMLTextAreaElement): void {
  area.style.blockSize = 'auto'
  area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`
}
