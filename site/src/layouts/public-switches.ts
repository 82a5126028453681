// The few lines of script on pages that are otherwise only read.
import { rememberLocale } from '../i18n/remember-locale.ts'
import { getTheme, nextTheme, setTheme } from '../theme/theme.ts'

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-theme-switch]')) {
  button.addEventListener('click', () => setTheme(nextTheme(getTheme())))
}

// A block of code that is wider than the page scrolls, with the keyboard as well.
for (const block of document.querySelectorAll<HTMLElement>('.prose pre')) block.tabIndex = 0

// Another language is another address of the same page, with what it was asked for.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-language]')) {
  link.addEventListener('click', () => {
    rememberLocale(link.hreflang)
    link.search = window.location.search
    link.hash = window.location.hash
  })
}
