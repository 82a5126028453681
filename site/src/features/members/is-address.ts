/** Whether it looks like a complete e-mail address. The platform checks it again; only a mail proves it. */
export const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text)
