/** Holds the language that a visitor chose; the gateway reads it where the address says none. */
export const LOCALE_COOKIE = 'riwaq-locale'
