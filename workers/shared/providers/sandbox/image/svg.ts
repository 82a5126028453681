export interface Size {
  width: number
  height: number
}

export const svgOf = ({ width, height }: Size, markup: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${markup}</svg>`
